import { z } from 'zod';
import type { Timetable } from '../jobs/jobs.ts';

/** A digest of a channel, as it is kept. */
export const Subscription = z.object({
  /** Slack's id. */
  channel: z.string(),
  hour: z.number().int().min(0).max(23),
  minute: z.number().int().min(0).max(59),
  /** 0 is Sunday; in order, at least one. */
  days: z.array(z.number().int().min(0).max(6)).min(1),
  /** IANA name. */
  zone: z.string(),
  /** Lenz names; null for all. */
  essentials: z.array(z.string()).min(1).nullable(),
  /** Null for the latest phase of each. */
  phase: z.enum(['PRELIM', 'FINAL']).nullable(),
  paused: z.boolean(),
  /** Slack's id of a person; null for one that is declared in `sentry.yml`. */
  createdBy: z.string().nullable(),
  /** UTC milliseconds. Earlier times were never owed. */
  since: z.number(),
});
export type Subscription = z.infer<typeof Subscription>;

/** What a digest is about and when it comes; the rest is bookkeeping. */
export type Wish = Pick<Subscription, 'hour' | 'minute' | 'days' | 'zone' | 'essentials' | 'phase'>;

export const EVERY_DAY: readonly number[] = [0, 1, 2, 3, 4, 5, 6];
export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];
export const WEEKEND: readonly number[] = [0, 6];

export function timetableOf({ hour, minute, days, zone }: Wish): Timetable {
  const which = days.length === EVERY_DAY.length ? '*' : days.join(',');
  return { pattern: `${minute} ${hour} * * ${which}`, zone };
}
