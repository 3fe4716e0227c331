import { DateTime } from 'luxon';
import type { Instant } from '../../batch/instant.ts';
import { zoneNamed } from '../../batch/zone-names.ts';

/** A time of day as somebody said it. */
export interface SaidTime {
  hour: number;
  minute: number;
  zone: string;
  /** The day that was said with it; absent where none was. */
  day?: 'today' | 'tomorrow';
}

const NAMED: readonly [RegExp, number][] = [
  [/\bnoon\b|\bmidday\b/i, 12],
  [/\bmidnight\b/i, 0],
];

/** Whoever says "tomorrow" before that hour means the morning that is coming. */
const NIGHT_ENDS = 4;

/** `7am`, `07:00`, `7.30 pm`, `0700`, `noon`, `6 UTC`, `6am tomorrow`: in the readers' zone unless another is named. Null for anything else. */
export function readClockTime(text: string, zone: string): SaidTime | null {
  const [day] = /\b(?:tomorrow|today)\b/i.exec(text) ?? [];
  const said = text.replace(/\b(?:tomorrow(?:\s+morning)?|today)\b[\s,]*(?:at|by|before)?/i, '').trim();
  const time = timeIn(said, zone);
  return time === null || day === undefined ? time : { ...time, day: day.toLowerCase() as 'today' | 'tomorrow' };
}

function timeIn(text: string, home: string): SaidTime | null {
  const spoken = zoneNamed(text);
  const said =
    spoken === null ? text : `${text.slice(0, spoken.start)}${text.slice(spoken.end).replace(/^ time\b/i, '')}`.trim();
  const zone = /\d\s*z\b/i.test(said) ? 'UTC' : (spoken?.zone ?? home);
  const named = NAMED.find(([pattern]) => pattern.test(said));
  if (named) return { hour: named[1], minute: 0, zone };
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
  return valid ? { hour: hour % 24, minute, zone } : null;
}

/** When that is: on the day that was said with it, as of `now`; else the first such time after `after`. */
export function nextTime({ hour, minute, zone, day }: SaidTime, after: Instant, now = after): Instant {
  const local = DateTime.fromMillis(day === undefined ? after : now, { zone });
  const then = local.set({ hour, minute, second: 0, millisecond: 0 });
  const isLater = day === undefined ? then.toMillis() <= after : day === 'tomorrow' && local.hour >= NIGHT_ENDS;
  return (isLater ? then.plus({ days: 1 }) : then).toMillis();
}
