import { MINUTE, SECOND } from '../instant.ts';
import type { ComparedUnit, UnitDifference } from './compare.ts';

/** Minutes by which starts, counted from the beginning of the phase, have to differ to be worth a word. */
const LEAST_START_MIN = 15;
/** The same for durations, in seconds, and besides as a share of the shorter: five minutes of five hours are nothing. */
const LEAST_DURATION_S = 5 * 60;
const LEAST_DURATION_SHARE = 0.25;
/** Parallel units change places every night: a unit moved when it passed this many, and came at another time. */
const LEAST_RANKS = 2;

type What = UnitDifference['what'][number];
type Sides = Pick<UnitDifference, 'before' | 'after'>;

/** What differs between the two sides of a unit, the weightiest first. The order of the sides does not matter. */
export function differencesOf({ before, after }: Sides): What[] {
  if (before === null || after === null) return ['presence'];
  const what: What[] = [];
  if (before.status !== after.status) what.push('status');
  if ((before.startedAt === null) !== (after.startedAt === null)) what.push('presence');
  if (startMoved(before, after) >= LEAST_START_MIN) what.push('start');
  if (durationDiffers(before, after)) what.push('duration');
  if (before.attempts !== after.attempts && before.startedAt !== null && after.startedAt !== null)
    what.push('attempts');
  if (changedPlaces(before, after)) what.push('order');
  return what;
}

/** The weightiest first: a state, then who took part, then minutes; names at last, so that the order is always the same. */
export function compareDifferences(a: UnitDifference, b: UnitDifference): number {
  return rank(a) - rank(b) || minutesOf(b) - minutesOf(a) || compareText(nameOf(a), nameOf(b));
}

function startMoved(before: ComparedUnit, after: ComparedUnit): number {
  if (before.startedAfterMin === null || after.startedAfterMin === null) return 0;
  return Math.abs(after.startedAfterMin - before.startedAfterMin);
}

function durationMoved(before: ComparedUnit, after: ComparedUnit): number {
  if (before.durationS === null || after.durationS === null) return 0;
  return Math.abs(after.durationS - before.durationS);
}

function durationDiffers(before: ComparedUnit, after: ComparedUnit): boolean {
  const shorter = Math.min(before.durationS ?? 0, after.durationS ?? 0);
  return durationMoved(before, after) >= Math.max(LEAST_DURATION_S, shorter * LEAST_DURATION_SHARE);
}

function changedPlaces(before: ComparedUnit, after: ComparedUnit): boolean {
  if (before.finished === null || after.finished === null) return false;
  const [one, two] = [endedAfterS(before), endedAfterS(after)];
  return Math.abs(before.finished - after.finished) >= LEAST_RANKS && Math.abs(one - two) >= LEAST_DURATION_S;
}

/** Seconds from the beginning of the phase to the end of the unit, roughly: between attempts nobody counts. */
function endedAfterS({ startedAfterMin, durationS }: ComparedUnit): number {
  return ((startedAfterMin ?? 0) * MINUTE) / SECOND + (durationS ?? 0);
}

function rank({ what }: UnitDifference): number {
  return what.includes('status') ? 0 : what.includes('presence') ? 1 : what.some(isTiming) ? 2 : 3;
}

function isTiming(what: What): boolean {
  return what === 'start' || what === 'duration';
}

function minutesOf({ before, after }: UnitDifference): number {
  if (before === null || after === null) return 0;
  return Math.max(startMoved(before, after), (durationMoved(before, after) * SECOND) / MINUTE);
}

function nameOf({ datasetId, slice }: UnitDifference): string {
  return `${datasetId}\n${slice ?? ''}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
