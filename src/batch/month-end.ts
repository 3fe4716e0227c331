import { DateTime } from 'luxon';
import type { BusinessDate } from './business-date.ts';

const FRIDAY = 5;
const known = new Map<BusinessDate, boolean>();

/** Whether a date is the last weekday of its month: a kind of day of its own, slower than the others. */
export function isMonthEnd(date: BusinessDate): boolean {
  const hit = known.get(date);
  if (hit !== undefined) return hit;
  const day = DateTime.fromISO(date, { zone: 'utc' });
  const next = day.plus({ days: day.weekday >= FRIDAY ? 8 - day.weekday : 1 });
  const answer = day.weekday <= FRIDAY && next.month !== day.month;
  known.set(date, answer);
  return answer;
}
