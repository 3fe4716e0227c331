import { type Instant, SECOND } from '../instant.ts';
import { median, percentile } from '../percentile.ts';
import { ownUnits } from '../rca/own-units.ts';
import type { Scene } from '../rca/scene.ts';
import { ENOUGH_DATES } from './baseline.ts';
import { fairNights } from './fair-durations.ts';
import { type Ahead, aheadAt, instantAt, secondsInto } from './local-clocks.ts';
import { oncePerRuns } from './once-per-scene.ts';
import { ENOUGH_TO_JUDGE } from './ordinary.ts';
import { type PastTable, pastTable } from './past-table.ts';
import { startClass } from './start-class.ts';

/** An earlier night on which the phase came to its end, as far as the units go that count tonight. */
export interface EndedNight {
  businessDate: string;
  /** Where it stands in the table of all earlier nights. */
  column: number;
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
  const expected = expectedRows(scene);
  const alike = startClass(scene);
  const { nights, table } = fairNights(scene);
  return nights.flatMap(({ night: { businessDate }, column, scale }): EndedNight[] => {
    const span = alike(businessDate) ? spanOf(table, expected, column) : null;
    return span === null ? [] : [{ businessDate, column, ...span, ahead: aheadAt(span.startedAt), scale }];
  });
});

/** From the first start to the last end; null for a night that did not come to its end, or was of another kind. */
function spanOf(
  { width, startedAt, runS, endedAt }: PastTable,
  expected: readonly (readonly number[])[],
  column: number,
): Pick<EndedNight, 'startedAt' | 'endedAt'> | null {
  const span = { startedAt: Number.POSITIVE_INFINITY, endedAt: Number.NEGATIVE_INFINITY };
  let missing = 0;
  for (const rows of expected) {
    let ran = false;
    for (const row of rows) {
      const at = row * width + column;
      if (Number.isNaN(startedAt[at])) continue;
      if (Number.isNaN(runS[at])) return null;
      ran = true;
      span.startedAt = Math.min(span.startedAt, startedAt[at] as number);
      span.endedAt = Math.max(span.endedAt, endedAt[at] as number);
    }
    if (!ran) missing += 1;
  }
  return missing === expected.length || missing > (1 - MOST_UNITS) * expected.length ? null : span;
}

/**
 * For each unit that counts tonight and has been seen before, its row of the table; for a dataset without slices that has not
 * run, every row that it ever had, since it may run as any of them.
 */
const expectedRows = oncePerRuns((scene): (readonly number[])[] => {
  const { rows, rowsOf } = pastTable(scene.past);
  return [...ownUnits(scene)].flatMap(([key, { datasetId, slice, listed, decisive }]): (readonly number[])[] => {
    if (!listed && slice === null && decisive === null) return [rowsOf.get(datasetId) ?? []];
    const row = rows.get(key);
    return row === undefined ? [] : [[row]];
  });
});

/** Rows of the units that count tonight, by which `endedNights` judges. */
export const rowsThatCount = oncePerRuns((scene): readonly number[] => [...new Set(expectedRows(scene).flat())]);

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
  const smooth = nights.filter((night) => wentWellAtOnce(scene, night));
  const alike = smooth.length >= ENOUGH_SMOOTH ? smooth : nights;
  const ends = alike.map((night) => offsetOf(night, night.endedAt, clock));
  const medianS = median(ends) as number;
  const latestS = Math.max(percentile(ends, USUAL_SHARE) as number, medianS + NOT_LATE_S);
  return { medianAt: carried(scene, medianS, clock), latestAt: carried(scene, latestS, clock) };
});

function wentWellAtOnce(scene: Scene, { column }: EndedNight): boolean {
  const { width, startedAt, smooth } = pastTable(scene.past);
  return rowsThatCount(scene).every((row) => {
    const at = row * width + column;
    return smooth[at] === 1 || Number.isNaN(startedAt[at]);
  });
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
