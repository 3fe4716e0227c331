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

/** The same for a column of a table, whose title says the zones: "14 Feb 02:14 (21:14)". Empty where there is no time. */
export function columnTime(iso: string | null, zone: string, baseDate: string | null): string {
  if (iso === null) return '';
  const utc = partsIn(iso, 'UTC');
  const shown = baseDate === null || utc.date === baseDate ? utc.time : `${utc.day} ${utc.time}`;
  return isUtc(zone) ? shown : `${shown} (${partsIn(iso, zone).time})`;
}

/** "Ended UTC (New York)" */
export function timeTitle(what: string, zone: string): string {
  return isUtc(zone) ? `${what} UTC` : `${what} UTC (${zoneName(zone)})`;
}

/** "13 Feb": a business date where its year is clear. */
export function shortDate(date: string): string {
  return SHORT_DAY.format(Date.parse(date));
}
