import { DateTime } from 'luxon';
import { SentryError } from '../../errors.ts';

/** Where the platform keeps its hours, unless told otherwise. */
export const PLATFORM_ZONE = 'America/New_York';

/** The first pass begins at this hour of the business date itself, the second on the morning after. */
export const PRELIM_HOUR = 19;
export const FINAL_HOUR = 1;

const FRIDAY = 5;

/** An instant from a business date and a wall clock time of the platform, `days` later. */
export function wallClock(date: string, days: number, hour: number, minute: number, zone: string): number {
  return DateTime.fromISO(date, { zone }).plus({ days }).set({ hour, minute }).toMillis();
}

/** The latest weekday whose evening (19:00 in the zone) is not after `now`: the business date of the last night. */
export function lastNightOf(now: number, zone: string): string {
  const here = DateTime.fromMillis(now, { zone });
  if (!here.isValid) {
    throw new SentryError('CONFIG', `The simulated world cannot be set up for the time zone ${zone}.`, {
      remedy: 'Set SENTRY_TIME_ZONE to an IANA name such as America/New_York.',
    });
  }
  let day = here.startOf('day');
  while (day.weekday > FRIDAY || day.set({ hour: PRELIM_HOUR }).toMillis() > now) day = day.minus({ days: 1 });
  return day.toISODate() as string;
}

/** `count` weekdays ending with `last`, in order. */
export function weekdaysUntil(last: string, count: number): string[] {
  const days: string[] = [];
  for (let day = DateTime.fromISO(last, { zone: 'utc' }); days.length < count; day = day.minus({ days: 1 })) {
    if (day.weekday <= FRIDAY) days.unshift(day.toISODate() as string);
  }
  return days;
}

/** Whether a weekday is the last one of its month. */
export function isMonthEnd(date: string): boolean {
  const day = DateTime.fromISO(date, { zone: 'utc' });
  return day.plus({ days: day.weekday === FRIDAY ? 3 : 1 }).month !== day.month;
}

export function isFriday(date: string): boolean {
  return DateTime.fromISO(date, { zone: 'utc' }).weekday === FRIDAY;
}

/**
 * The moment at which the playground's clock starts: 03:12 in New York on the morning after the most recent business date,
 * never later than `realNow`. The second pass is under way then and the first one has gone as well or as badly as it will.
 */
export function defaultNow(realNow: number): number {
  let day = DateTime.fromMillis(realNow, { zone: PLATFORM_ZONE }).startOf('day');
  const start = () => day.set({ hour: 3, minute: 12 });
  while (start().toMillis() > realNow || start().minus({ days: 1 }).weekday > FRIDAY) day = day.minus({ days: 1 });
  return start().toMillis();
}
