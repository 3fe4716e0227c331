import type { BusinessDate } from '../business-date.ts';
import { DAY, HOUR, type Instant } from '../instant.ts';
import { isMonthEnd } from '../month-end.ts';
import type { Scene } from '../rca/scene.ts';
import { drawsAbove } from './eta/draws.ts';
import { estimateFrom } from './eta/ends.ts';
import { heldUpForGood } from './eta/held-up.ts';
import { paceOf, wholeNightPace } from './eta/night-pace.ts';
import { logS, type PastCourse, pastCourse } from './eta/past-course.ts';
import { type RemainingCourse, remainingCourse } from './eta/remaining-course.ts';
import { type PendingPast, simulatedEnds } from './eta/simulated-ends.ts';
import { standIn } from './eta/stand-in.ts';
import { type UsualRun, usualRunOf } from './eta/usual-run.ts';
import type { Timeline } from './timeline.ts';

/** When a phase that is under way, or due, will be complete. */
export interface Estimate {
  p50: Instant;
  p90: Instant;
  /** On how many earlier business dates it rests. */
  basis: number;
  /** The chance, in [0, 1], that it is not complete by then. */
  chanceOfMissing(at: Instant): number;
}

/** With fewer earlier nights nobody can say how different nights are. */
const ENOUGH_NIGHTS = 5;
/** The same of the runs of one unit, which may have been missing on one of them. */
const ENOUGH_RUNS = ENOUGH_NIGHTS - 1;

/** A unit that has waited this much longer for its start than on any earlier night is not taken to come by itself. */
const LOST_AFTER = HOUR;

/**
 * Why nobody can say when a phase will be complete: it is; something stands still (failed, cancelled, stuck, in an unknown
 * state); what another essential broke holds a unit up; a unit, or the whole phase, has not begun and is beyond every earlier
 * night; a second pass has not begun and may never; earlier nights are too few.
 */
export type NoEstimate = 'complete' | 'stopped' | 'held_up' | 'overdue' | 'not_begun' | 'too_little_history';

/** When a phase under way, or one that is due, will be complete; null when nobody can say (see `whyNoEstimate`). */
export function estimateEnd(scene: Scene): Estimate | null {
  const outlook = outlookOf(scene);
  return typeof outlook === 'string' ? null : outlook;
}

/** Why `estimateEnd` says nothing; null when it does. */
export function whyNoEstimate(scene: Scene): NoEstimate | null {
  const outlook = outlookOf(scene);
  return typeof outlook === 'string' ? outlook : null;
}

function outlookOf(scene: Scene): Estimate | NoEstimate {
  const { asOf, businessDate, definition } = scene;
  const course = remainingCourse(scene);
  if (typeof course === 'string') return course;
  if (heldUpForGood(scene, course)) return 'held_up';
  // Ordinary days rest on ordinary days. Month-ends are few: they rest on all days, at the pace that month-ends have.
  const past = pastCourse(scene.past)(isMonthEnd(businessDate) ? 'all' : 'ordinary')(definition);
  const { nights } = past;
  if (nights.length < ENOUGH_NIGHTS) return 'too_little_history';
  const began = beginnings(scene, course, past);
  if (typeof began === 'string') return began;

  const known = new Map([...course.finished, ...course.pending].map((unit) => [unit.key, past.unitOf(unit)]));
  const units = new Map([...known].map(([key, unit]) => [key, standIn(unit, known)]));
  const usual = new Map([...units].map(([key, unit]) => [key, usualRunOf(unit)]));
  const pending = course.pending.flatMap((unit): PendingPast[] => {
    const [ownPast, ownUsual] = [units.get(unit.key), usual.get(unit.key)];
    return ownPast === undefined || ownUsual === undefined ? [] : [{ unit, past: ownPast, usual: ownUsual }];
  });
  if (pending.some((unit) => unit.usual.basis < ENOUGH_RUNS)) return 'too_little_history';
  if (pending.some((unit) => isLost(unit, asOf))) return 'overdue';
  const pace = paceOf({
    usual,
    nights: nights.length,
    finished: course.finished.map(({ key, runS }) => ({ key, logRunS: logS(runS) })),
    prior: priorPace(businessDate, nights, usual),
  });
  const ends = simulatedEnds({ pending, pace, began, doneBelow: course.doneBelow, now: asOf });
  return estimateFrom(ends, asOf, nights.length);
}

function isLost({ unit: { standing }, past }: PendingPast, asOf: Instant): boolean {
  if (standing.at !== 'due') return false;
  const waited = asOf - standing.since;
  return past.gap.every((gap) => Number.isNaN(gap) || waited > gap + LOST_AFTER);
}

/** What is known of a night's pace before it begins: whether it is a month-end. */
function priorPace(date: BusinessDate, nights: readonly Timeline[], usual: ReadonlyMap<string, UsualRun>) {
  const paces = nights.map((night, index) =>
    isMonthEnd(night.businessDate) ? wholeNightPace(usual.values(), index) : Number.NaN,
  );
  const meanWithout = (left: number | null) => {
    const others = paces.filter((pace, index) => !Number.isNaN(pace) && index !== left);
    return others.length === 0 ? 0 : others.reduce((sum, pace) => sum + pace, 0) / others.length;
  };
  return {
    tonight: isMonthEnd(date) ? meanWithout(null) : 0,
    past: paces.map((pace, index) => (Number.isNaN(pace) ? 0 : meanWithout(index))),
  };
}

/** When the phase began; where it has not, when it would if it were as on each of the earlier nights. */
function beginnings(
  { businessDate, asOf, phase }: Scene,
  course: RemainingCourse,
  past: PastCourse,
): readonly number[] | 'not_begun' | 'overdue' {
  if (course.beganAt !== null) return past.began.map(() => course.beganAt as Instant);
  // Whether there will be a second pass at all is decided by people.
  if (phase === 'FINAL') return 'not_begun';
  const offsets = past.began.map((at, night) => at - midnight(past.nights[night]?.businessDate as BusinessDate));
  const sameDay = offsets.map((offset, night) =>
    weekday(past.nights[night]?.businessDate as BusinessDate) === weekday(businessDate) ? offset : Number.NaN,
  );
  const alike = sameDay.filter((offset) => !Number.isNaN(offset)).length >= ENOUGH_NIGHTS ? sameDay : offsets;
  const sinceMidnight = asOf - midnight(businessDate);
  if (!alike.some((offset) => offset > sinceMidnight)) return 'overdue';
  return drawsAbove(alike, sinceMidnight, 0, 0).map((offset) => midnight(businessDate) + offset);
}

function midnight(date: BusinessDate): Instant {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The runs of a Friday may begin on Saturday, or on Monday. */
function weekday(date: BusinessDate): number {
  return Math.floor(midnight(date) / DAY) % 7;
}
