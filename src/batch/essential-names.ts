/** A name that was found in what a person wrote. `start` and `end` delimit the words that were taken for it. */
export type NameMatch =
  | { kind: 'exact' | 'near'; essential: string; said: string; start: number; end: number }
  /** Fits several essentials: ask, never guess. */
  | { kind: 'ambiguous'; candidates: readonly string[]; said: string; start: number; end: number };

export interface EssentialNames {
  /** Every Lenz name, in the order of the built-in map. */
  readonly all: readonly string[];
  /** Names in a text, in order, without overlaps; the longest name said wins. */
  find(text: string): NameMatch[];
  /** What a person would call it, e.g. `Derivatives` for `TB-Derivatives`: for suggestions. */
  spoken(essential: string): string;
}

/** `extra` maps further spoken names to Lenz names (from sentry.yml). */
export function createEssentialNames(_extra: Readonly<Record<string, string>> = {}): EssentialNames {
  throw new Error('not yet');
}
