import { DateTime } from 'luxon';
import { zoneName } from '../agent/compose/times.ts';
import type { EssentialNames } from '../batch/essential-names.ts';
import { slotsOf } from '../jobs/slots.ts';
import { listed } from './spoken-wish.ts';
import { timetableOf, type Wish } from './subscription.ts';

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `at 07:00 New York on weekdays: PRELIM of SNU and Derivatives`. */
export function describeWish(wish: Wish, names: Pick<EssentialNames, 'spoken'>): string {
  const { hour, minute, zone, essentials, phase } = wish;
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const what = essentials === null ? 'all batches' : listed(essentials.map(names.spoken), 'and');
  return `at ${time} ${zoneName(zone)} ${describeDays(wish.days)}: ${phase === null ? 'the latest phase' : phase} of ${what}`;
}

function describeDays(days: readonly number[]): string {
  const key = days.join();
  if (key === '0,1,2,3,4,5,6') return 'every day';
  if (key === '1,2,3,4,5') return 'on weekdays';
  if (key === '0,6') return 'at weekends';
  // Weeks are read from Monday on.
  const sorted = [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return `on ${listed(
    sorted.map((day) => DAY_NAMES[day] ?? ''),
    'and',
  )}`;
}

/** `Tuesday 2026-11-24 07:00 New York (12:00 UTC)`; null where it never comes. */
export function nextTime(wish: Wish, now: number): string | null {
  const next = slotsOf(timetableOf(wish)).next(now);
  return next === null ? null : spellMoment(next, wish.zone);
}

export function spellMoment(at: number, zone: string): string {
  const there = DateTime.fromMillis(at, { zone }).setLocale('en');
  const utc = there.toUTC();
  const day = utc.toISODate() === there.toISODate() ? '' : `${utc.toISODate()} `;
  return `${there.toFormat('cccc yyyy-MM-dd HH:mm')} ${zoneName(zone)} (${day}${utc.toFormat('HH:mm')} UTC)`;
}
