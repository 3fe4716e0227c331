import type { Instant } from '../batch/instant.ts';
import { UpstreamError } from '../errors.ts';

/** `YYYY-MM-DD HH:MM:SS`, or the same with up to six digits of a second. */
const [DATE_LENGTH, WHOLE_LENGTH, LONGEST] = [10, 19, 26];
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const [ZERO, BLANK, COLON, POINT] = [48, 32, 58, 46];
const NOT_A_NUMBER = -1;

/** A history has tens of thousands of times on some hundred days. */
const MOST_DAYS = 4000;
const days = new Map<string, Instant>();

/**
 * A timestamp as both databases give it, as UTC milliseconds; microseconds are cut off. Anything else (a zone, a `T`, a
 * zero date, 31 April) throws UpstreamError `RDS_QUERY`: a time that is guessed makes a status that is wrong.
 */
export function parseDbInstant(text: string): Instant {
  if (typeof text !== 'string' || text.length < WHOLE_LENGTH || text.length > LONGEST) throw unreadable();
  const marks = text.charCodeAt(10) === BLANK && text.charCodeAt(13) === COLON && text.charCodeAt(16) === COLON;
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const inRange = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!marks || !inRange) throw unreadable();
  const midnight = dayOf(text.slice(0, DATE_LENGTH));
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds(text);
}

/** The same for a column that may be NULL. */
export function parseDbInstantOrNull(text: string | null): Instant | null {
  return text === null ? null : parseDbInstant(text);
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NOT_A_NUMBER;
}

function milliseconds(text: string): number {
  if (text.length === WHOLE_LENGTH) return 0;
  if (text.charCodeAt(WHOLE_LENGTH) !== POINT || text.length === WHOLE_LENGTH + 1) throw unreadable();
  let found = 0;
  let weight = 100;
  for (let at = WHOLE_LENGTH + 1; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) throw unreadable();
    found += digit * weight;
    weight = weight > 1 ? weight / 10 : 0;
  }
  return found;
}

function dayOf(date: string): Instant {
  const known = days.get(date);
  if (known !== undefined) return known;
  const match = DAY.exec(date);
  const midnight = match === null ? Number.NaN : Date.parse(`${date}T00:00:00Z`);
  // 31 April is read as 1 May.
  const same = !Number.isNaN(midnight) && date >= '1000' && new Date(midnight).toISOString().startsWith(date);
  if (!same) throw unreadable();
  if (days.size >= MOST_DAYS) days.clear();
  days.set(date, midnight);
  return midnight;
}

function unreadable(): UpstreamError {
  return new UpstreamError('rds', 'RDS_QUERY', 'The database returned a timestamp that SENTRY cannot read.', {
    remedy: 'Look at the rows of that business date: a timestamp there is not a valid UTC date and time.',
  });
}
