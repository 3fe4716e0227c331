import { DateTime } from 'luxon';
import type { Random } from '../random.ts';
import { HOUR, MINUTE } from './platform.ts';
import type { Interval } from './site.ts';

/** Stretches that are in both. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  return a.flatMap((one) =>
    b
      .map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }))
      .filter(({ from, to }) => from < to),
  );
}

/** What is left of `a` outside the other stretches. */
export function without(a: readonly Interval[], holes: readonly Interval[]): Interval[] {
  let left = [...a];
  for (const { from, to } of holes) {
    const before = { from: Number.NEGATIVE_INFINITY, to: from };
    left = intersect(left, [before, { from: to, to: Number.POSITIVE_INFINITY }]);
  }
  return left;
}

interface ClockInput {
  /** When the question may be asked. */
  allowed: readonly Interval[];
  /** When the last thing of the night happens. */
  nightEndsAt: number;
  zone: string;
  random: Random;
}

/** When the question is asked: at once, in the middle of it, on the morning after, or days later. */
export function drawClock({ allowed, nightEndsAt, zone, random }: ClockInput): number | null {
  const [first] = allowed;
  if (!first) return null;
  const style = random.pick(['soon', 'soon', 'during', 'during', 'morning', 'days'] as const);
  const within = (at: number) => allowed.some(({ from, to }) => at >= from && at < to);
  const one = random.pick(allowed);
  const candidates: Record<typeof style, () => number> = {
    soon: () => one.from + random.between(0, 25) * MINUTE,
    during: () => random.between(one.from, Math.min(one.to, Math.max(nightEndsAt, one.from + HOUR))),
    morning: () => morningAfter(Math.max(one.from, nightEndsAt), zone) + random.between(0, 3.5) * HOUR,
    days: () => Math.max(one.from, nightEndsAt) + random.between(14, 90) * HOUR,
  };
  for (let draws = 0; draws < 4; draws++) {
    const at = Math.round(candidates[style]());
    if (within(at)) return at;
  }
  const at = Math.round(
    first.from + (Math.min(first.to, first.from + 3 * HOUR) - first.from) * random.between(0.05, 0.95),
  );
  return within(at) ? at : null;
}

function morningAfter(at: number, zone: string): number {
  const six = DateTime.fromMillis(at, { zone }).set({ hour: 6, minute: 0, second: 0, millisecond: 0 });
  return (six.toMillis() > at ? six : six.plus({ days: 1 })).toMillis();
}
