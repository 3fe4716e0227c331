import type { BusinessDate } from '../business-date.ts';
import { DAY, type Instant } from '../instant.ts';
import { isMonthEnd } from '../month-end.ts';
import type { Scene } from '../rca/scene.ts';
import { comparableNights } from './baseline.ts';
import { drawsAbove } from './eta/draws.ts';
import { estimateFrom } from './eta/ends.ts';
import { heldUpForGood } from './eta/held-up.ts';
import { paceOf, wholeNightPace } from './eta/night-pace.ts';
import { logS, type PastCourse, pastCourse } from './eta/past-course.ts';
import { type RemainingCourse, remainingCourse } from './eta/remaining-course.ts';
import { simulatedEnds } from './eta/simulated-ends.ts';
import { standIn } from './eta/stand-in.ts';
import { type UsualRun, usualRunOf } from './eta/usual-run.ts';
import type { Timeline } from './timeline.ts';

/** When a phase under way will be complete. */
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
/** Nights longer ago say little of how things are now. */
const MOST_NIGHTS = 60;

/**
 * When a phase under way, or one that is due, will be complete. Null when it is, when something stands in the way that does
 * not end by itself, when it has not begun and no night began this late, and with fewer than five earlier nights.
 */
export function estimateEnd(scene: Scene): Estimate | null {
  const course = remainingCourse(scene);
  if (course === null || heldUpForGood(scene, course)) return null;
  const nights = nightsLike(scene);
  if (nights.length < ENOUGH_NIGHTS) return null;
  const past = pastCourse(scene.definition, nights, [...course.finished, ...course.pending]);
  const began = beginnings(scene, course, past);
  if (began === null) return null;

  const units = new Map([...past.units].map(([key, unit]) => [key, standIn(unit, past)]));
  const usual = new Map([...units].map(([key, unit]) => [key, usualRunOf(unit)]));
  const pending = course.pending.map((unit) => {
    const [ownPast, ownUsual] = [units.get(unit.key), usual.get(unit.key)];
    return ownPast === undefined || ownUsual === undefined || ownUsual.basis < ENOUGH_NIGHTS - 1
      ? null
      : { unit, past: ownPast, usual: ownUsual };
  });
  if (pending.some((unit) => unit === null)) return null;
  const pace = paceOf({
    usual,
    nights: nights.length,
    finished: course.finished.map(({ key, runS }) => ({ key, logRunS: logS(runS) })),
    prior: priorPace(scene.businessDate, nights, usual),
  });
  const ends = simulatedEnds(
    pending.filter((unit) => unit !== null),
    pace,
    began,
    course.doneBelow,
    scene.asOf,
  );
  return estimateFrom(ends, scene.asOf, nights.length);
}

/** Ordinary days rest on ordinary days. Month-ends are few: they rest on all days, at the pace that month-ends have. */
function nightsLike({ past, businessDate }: Scene): readonly Timeline[] {
  const nights = isMonthEnd(businessDate) ? past : comparableNights(past, businessDate).nights;
  return nights.slice(0, MOST_NIGHTS);
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
): readonly number[] | null {
  if (course.beganAt !== null) return past.began.map(() => course.beganAt as Instant);
  // Whether there will be a second pass at all is decided by people.
  if (phase === 'FINAL') return null;
  const offsets = past.began.map((at, night) => at - midnight(past.nights[night]?.businessDate as BusinessDate));
  const sameDay = offsets.map((offset, night) =>
    weekday(past.nights[night]?.businessDate as BusinessDate) === weekday(businessDate) ? offset : Number.NaN,
  );
  const alike = sameDay.filter((offset) => !Number.isNaN(offset)).length >= ENOUGH_NIGHTS ? sameDay : offsets;
  const sinceMidnight = asOf - midnight(businessDate);
  if (!alike.some((offset) => offset > sinceMidnight)) return null;
  return drawsAbove(alike, sinceMidnight, 0, 0).map((offset) => midnight(businessDate) + offset);
}

function midnight(date: BusinessDate): Instant {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The runs of a Friday may begin on Saturday, or on Monday. */
function weekday(date: BusinessDate): number {
  return Math.floor(midnight(date) / DAY) % 7;
}
