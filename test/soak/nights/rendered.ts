/** One thing that was shown of a night, measured and checked. Plain data: it travels between threads. */
export interface Rendered {
  /** The kind of an answer, or the name of a surface. */
  kind: string;
  blocks: number;
  /** Of the blocks as JSON. */
  characters: number;
  /** Of the text beside them; 0 where there is none. */
  text: number;
  /** Something was left out to fit. */
  folded: boolean;
  /** What was asked, where it was an answer to something. */
  of: string;
  problems: readonly string[];
}

export function rendered(
  kind: string,
  of: string,
  view: { text?: unknown; blocks: readonly unknown[] },
  problems: readonly string[],
): Rendered {
  const json = JSON.stringify(view.blocks);
  return {
    kind,
    of,
    blocks: view.blocks.length,
    characters: json.length,
    text: typeof view.text === 'string' ? view.text.length : 0,
    folded: /Left out to fit|left out to fit/.test(json),
    problems,
  };
}
