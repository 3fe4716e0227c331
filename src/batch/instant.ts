/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ISO 8601 in UTC, e.g. `2026-02-13T16:37:56.695Z`. */
export function isoUtc(instant: Instant): string {
  return new Date(instant).toISOString();
}
