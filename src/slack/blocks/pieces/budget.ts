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

/** The blocks of an answer within Slack's limits: the least important is folded first, and what was folded is said. */
export function withinBudget(parts: readonly Part[]): KnownBlock[] {
  const kept: Held[] = parts.map((part) => ({ part, blocks: part.blocks, shortened: false }));
  const folded = new Map<string, { count: number; one: string; many: string }>();
  while (!fits(kept.flatMap(({ blocks }) => blocks))) {
    const victim = leastImportant(kept);
    if (!victim) break;
    if (victim.part.shorter && !victim.shortened) {
      victim.blocks = victim.part.shorter;
      victim.shortened = true;
      continue;
    }
    kept.splice(kept.indexOf(victim), 1);
    const [one, many] = victim.part.what;
    const before = folded.get(one)?.count ?? 0;
    folded.set(one, { count: before + (victim.part.count ?? 1), one, many });
  }
  const blocks = kept.flatMap(({ blocks: each }) => each);
  if (folded.size === 0) return blocks;
  const said = [...folded.values()].map(({ count, one, many }) => `${count} ${count === 1 ? one : many}`);
  return [...blocks, context(`Left out to fit: ${said.join(', ')}. Ask about them by name.`)];
}

interface Held {
  part: Part;
  blocks: readonly KnownBlock[];
  shortened: boolean;
}

function leastImportant(kept: readonly Held[]): Held | undefined {
  let least: Held | undefined;
  for (const each of kept) {
    if (each.part.keep === Keep.verdict) continue;
    if (!least || each.part.keep <= least.part.keep) least = each;
  }
  return least;
}

function fits(blocks: readonly KnownBlock[]): boolean {
  return blocks.length <= MAX_BLOCKS && JSON.stringify(blocks).length <= MAX_CHARACTERS;
}
