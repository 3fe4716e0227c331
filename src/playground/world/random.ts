import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of chance that is the same for the same words, whatever else the world draws. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** Whole number in [from, to]. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Around 1, never far off: the factor between a usual duration and tonight's. */
  spread(sigma: number): number;
}

/** The words name what the stream is for, e.g. seed, business date, phase. */
export function createRandom(...words: readonly string[]): Random {
  // The whole state comes from the hash: seeded with one number, the first draws of two streams resemble each other.
  const hash = createHash('sha256').update(words.join('\u0000')).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => hash.readInt32LE(offset)));
  const next = () => (generator.next() >>> 0) / 0x1_0000_0000;
  const between = (from: number, to: number) => from + (to - from) * next();
  return {
    next,
    between,
    whole: (from, to) => Math.floor(between(from, to + 1)),
    chance: (probability) => next() < probability,
    pick: <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T,
    // The sum of uniforms is close to normal and, unlike it, bounded.
    spread: (sigma) => Math.exp(sigma * (next() + next() + next() + next() - 2) * 1.73),
  };
}
