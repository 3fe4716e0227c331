import { DateTime } from 'luxon';
import type { BusinessDate } from '../batch/business-date.ts';
import { spellDate } from '../batch/business-date.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../batch/instant.ts';

export interface Tick {
  at: Instant;
  /** One line, or two where a day begins. */
  label: string;
}

/** `04:10`; with the day, where it is not that of `beside`. */
export function clock(at: Instant, zone: string, beside: Instant | null = null): string {
  const local = localTime(at, zone);
  const sameDay = beside === null || localTime(beside, zone).hasSame(local, 'day');
  return local.toFormat(sameDay ? 'HH:mm' : 'ccc HH:mm');
}

/** `04:10`; with the day, where it is not the business date itself. */
export function clockOn(at: Instant, zone: string, businessDate: BusinessDate): string {
  const local = localTime(at, zone);
  return local.toFormat(local.toISODate() === businessDate ? 'HH:mm' : 'ccc HH:mm');
}

/** `Business date Fri 13 Feb 2026 · times in America/New_York (UTC−5)`; with both offsets of a night on which clocks change. */
export function footnoteOf(businessDate: BusinessDate, zone: string, at: Instant, until = at): string {
  const [first, last] = [offsetName(at, zone), offsetName(until, zone)];
  const named = first === last ? first : `${first}, then ${last}`;
  return `Business date ${spellDate(businessDate)} · times in ${zone}${zone === named ? '' : ` (${named})`}`;
}

function offsetName(at: Instant, zone: string): string {
  const offset = localTime(at, zone).offset;
  if (offset === 0) return 'UTC';
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

/** `45 min`, `1 h 25`, `2 d 3 h`: minutes rounded, with blanks at which no line breaks. */
export function spell(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days > 0) return hours === 0 ? `${days}\u00a0d` : `${days}\u00a0d\u00a0${hours}\u00a0h`;
  if (hours > 0) return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${String(rest).padStart(2, '0')}`;
  return `${rest}\u00a0min`;
}

const STEPS = [5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR)];

/** Round local times between two instants, at most `most` of them. */
export function ticksBetween(from: Instant, to: Instant, zone: string, most: number): Tick[] {
  const step = STEPS.find((each) => (to - from) / each <= most);
  const days = Math.max(1, Math.ceil((to - from) / DAY / most));
  const ticks: Tick[] = [];
  let at = localTime(from, zone).startOf('day');
  while (at.toMillis() <= to) {
    if (at.toMillis() >= from) ticks.push({ at: at.toMillis(), label: labelOf(at, step === undefined) });
    at = step === undefined ? at.plus({ days }) : at.plus(step);
  }
  return ticks;
}

function labelOf(at: DateTime, wholeDays: boolean): string {
  if (wholeDays) return at.toFormat('d LLL');
  return at.hour === 0 && at.minute === 0 ? at.toFormat("HH:mm'\n'ccc d") : at.toFormat('HH:mm');
}

function localTime(at: Instant, zone: string): DateTime {
  return DateTime.fromMillis(at, { zone }).setLocale('en-GB');
}
