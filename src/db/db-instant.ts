import type { Instant } from '../batch/instant.ts';
import { UpstreamError } from '../errors.ts';

const SHAPE = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?$/;

/**
 * A timestamp as both databases give it, as UTC milliseconds; microseconds are cut off. Anything else (a zone, a `T`, a
 * zero date, 31 April) throws UpstreamError `RDS_QUERY`: a time that is guessed makes a status that is wrong.
 */
export function parseDbInstant(text: string): Instant {
  const match = typeof text === 'string' ? SHAPE.exec(text) : null;
  if (!match) throw unreadable();
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const instant = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const back = new Date(instant);
  const same =
    year >= 1000 &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute &&
    back.getUTCSeconds() === second;
  if (!same) throw unreadable();
  return instant;
}

/** The same for a column that may be NULL. */
export function parseDbInstantOrNull(text: string | null): Instant | null {
  return text === null ? null : parseDbInstant(text);
}

function unreadable(): UpstreamError {
  return new UpstreamError('rds', 'RDS_QUERY', 'The database returned a timestamp that SENTRY cannot read.', {
    remedy: 'Look at the rows of that business date: a timestamp there is not a valid UTC date and time.',
  });
}
