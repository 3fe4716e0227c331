import type { KnownBlock } from '@slack/types';
import { context } from './elements.ts';

/** A piece of an answer that can be left out whole when the message would grow too large. */
export interface Part {
  /** How long it is kept; the smallest goes first. */
  keep: Keep;
  blocks: readonly KnownBlock[];
  /** What it is, in the singular and the plural, and how many: for the line that says what was left out. */
  what: readonly [one: string, many: string];
  count?: number;
  /** Said instead of it before it is left out altogether. */
  shorter?: readonly KnownBlock[];
}

/** From what is dropped first to what is never dropped. */
export const Keep = {
  footer: 1,
  gap: 2,
  note: 3,
  detail: 4,
  prose: 5,
  suggestion: 6,
  overview: 7,
  failure: 8,
  verdict: 9,
} as const;
export type Keep = (typeof Keep)[keyof typeof Keep];

/** Slack refuses more than 50 blocks and about 13,200 characters over all blocks; the JSON is the larger count of the two. */
const MAX_BLOCKS = 48;
const MAX_CHARACTERS = 12_000;

interface Held {
  part: Part;
  blocks: readonly KnownBlock[];
  characters: number;
  shortened: boolean;
}

/** The blocks of an answer within Slack's limits: the least important is folded first, and what was folded is said. */
export function withinBudget(parts: readonly Part[]): KnownBlock[] {
  const kept = parts.map((part) => held(part, part.blocks, false));
  const folded = new Map<string, { count: number; many: string }>();
  while (!fits(kept)) {
    const at = leastImportant(kept);
    const victim = kept[at];
    if (!victim) break;
    if (victim.part.shorter && !victim.shortened) {
      kept[at] = held(victim.part, victim.part.shorter, true);
      continue;
    }
    kept.splice(at, 1);
    const [one, many] = victim.part.what;
    folded.set(one, { count: (folded.get(one)?.count ?? 0) + (victim.part.count ?? 1), many });
  }
  const blocks = kept.flatMap((each) => each.blocks);
  if (folded.size === 0) return blocks;
  const said = [...folded].map(([one, { count, many }]) => `${count} ${count === 1 ? one : many}`);
  return [...blocks, context(`Left out to fit: ${said.join(', ')}. Ask about them by name.`)];
}

function held(part: Part, blocks: readonly KnownBlock[], shortened: boolean): Held {
  return { part, blocks, characters: JSON.stringify(blocks).length, shortened };
}

/**
 * Of the least kept, the last that can still be shortened, else the last: what comes first in an answer matters more, and
 * saying less of each comes before leaving one out. -1 when only the verdict is left.
 */
function leastImportant(kept: readonly Held[]): number {
  const tier = Math.min(...kept.map(({ part }) => part.keep));
  if (tier === Keep.verdict) return -1;
  const shortenable = kept.findLastIndex(({ part, shortened }) => part.keep === tier && part.shorter && !shortened);
  return shortenable >= 0 ? shortenable : kept.findLastIndex(({ part }) => part.keep === tier);
}

function fits(kept: readonly Held[]): boolean {
  const blocks = kept.reduce((sum, each) => sum + each.blocks.length, 0);
  const characters = kept.reduce((sum, each) => sum + each.characters, 0);
  return blocks <= MAX_BLOCKS && characters <= MAX_CHARACTERS;
}
