/** One at a time per key, in the order of arrival: a follow-up needs the answer before it. */
export interface TurnTaking {
  take<T>(key: string, task: () => Promise<T>): Promise<T>;
}

export function createTurnTaking(): TurnTaking {
  const tails = new Map<string, Promise<void>>();
  return {
    async take(key, task) {
      const before = tails.get(key) ?? Promise.resolve();
      const mine = before.then(task);
      const tail = mine.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, tail);
      try {
        return await mine;
      } finally {
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}
