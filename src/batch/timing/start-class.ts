import type { BusinessDate } from '../business-date.ts';
import { HOUR, type Instant } from '../instant.ts';
import { memoize, memoizeWeakly } from '../memoize.ts';
import { median } from '../percentile.ts';
import type { Scene } from '../rca/scene.ts';
import type { Timeline } from './timeline.ts';

const FRIDAY = 5;
/** Fridays that begin so much later (or earlier) than other days are run on another day of the calendar. */
const ANOTHER_DAY = 6 * HOUR;
/** Of either kind, to tell. */
const ENOUGH = 2;

/**
 * Runs for a Friday may start on Saturday or Monday. Where they do, Fridays are compared with Fridays and no other day with
 * them; where they start like any other day, all days are alike. Says whether an earlier date is of tonight's kind.
 */
export function startClass(scene: Scene): (date: BusinessDate) => boolean {
  const apart = fridaysApart(scene.past);
  const tonight = isFriday(scene.businessDate);
  return (date) => !apart || isFriday(date) === tonight;
}

/** The earlier nights of tonight's kind, newest first: the same list for every scene with the same past. */
export function nightsAlike(scene: Scene): readonly Timeline[] {
  return fridaysApart(scene.past) ? byFriday(scene.past)(isFriday(scene.businessDate)) : scene.past;
}

const byFriday = memoizeWeakly((past: readonly Timeline[]) =>
  memoize((friday: boolean): readonly Timeline[] => past.filter((night) => isFriday(night.businessDate) === friday)),
);

const fridaysApart = memoizeWeakly((past: readonly Timeline[]): boolean => {
  const starts = past.map(({ businessDate, units }) => {
    let startedAt = Number.POSITIVE_INFINITY;
    for (const unit of units.values()) startedAt = Math.min(startedAt, unit.startedAt);
    return { friday: isFriday(businessDate), offset: startedAt - midnight(businessDate) };
  });
  const of = (friday: boolean) => starts.filter((start) => start.friday === friday).map(({ offset }) => offset);
  const [fridays, others] = [of(true), of(false)];
  return (
    fridays.length >= ENOUGH &&
    others.length >= ENOUGH &&
    Math.abs((median(fridays) as number) - (median(others) as number)) > ANOTHER_DAY
  );
});

function midnight(date: BusinessDate): Instant {
  return Date.parse(`${date}T00:00:00Z`);
}

function isFriday(date: BusinessDate): boolean {
  return new Date(midnight(date)).getUTCDay() === FRIDAY;
}
