import { DateTime } from 'luxon';

export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** `count` weekdays before `date`, oldest first; roughly one in thirty is a holiday and missing where `holiday` says so. */
export function weekdaysBefore(date: string, count: number, holiday: (date: string) => boolean): string[] {
  const dates: string[] = [];
  for (let day = DateTime.fromISO(date, { zone: 'utc' }).minus({ days: 1 }); dates.length < count; ) {
    const iso = day.toISODate() as string;
    if (day.weekday <= 5 && !holiday(iso)) dates.unshift(iso);
    day = day.minus({ days: 1 });
  }
  return dates;
}

/** The last weekday of its month. */
export function isMonthEnd(date: string): boolean {
  const day = DateTime.fromISO(date, { zone: 'utc' });
  return day.plus({ days: day.weekday === 5 ? 3 : 1 }).month !== day.month;
}

export function isFriday(date: string): boolean {
  return DateTime.fromISO(date, { zone: 'utc' }).weekday === 5;
}

export function addDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() as string;
}

/** Wall clock in a zone to an instant; `hour` may be fractional and beyond 24. */
export function localInstant(date: string, hour: number, zone: string): number {
  const days = Math.floor(hour / 24);
  const minutes = Math.round((hour - days * 24) * 60);
  return DateTime.fromISO(date, { zone })
    .plus({ days })
    .set({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
    .toMillis();
}
