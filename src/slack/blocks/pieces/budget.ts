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
  /** How many more there are of a list that is cut, whatever else fits. */
  left?: number;
  /** Said instead of it before it is left out altogether. */
  shorter?: readonly KnownBlock[];
  /** How many of `count` and `left` are not in `shorter`; 1 unless told. */
  shorterLeft?: number;
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

/** What of an answer fits into a message. */
export interface Folded {
  blocks: KnownBlock[];
  /** "2 slices, 1 footer": what was left out to fit; empty where nothing was. */
  leftOut: string;
  /** How many things are not shown, those of cut lists included. */
  missing: number;
}

/**
 * Slack refuses more than 50 blocks and about 13,200 characters over all blocks; the JSON is the larger count of the two.
 * Room is left for the line that says what was left out, a row with "Show all", and why an answer is private.
 */
const MAX_BLOCKS = 47;
const MAX_CHARACTERS = 12_000;

/** Within Slack's limits: the least important is folded first; of the same importance, what comes last in the answer. */
export function fold(parts: readonly Part[]): Folded {
  const held = parts.map((part) => ({ part, blocks: part.blocks, missing: part.left ?? 0, size: sizeOf(part.blocks) }));
  let blocks = held.reduce((sum, each) => sum + each.blocks.length, 0);
  let characters = held.reduce((sum, each) => sum + each.size, 0);
  const dropped = new Map<string, { count: number; many: string }>();

  function replace(each: (typeof held)[number], by: readonly KnownBlock[], size: number, missing: number): void {
    blocks += by.length - each.blocks.length;
    characters += size - each.size;
    Object.assign(each, { blocks: by, missing, size });
  }

  for (const { part, drop, each } of victims(held)) {
    if (blocks <= MAX_BLOCKS && characters <= MAX_CHARACTERS) break;
    if (!drop) {
      const shorter = part.shorter ?? [];
      replace(each, shorter, sizeOf(shorter), part.shorterLeft ?? 1);
      continue;
    }
    const [one, many] = part.what;
    const count = part.count ?? 1;
    dropped.set(one, { count: (dropped.get(one)?.count ?? 0) + count, many });
    replace(each, [], 0, count + (part.left ?? 0));
  }
  return {
    blocks: held.flatMap((each) => each.blocks),
    leftOut: [...dropped].map(([one, { count, many }]) => `${count} ${count === 1 ? one : many}`).join(', '),
    missing: held.reduce((sum, each) => sum + each.missing, 0),
  };
}

/** The same as blocks alone, which say what was left out. */
export function withinBudget(parts: readonly Part[]): KnownBlock[] {
  const { blocks, leftOut } = fold(parts);
  return leftOut === '' ? blocks : [...blocks, context(`Left out to fit: ${leftOut}. Ask about them by name.`)];
}

/** Whose turn it is: saying less of each comes before leaving one out. The verdict never goes. */
function* victims<T extends { part: Part }>(held: readonly T[]): Generator<{ part: Part; drop: boolean; each: T }> {
  const tiers = Map.groupBy(held.toReversed(), ({ part }) => part.keep);
  for (const [keep, members] of [...tiers].sort(([one], [other]) => one - other)) {
    if (keep === Keep.verdict) return;
    for (const each of members) if (each.part.shorter) yield { part: each.part, drop: false, each };
    for (const each of members) yield { part: each.part, drop: true, each };
  }
}

function sizeOf(blocks: readonly KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}
