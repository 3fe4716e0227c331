import { DateTime } from 'luxon';
import { z } from 'zod';
import { isTimeZone, NO_TIME_ZONE } from './time-zone.ts';

/** When a phase of an essential has to be complete: a wall-clock time, some days after the business date. */
export interface Deadline {
  /** The Lenz name. */
  essential: string;
  phase: 'PRELIM' | 'FINAL';
  hour: number;
  minute: number;
  /** Calendar days. */
  daysAfter: number;
  /** IANA name; null for SENTRY_TIME_ZONE. */
  timeZone: string | null;
}

const WallClock = z.strictObject({
  time: z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'must be a time such as "07:00"'),
  /** The night after the business date, unless said otherwise. */
  days_after: z.number().int().min(0).max(14).default(1),
  time_zone: z.string().refine(isTimeZone, NO_TIME_ZONE).nullish(),
});

/** `deadlines` of `sentry.yml`: essential → phase → time. */
export const Deadlines = z
  .record(
    z.string().trim().min(1).max(100),
    z
      .strictObject({ PRELIM: WallClock.optional(), FINAL: WallClock.optional() })
      .refine(({ PRELIM, FINAL }) => PRELIM !== undefined || FINAL !== undefined, 'must name PRELIM, FINAL or both'),
  )
  .transform((entries): Deadline[] =>
    Object.entries(entries).flatMap(([essential, phases]) =>
      (['PRELIM', 'FINAL'] as const).flatMap((phase) => {
        const clock = phases[phase];
        if (clock === undefined) return [];
        const [hour, minute] = clock.time.split(':').map(Number) as [number, number];
        return [{ essential, phase, hour, minute, daysAfter: clock.days_after, timeZone: clock.time_zone ?? null }];
      }),
    ),
  );

/** UTC milliseconds of the deadline of one business date (`YYYY-MM-DD`); null where there is none. */
export function deadlineOf(
  deadlines: readonly Deadline[],
  zone: string,
  about: { essential: string; phase: Deadline['phase']; businessDate: string },
): number | null {
  const found = deadlines.find(({ essential, phase }) => essential === about.essential && phase === about.phase);
  if (found === undefined) return null;
  const { hour, minute, daysAfter } = found;
  return DateTime.fromISO(about.businessDate, { zone: found.timeZone ?? zone })
    .plus({ days: daysAfter })
    .set({ hour, minute })
    .toMillis();
}
