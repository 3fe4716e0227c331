import type { BusinessDate } from '../business-date.ts';
import { HOUR, type Instant } from '../instant.ts';
import { median } from '../percentile.ts';
import { oncePerRuns } from './once-per-scene.ts';

const FRIDAY = 5;
/** Fridays that begin so much later (or earlier) than other days are run on another day of the calendar. */
const ANOTHER_DAY = 6 * HOUR;
/** Of either kind, to tell. */
const ENOUGH = 2;

/**
 * Runs for a Friday may start on Saturday or Monday. Where they do, Fridays are compared with Fridays and no other day with
 * them; where they start like any other day, all days are alike. Says whether an earlier date is of tonight's kind.
 */
export const startClass = oncePerRuns((scene): ((date: BusinessDate) => boolean) => {
  const starts = scene.past.map((night) => {
    const startedAt = Math.min(...[...night.units.values()].map((unit) => unit.startedAt));
    return { friday: isFriday(night.businessDate), offset: startedAt - midnight(night.businessDate) };
  });
  const of = (friday: boolean) => starts.filter((start) => start.friday === friday).map(({ offset }) => offset);
  const [fridays, others] = [of(true), of(false)];
  const apart =
    fridays.length >= ENOUGH &&
    others.length >= ENOUGH &&
    Math.abs((median(fridays) as number) - (median(others) as number)) > ANOTHER_DAY;
  const tonight = isFriday(scene.businessDate);
  return (date) => !apart || isFriday(date) === tonight;
});

function midnight(date: BusinessDate): Instant {
  return Date.parse(`${date}T00:00:00Z`);
}

function isFriday(date: BusinessDate): boolean {
  return new Date(midnight(date)).getUTCDay() === FRIDAY;
}
