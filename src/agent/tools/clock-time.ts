import { DateTime } from 'luxon';
import type { Instant } from '../../batch/instant.ts';

/** A time of day as somebody said it. */
export interface SaidTime {
  hour: number;
  minute: number;
  zone: string;
}

const NAMED: readonly [RegExp, number][] = [
  [/\bnoon\b|\bmidday\b/i, 12],
  [/\bmidnight\b/i, 0],
];

/** `7am`, `07:00`, `7.30 pm`, `0700`, `noon`, `6 UTC`: in the readers' zone unless UTC is said. Null for anything else. */
export function readClockTime(said: string, zone: string): SaidTime | null {
  const of = /\b(utc|gmt|zulu)\b|\d\s*z\b/i.test(said) ? 'UTC' : zone;
  const named = NAMED.find(([pattern]) => pattern.test(said));
  if (named) return { hour: named[1], minute: 0, zone: of };
  const match =
    /(?<![\d:.-])(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])\.?m\b\.?/i.exec(said) ??
    /(?<![\d:.-])(\d{1,2})[:.h](\d{2})(?!\d)/i.exec(said) ??
    /(?<![\d:.-])(\d{2})(\d{2})\s*(?:h|hrs|hours)?(?![\d:.-])/i.exec(said) ??
    /(?<![\d:.-])(\d{1,2})(?:\s*(?:o['’]?clock|utc|gmt|z)\b|\s*$)/i.exec(said);
  if (match === null) return null;
  const [, hours = '', minutes = '0', half] = match;
  const minute = Number(minutes);
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const valid = hour <= 24 && minute <= 59 && (half === undefined || (Number(hours) >= 1 && Number(hours) <= 12));
  return valid ? { hour: hour % 24, minute, zone: of } : null;
}

/** The first such time after an instant. */
export function nextTime({ hour, minute, zone }: SaidTime, after: Instant): Instant {
  const day = DateTime.fromMillis(after, { zone }).set({ hour, minute, second: 0, millisecond: 0 });
  return (day.toMillis() > after ? day : day.plus({ days: 1 })).toMillis();
}
