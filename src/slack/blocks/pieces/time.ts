import { isUtc, zoneDay, zoneName, zoneTime } from '../../../agent/compose/times.ts';

interface Parts {
  date: string;
  day: string;
  time: string;
}

const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });

function partsIn(iso: string, zone: string): Parts {
  const instant = Date.parse(iso);
  const date = zoneDay(instant, zone);
  return { date, day: SHORT_DAY.format(Date.parse(date)), time: zoneTime(instant, zone) };
}

/** "02:14 UTC (21:14 New York)"; the day is named wherever it is not `baseDate`. */
export function moment(iso: string, zone: string, baseDate: string | null = null): string {
  const show = (parts: Parts) =>
    baseDate === null || parts.date === baseDate ? parts.time : `${parts.day} ${parts.time}`;
  const utc = `${show(partsIn(iso, 'UTC'))} UTC`;
  return isUtc(zone) ? utc : `${utc} (${show(partsIn(iso, zone))} ${zoneName(zone)})`;
}

/** "01:02 → 02:27 UTC (20:02 → 21:27 New York)"; the day is named once where it stays the same. */
export function span(from: string, to: string, zone: string, baseDate: string | null = null): string {
  const show = (in_: string) => {
    const start = partsIn(from, in_);
    const end = partsIn(to, in_);
    const startShown = baseDate === null || start.date === baseDate ? start.time : `${start.day} ${start.time}`;
    return `${startShown} → ${start.date === end.date ? end.time : `${end.day} ${end.time}`}`;
  };
  if (from.slice(0, 16) === to.slice(0, 16)) return moment(from, zone, baseDate);
  const utc = `${show('UTC')} UTC`;
  return isUtc(zone) ? utc : `${utc} (${show(zone)} ${zoneName(zone)})`;
}
