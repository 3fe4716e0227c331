import { type Instant, isoUtc } from '../../batch/instant.ts';

/** `03:12 UTC (22:12 New York)`; the date is added where it differs from `near` (a business date or an earlier stamp). */
export function clockTime(instant: Instant, zone: string, near?: string): string {
  const day = isoUtc(instant).slice(0, 10);
  const stamp = `${near === day ? '' : `${day} `}${utcTime(instant)} UTC`;
  return isUtc(zone) ? stamp : `${stamp} (${zoneTime(instant, zone)} ${zoneName(zone)})`;
}

export function utcTime(instant: Instant): string {
  return isoUtc(instant).slice(11, 16);
}

export function zoneTime(instant: Instant, zone: string): string {
  return timeFormat(zone).format(instant);
}

/** The calendar date of an instant in a zone, `YYYY-MM-DD`. */
export function zoneDay(instant: Instant, zone: string): string {
  return dayFormat(zone).format(instant);
}

const timeFormat = perZone(
  (timeZone) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }),
);
const dayFormat = perZone(
  (timeZone) => new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }),
);

/** Making a format costs a hundred times as much as using it. */
function perZone(make: (zone: string) => Intl.DateTimeFormat): (zone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    const format = made.get(zone) ?? make(zone);
    made.set(zone, format);
    return format;
  };
}

/** `America/New_York` is `New York` to a reader. */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Where a time in the readers' zone would only repeat the one in UTC. */
export function isUtc(zone: string): boolean {
  return /^(etc\/)?(utc|gmt|zulu)$/i.test(zone);
}

/** `45 s`, `3 min 20 s`, `12 min`, `1 h 25 min`, `1 d 4 h`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 10) return pair(minutes, 'min', whole % 60, 's');
  const rounded = Math.round(whole / 60);
  if (rounded < 60) return `${rounded} min`;
  if (rounded < 24 * 60) return pair(Math.floor(rounded / 60), 'h', rounded % 60, 'min');
  const hours = Math.round(whole / 3600);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Whole seconds between two instants; null while one is missing. */
export function secondsBetween(from: Instant | null, to: Instant | null): number | null {
  return from === null || to === null ? null : Math.max(0, Math.round((to - from) / 1000));
}
