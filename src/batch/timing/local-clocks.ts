import { DateTime } from 'luxon';
import type { BusinessDate } from '../business-date.ts';
import { type Instant, MINUTE, SECOND } from '../instant.ts';

/**
 * A scheduler keeps the hours of some wall clock, and the tables do not say whose. When clocks change, a start moves by an
 * hour by one of them and not at all by another; so a start is late only if it is late by each of these. UTC stands for every
 * zone without daylight-saving time.
 */
export const CLOCKS = ['utc', 'America/New_York', 'Europe/London'] as const;

/** How far each wall clock is ahead of UTC around that instant, in milliseconds. */
export type Ahead = readonly number[];

const known = new Map<number, Ahead>();

export function aheadAt(instant: Instant): Ahead {
  const hour = Math.floor(instant / (60 * MINUTE));
  const hit = known.get(hour);
  if (hit !== undefined) return hit;
  if (known.size > 10_000) known.clear();
  const ahead = CLOCKS.map((zone) => DateTime.fromMillis(instant, { zone }).offset * MINUTE);
  known.set(hour, ahead);
  return ahead;
}

/** Seconds from midnight of a business date to an instant, by the wall clock that is ahead of UTC by so much. */
export function secondsInto(businessDate: BusinessDate, instant: Instant, aheadMs: number): number {
  return (instant + aheadMs - Date.parse(`${businessDate}T00:00:00Z`)) / SECOND;
}

/** The instant that lies so many seconds after midnight of a business date by that wall clock. */
export function instantAt(businessDate: BusinessDate, seconds: number, aheadMs: number): Instant {
  return Date.parse(`${businessDate}T00:00:00Z`) + seconds * SECOND - aheadMs;
}
