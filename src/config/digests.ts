import { z } from 'zod';
import { isTimeZone, NO_TIME_ZONE } from './time-zone.ts';

/** From Sunday, as cron counts them. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const GROUPS = { daily: [0, 1, 2, 3, 4, 5, 6], weekdays: [1, 2, 3, 4, 5], weekends: [0, 6] } as const;

/** A digest that whoever runs SENTRY declared. */
export interface DeclaredDigest {
  /** Slack's id of the channel. */
  channel: string;
  hour: number;
  minute: number;
  /** 0 is Sunday; in order. */
  days: readonly number[];
  /** IANA name; null for SENTRY_TIME_ZONE. */
  timeZone: string | null;
  /** Lenz names; null for all. */
  essentials: readonly string[] | null;
  /** Null for the latest. */
  phase: 'PRELIM' | 'FINAL' | null;
}

const Days = z
  .union([z.enum(['daily', 'weekdays', 'weekends']), z.array(z.enum(DAYS)).min(1)], {
    error: 'must be daily, weekdays, weekends or a list of mon, tue, wed, thu, fri, sat, sun',
  })
  .transform((days) =>
    typeof days === 'string' ? [...GROUPS[days]] : [...new Set(days.map((day) => DAYS.indexOf(day)))].sort(),
  );

/** `digests` of `sentry.yml`. */
export const Digests = z.array(
  z
    .strictObject({
      channel: z.string().regex(/^[CGD][A-Z0-9]{6,20}$/, "must be Slack's id of a channel, such as C0123456789"),
      time: z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'must be a time such as "07:00"'),
      days: Days.prefault('daily'),
      time_zone: z.string().refine(isTimeZone, NO_TIME_ZONE).nullish(),
      essentials: z.array(z.string().trim().min(1).max(100)).min(1).nullish(),
      phase: z.enum(['PRELIM', 'FINAL']).nullish(),
    })
    .transform(({ channel, time, days, time_zone, essentials, phase }): DeclaredDigest => {
      const [hour, minute] = time.split(':').map(Number) as [number, number];
      return {
        channel,
        hour,
        minute,
        days,
        timeZone: time_zone ?? null,
        essentials: essentials ?? null,
        phase: phase ?? null,
      };
    }),
);
