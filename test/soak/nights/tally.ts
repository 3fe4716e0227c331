import type { GeneratedNight } from '../../../src/playground/world/nights/generated-night.ts';
import type { Rendered } from './rendered.ts';

/** Of one kind of thing that was shown: how many, the largest of them, and of how many something was left out to fit. */
export interface KindTally {
  rendered: number;
  blocks: number;
  characters: number;
  text: number;
  folded: number;
}

/** Plain data: it travels between threads. */
export interface Tally {
  nights: number;
  kinds: Readonly<Record<string, KindTally>>;
  /** Each names the night, what was shown, and what is wrong with it. */
  failures: readonly string[];
}

export const NO_TALLY: Tally = { nights: 0, kinds: {}, failures: [] };
/** One flaw shows in much of a night; more says no more. */
const MOST_OF_A_NIGHT = 12;

export function tallyOf({ seed, kind }: Pick<GeneratedNight, 'seed' | 'kind'>, shown: readonly Rendered[]): Tally {
  const kinds: Record<string, KindTally> = {};
  for (const one of shown)
    kinds[one.kind] = added(kinds[one.kind], { ...one, rendered: 1, folded: Number(one.folded) });
  const failures = shown.flatMap((one) => one.problems.map((problem) => `${one.kind} (“${one.of}”): ${problem}`));
  return { nights: 1, kinds, failures: namedAfter(`${seed} (${kind})`, failures) };
}

/** A night of which something threw. */
export function thrownTally(night: string, error: unknown): Tally {
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { nights: 1, kinds: {}, failures: [`${night}: threw ${said}`] };
}

export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, tally) => {
    const kinds = { ...sum.kinds };
    for (const [kind, one] of Object.entries(tally.kinds)) kinds[kind] = added(kinds[kind], one);
    return { nights: sum.nights + tally.nights, kinds, failures: [...sum.failures, ...tally.failures] };
  }, NO_TALLY);
}

function namedAfter(night: string, failures: readonly string[]): string[] {
  const more = failures.length - MOST_OF_A_NIGHT;
  const named = failures.slice(0, MOST_OF_A_NIGHT).map((failure) => `${night}: ${failure}`);
  return more > 0 ? [...named, `${night}: and ${more} more`] : named;
}

function added(before: KindTally | undefined, one: KindTally): KindTally {
  if (before === undefined) {
    const { rendered, blocks, characters, text, folded } = one;
    return { rendered, blocks, characters, text, folded };
  }
  return {
    rendered: before.rendered + one.rendered,
    blocks: Math.max(before.blocks, one.blocks),
    characters: Math.max(before.characters, one.characters),
    text: Math.max(before.text, one.text),
    folded: before.folded + one.folded,
  };
}
