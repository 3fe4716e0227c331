import { type Instant, SECOND } from '../instant.ts';
import { median, percentile } from '../percentile.ts';
import { ownUnits } from '../rca/own-units.ts';
import type { Scene } from '../rca/scene.ts';
import { ENOUGH_DATES } from './baseline.ts';
import { fairNights } from './fair-durations.ts';
import { type Ahead, aheadAt, instantAt, secondsInto } from './local-clocks.ts';
import { oncePerRuns } from './once-per-scene.ts';
import { ENOUGH_TO_JUDGE } from './ordinary.ts';
import { startClass } from './start-class.ts';
import type { UnitTimes } from './timeline.ts';

/** An earlier night on which the phase came to its end, as far as the units go that count tonight. */
export interface EndedNight {
  businessDate: string;
  /** Those of tonight's units that ran. */
  units: readonly UnitTimes[];
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
/** A night on which something was repaired ended late for that; so many others do without such. */
const ENOUGH_SMOOTH = 8;
/** Nobody calls fewer seconds than this late. */
const NOT_LATE_S = 10 * 60;

/** Earlier nights of the same kind of day with an end, newest first. */
export const endedNights = oncePerRuns((scene): EndedNight[] => {
  const expected = expectedUnits(scene);
  const alike = startClass(scene);
  return fairNights(scene).nights.flatMap(({ night, scale }): EndedNight[] => {
    const { businessDate } = night;
    if (!alike(businessDate)) return [];
    const units: UnitTimes[] = [];
    let missing = 0;
    for (const { key, datasetId } of expected) {
      const before = units.length;
      const one = key === null ? undefined : night.units.get(key);
      if (one !== undefined) units.push(one);
      if (key === null) for (const of of night.units.values()) if (of.unit.datasetId === datasetId) units.push(of);
      if (units.length === before) missing += 1;
    }
    if (units.length === 0 || missing > (1 - MOST_UNITS) * expected.length) return [];
    if (units.some(({ decisive, endedAt }) => decisive.status !== 'SUCCESS' || endedAt === null)) return [];
    const startedAt = Math.min(...units.map((unit) => unit.startedAt));
    const endedAt = Math.max(...units.map((unit) => unit.endedAt as Instant));
    return [{ businessDate, units, startedAt, endedAt, ahead: aheadAt(startedAt), scale }];
  });
});

/** Units that count tonight and have been seen before; a null key stands for whatever a dataset without slices runs as. */
function expectedUnits(scene: Scene): { datasetId: string; key: string | null }[] {
  const seen = new Set<string>();
  for (const night of scene.past) for (const key of night.units.keys()) seen.add(key);
  return [...ownUnits(scene)].flatMap(
    ([key, { datasetId, slice, listed, decisive }]): { datasetId: string; key: string | null }[] => {
      if (!listed && slice === null && decisive === null) return [{ datasetId, key: null }];
      return seen.has(key) ? [{ datasetId, key }] : [];
    },
  );
}

/**
 * When something usually happens, carried over to tonight's date: its median over earlier nights.
 * Null with too few of them.
 */
export function usualInstant(scene: Scene, of: (night: EndedNight) => Instant | null): Instant | null {
  const clock = phaseClock(scene);
  const offsets = endedNights(scene).flatMap((night) => {
    const at = of(night);
    return at === null ? [] : [offsetOf(night, at, clock)];
  });
  if (offsets.length < ENOUGH_DATES) return null;
  return carried(scene, median(offsets) as number, clock);
}

/** The wall clock by which tonight began most as usual: it is the one that the scheduler keeps. */
export const phaseClock = oncePerRuns((scene): number => {
  const { startedAt } = scene.state;
  const nights = endedNights(scene);
  if (startedAt === null || nights.length === 0) return 0;
  const off = tonightAhead(scene).map((_, clock) =>
    Math.abs(
      startedAt -
        carried(scene, median(nights.map((night) => offsetOf(night, night.startedAt, clock))) as number, clock),
    ),
  );
  return off.indexOf(Math.min(...off));
});

/** When the phase usually ends, and from when on its end is beyond the usual range; null with too little history to judge. */
export const usualEnd = oncePerRuns((scene): { medianAt: Instant; latestAt: Instant } | null => {
  const nights = endedNights(scene);
  if (nights.length < ENOUGH_TO_JUDGE) return null;
  const clock = phaseClock(scene);
  const smooth = nights.filter(({ units }) => units.every(wentWellAtOnce));
  const alike = smooth.length >= ENOUGH_SMOOTH ? smooth : nights;
  const ends = alike.map((night) => offsetOf(night, night.endedAt, clock));
  const medianS = median(ends) as number;
  const latestS = Math.max(percentile(ends, USUAL_SHARE) as number, medianS + NOT_LATE_S);
  return { medianAt: carried(scene, medianS, clock), latestAt: carried(scene, latestS, clock) };
});

function wentWellAtOnce({ attempts }: UnitTimes): boolean {
  return attempts.every((attempt) => attempt.status !== 'FAILED' && !attempt.rewritten);
}

function tonightAhead(scene: Scene): Ahead {
  return aheadAt(scene.state.startedAt ?? scene.asOf);
}

function carried(scene: Scene, seconds: number, clock: number): Instant {
  return instantAt(scene.businessDate, seconds, tonightAhead(scene)[clock] as number);
}

/** Seconds after midnight; what came after the start of a night is stretched to a day like tonight. */
function offsetOf({ businessDate, startedAt, ahead, scale }: EndedNight, at: Instant, clock: number): number {
  const begun = secondsInto(businessDate, startedAt, ahead[clock] as number);
  return begun + ((at - startedAt) / SECOND) * scale;
}
