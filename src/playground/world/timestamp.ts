const MINUTE = 60_000;
const minutes = new Map<number, string>();

/** `YYYY-MM-DD HH:MM:` of an instant. Worlds hold many times and few minutes. */
function upToMinute(minute: number): string {
  const known = minutes.get(minute);
  if (known) return known;
  const text = new Date(minute * MINUTE).toISOString().slice(0, 17).replace('T', ' ');
  minutes.set(minute, text);
  return text;
}

/** UTC as the workflow table keeps it: whole seconds. */
export function seconds(instant: number): string {
  const minute = Math.floor(instant / MINUTE);
  return upToMinute(minute) + String(Math.floor((instant - minute * MINUTE) / 1000)).padStart(2, '0');
}

/** UTC as Airflow keeps it: microseconds. */
export function micros(instant: number): string {
  const minute = Math.floor(instant / MINUTE);
  const rest = Math.floor(instant) - minute * MINUTE;
  return `${upToMinute(minute)}${String(Math.floor(rest / 1000)).padStart(2, '0')}.${String(rest % 1000).padStart(3, '0')}000`;
}

export const microsOrNull = (instant: number | null): string | null => (instant === null ? null : micros(instant));
