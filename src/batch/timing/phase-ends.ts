import { type Instant, SECOND } from '../instant.ts';
import { isMonthEnd } from '../month-end.ts';
import { median, percentile } from '../percentile.ts';
import { ownUnits } from '../rca/own-units.ts';
import { fairNights } from './fair-durations.ts';
import { type Ahead, aheadAt, instantAt, secondsInto } from './local-clocks.ts';
import { oncePerScene } from './once-per-scene.ts';
import { ENOUGH_TO_JUDGE } from './ordinary.ts';
import { startClass } from './start-class.ts';
import type { Timeline } from './timeline.ts';

/** An earlier night on which the phase came to its end, as far as the units go that count tonight. */
export interface EndedNight {
  night: Timeline;
  startedAt: Instant;
  endedAt: Instant;
  ahead: Ahead;
  /** Multiplies its durations so that they are those of a day like tonight's. */
  scale: number;
}

/** A night that ran less than this share of tonight's units was another kind of night (a partial rerun). */
const MOST_UNITS = 0.8;
/** Ends later than this share of all are beyond the usual range. */
const USUAL_SHARE = 0.9;
/** Nobody calls fewer minutes than this late, seconds. */
const NOT_LATE_S = 10 * 60;

/** Earlier nights of the same kind of day with an end, newest first. */
export const endedNights = oncePerScene((scene): EndedNight[] => {
  const keys = [...ownUnits(scene).keys()].filter((key) => scene.past.some((night) => night.units.has(key)));
  const sameClass = startClass(scene);
  const found: EndedNight[] = [];
  for (const { night, scale } of fairNights(scene).nights) {
    if (!sameClass(night.businessDate)) continue;
    const units = keys.flatMap((key) => night.units.get(key) ?? []);
    if (units.length === 0 || units.length < MOST_UNITS * keys.length) continue;
    if (units.some(({ decisive }) => decisive.status !== 'SUCCESS')) continue;
    const startedAt = Math.min(...units.map((unit) => unit.startedAt));
    const endedAt = Math.max(...units.map((unit) => unit.endedAt ?? unit.startedAt));
    found.push({ night, startedAt, endedAt, ahead: aheadAt(startedAt), scale });
  }
  return found;
});

/** When the phase usually ends, carried over to tonight's date, and when its end is no longer usual; null with too little history. */
export const usualEnd = oncePerScene((scene): { medianAt: Instant; latestAt: Instant; basis: number } | null => {
  const nights = endedNights(scene);
  if (nights.length < ENOUGH_TO_JUDGE) return null;
  const startedAt = scene.state.startedAt ?? scene.asOf;
  const ahead = aheadAt(startedAt);
  const { widen } = isMonthEnd(scene.businessDate) ? fairNights(scene) : { widen: 1 };
  // By each wall clock; the latest counts, so that a change of clocks makes nothing late.
  const ranges = ahead.map((aheadMs, clock) => {
    const ends = nights.map(({ night, startedAt, endedAt, ahead: then, scale }) => {
      const begun = secondsInto(night.businessDate, startedAt, then[clock] as number);
      return begun + ((endedAt - startedAt) / SECOND) * scale * widen;
    });
    const medianS = median(ends) as number;
    const latestS = Math.max(percentile(ends, USUAL_SHARE) as number, medianS + NOT_LATE_S);
    return {
      medianAt: instantAt(scene.businessDate, medianS, aheadMs),
      latestAt: instantAt(scene.businessDate, latestS, aheadMs),
    };
  });
  const latest = ranges.reduce((a, b) => (b.latestAt > a.latestAt ? b : a));
  return { ...latest, basis: nights.length };
});
