/** Pieces of text that come one by one, each when it is let go. */
export function gated(...texts: string[]) {
  const gates = texts.map(() => Promise.withResolvers<void>());
  return {
    async *pieces(): AsyncGenerator<string> {
      for (const [index, text] of texts.entries()) {
        await gates[index]?.promise;
        yield text;
      }
    },
    /** Lets go of the first `count` pieces. */
    letGo(count: number) {
      for (const gate of gates.slice(0, count)) gate.resolve();
    },
  };
}
