import { DateTime } from 'luxon';
import type { Instant } from './instant.ts';

/**
 * The date that data is *for*, `YYYY-MM-DD`: a calendar date without a zone, hence a string and never a JavaScript Date.
 * A run may happen days later.
 */
export type BusinessDate = string;

/** Calendar days, whatever the zone. */
export function daysBefore(date: BusinessDate, days: number): BusinessDate {
  return DateTime.fromISO(date, { zone: 'utc' }).minus({ days }).toISODate() as BusinessDate;
}

/** The calendar date of an instant in a zone (IANA name). */
export function calendarDate(instant: Instant, zone: string): BusinessDate {
  return DateTime.fromMillis(instant, { zone }).toISODate() as BusinessDate;
}

/** Whether a text is a date that exists, written `YYYY-MM-DD`. */
export function isBusinessDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** `2026-02-13` → `Fri 13 Feb 2026`. */
export function spellDate(date: BusinessDate): string {
  return DateTime.fromISO(date, { zone: 'utc' }).setLocale('en-GB').toFormat('ccc d LLL yyyy');
}
