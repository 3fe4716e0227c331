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

/** What remains of a phase, and what is known of it. */
export interface Outset {
  /** In sequence order. */
  pending: readonly PendingPast[];
  pace: Pace;
  /** When the phase began, by night where it has not yet. */
  began: readonly Instant[];
  doneBelow: (sequenceOrder: number) => Instant | null;
  now: Instant;
}

/** Where nothing is known of how long a unit waits for its trigger. */
const LEAST_GAP = MINUTE;
const NOT_YET = Number.NEGATIVE_INFINITY;

/**
 * When the phase would end if the rest of it went as on each of the earlier nights: with their surprises beyond their own pace, and
 * their waits, at tonight's pace. Nights are taken as wholes, since what delays one unit often delays the next.
 */
export function simulatedEnds({ pending, pace, began, doneBelow, now }: Outset): Instant[] {
  const ends = began.map((start) => Math.max(start, now));
  let released = began;
  let order: number | null = null;
  pending.forEach((one, salt) => {
    if (one.unit.sequenceOrder !== order) {
      order = one.unit.sequenceOrder;
      const below = doneBelow(order) ?? NOT_YET;
      released = (salt === 0 ? began : ends).map((instant) => Math.max(instant, below));
    }
    const starts = startsOf(one, released, now, salt);
    const runs = runsOf(one, pace, now, salt);
    for (let night = 0; night < ends.length; night += 1) {
      const end = (starts[night] as number) + (runs[night] as number);
      if (end > (ends[night] as number)) ends[night] = end;
    }
  });
  return ends;
}

/** When the unit starts (or its present attempt did), by night. `released`: when everything below it is done, by night. */
function startsOf({ unit: { standing }, past }: PendingPast, released: readonly Instant[], now: Instant, salt: number) {
  if (standing.at === 'running' || standing.at === 'retrying') return released.map(() => standing.since);
  const due = standing.at === 'due' ? standing.since : null;
  const waited = due === null ? NOT_YET : now - due;
  const { mean, most } = summaryOf(past.gap);
  // Who has waited longer than ever may wait as much longer again.
  const gaps = drawsAbove(past.gap, waited, Math.max(LEAST_GAP, mean, waited - most), salt + 0.5);
  return gaps.map((gap, night) => (due ?? (released[night] as Instant)) + gap);
}

/** Milliseconds that the unit takes from then on, by night. */
function runsOf({ unit: { key, standing }, usual }: PendingPast, pace: Pace, now: Instant, salt: number) {
  const expected = usual.median + pace.tonight;
  const begun = standing.at === 'running' || standing.at === 'retrying';
  const elapsed = begun ? logS((now - standing.since) / SECOND) - expected : NOT_YET;
  // A later attempt is one run; a first one may fail yet, and be repaired.
  const ratios = standing.at === 'retrying' ? usual.ratio : usual.spanRatio;
  const surprises = ratios.map((ratio, night) => ratio - (pace.past[night] as number));
  return drawsAbove(surprises, elapsed, pace.spreadOf(key), salt).map(
    (surprise) => Math.exp(expected + surprise) * SECOND,
  );
}

function summaryOf(values: readonly number[]): { mean: number; most: number } {
  let [sum, count, most] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
    if (value > most) most = value;
  }
  return { mean: count === 0 ? 0 : sum / count, most };
}
