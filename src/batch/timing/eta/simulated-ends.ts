import { type Instant, MINUTE, SECOND } from '../../instant.ts';
import { drawsAbove } from './draws.ts';
import type { Pace } from './night-pace.ts';
import { logS, type UnitPast } from './past-course.ts';
import type { PendingUnit } from './remaining-course.ts';
import type { UsualRun } from './usual-run.ts';

export interface PendingPast {
  unit: PendingUnit;
  past: UnitPast;
  usual: UsualRun;
}

/** Where nothing is known of how long a unit waits for its trigger. */
const LEAST_GAP = MINUTE;

/**
 * When the phase would end if the rest of it went as each of the earlier nights did: their surprises beyond their own pace, and
 * their waits, at tonight's pace. Nights are taken as wholes, since what delays one unit often delays the next.
 * `began` is when the phase began, by night where it has not yet.
 */
export function simulatedEnds(
  pending: readonly PendingPast[],
  pace: Pace,
  began: readonly number[],
  doneBelow: (sequenceOrder: number) => Instant | null,
  now: Instant,
): Instant[] {
  const ends = began.map((start) => Math.max(start, now));
  let released = began;
  let order: number | null = null;
  pending.forEach(({ unit, past, usual }, salt) => {
    if (unit.sequenceOrder !== order) {
      order = unit.sequenceOrder;
      const below = doneBelow(order) ?? 0;
      released = ends.map((end, night) =>
        salt === 0 ? Math.max(began[night] as number, below) : Math.max(end, below),
      );
    }
    const { standing } = unit;
    const retry = standing.at === 'retrying';
    const ratios = retry ? usual.ratio : usual.spanRatio;
    const surprises = ratios.map((ratio, night) => ratio - (pace.past[night] as number));
    const expected = usual.median + pace.tonight;
    const begun = standing.at === 'running' || standing.at === 'retrying';
    const elapsed = begun ? logS((now - standing.since) / SECOND) - expected : Number.NEGATIVE_INFINITY;
    const drawn = drawsAbove(surprises, elapsed, pace.scatterOf(unit.key), salt);
    const waited = standing.at === 'due' ? now - standing.since : Number.NEGATIVE_INFINITY;
    const gaps = begun ? null : drawsAbove(past.gap, waited, Math.max(LEAST_GAP, mean(past.gap)), salt + 0.5);
    for (let night = 0; night < ends.length; night += 1) {
      const start = begun
        ? standing.since
        : (standing.at === 'due' ? standing.since : (released[night] as number)) +
          ((gaps as readonly number[])[night] as number);
      const end = start + Math.exp(expected + (drawn[night] as number)) * SECOND;
      if (end > (ends[night] as number)) ends[night] = end;
    }
  });
  return ends;
}

function mean(values: readonly number[]): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
