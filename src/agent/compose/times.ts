import { type Instant, isoUtc } from '../../batch/instant.ts';

/** `03:12 UTC (22:12 New York)`; the date is added where it differs from `near` (a business date or an earlier stamp). */
export function clockTime(instant: Instant, zone: string, near?: string): string {
  const day = isoUtc(instant).slice(0, 10);
  const stamp = `${near === day ? '' : `${day} `}${utcTime(instant)} UTC`;
  return zone === 'UTC' ? stamp : `${stamp} (${zoneTime(instant, zone)} ${zoneName(zone)})`;
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

/** `1 h 25 min`, `13 min`, `42 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** Whole seconds between two instants; null while one is missing. */
export function secondsBetween(from: Instant | null, to: Instant | null): number | null {
  return from === null || to === null ? null : Math.max(0, Math.round((to - from) / 1000));
}
