/** "45 s", "3 min 20 s", "12 min", "1 h 25 min", "1 d 4 h". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 10) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  const rounded = Math.round(whole / 60);
  if (rounded < 60) return `${rounded} min`;
  if (rounded < 24 * 60) return pair(Math.floor(rounded / 60), 'h', rounded % 60, 'min');
  const hours = Math.round(whole / 3600);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

interface Parts {
  date: string;
  day: string;
  time: string;
}

function partsIn(iso: string, zone: string): Parts {
  const instant = new Date(iso);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' });
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return { date: date.format(instant), day: day.format(instant), time: time.format(instant) };
}

/** `America/New_York` is "New York" to a person. */
export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

function isUtc(zone: string): boolean {
  return /^(etc\/)?(utc|gmt|zulu)$/i.test(zone);
}

/** "02:14 UTC (21:14 New York)"; the day is named wherever it is not `baseDate`. */
export function moment(iso: string, zone: string, baseDate: string | null = null): string {
  const show = (parts: Parts) =>
    baseDate === null || parts.date === baseDate ? parts.time : `${parts.day} ${parts.time}`;
  const utc = `${show(partsIn(iso, 'UTC'))} UTC`;
  return isUtc(zone) ? utc : `${utc} (${show(partsIn(iso, zone))} ${cityOf(zone)})`;
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
  return isUtc(zone) ? utc : `${utc} (${show(zone)} ${cityOf(zone)})`;
}

/** "Fri 13 Feb 2026" for the calendar date 2026-02-13. */
export function businessDay(date: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const instant = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(instant.getTime()) ? date : format.format(instant).replace(',', '');
}
