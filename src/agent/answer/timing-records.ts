import { z } from 'zod';
import { BusinessDate, EssentialStatus, Iso, Phase, UnitStatus } from './primitives.ts';

/** What a value usually is, in seconds, and on how many earlier business dates that rests. */
export const Usual = z.object({
  p50: z.number(),
  p90: z.number(),
  p95: z.number(),
  basis: z.number().int(),
  calendar: z.enum(['ordinary', 'month_end', 'all']),
});

/** When the phase will be complete. */
export const Eta = z.object({ p50: Iso, p90: Iso, basis: z.number().int() });

/** The time that it has to make: the one asked about, or the deadline of `sentry.yml`. */
export const Target = z.object({ at: Iso, source: z.enum(['asked', 'deadline']) });

const Parts = z.object({
  late_start: z.number(),
  queue: z.number(),
  run: z.number(),
  retry: z.number(),
  waiting: z.number(),
});

/** Where the minutes went. All parts are minutes over what is usual and add up to `total_minutes`. */
export const Lateness = z.object({
  end_at: Iso,
  ended: z.boolean(),
  usual_end_at: Iso,
  basis: z.number().int(),
  total_minutes: z.number(),
  parts: Parts,
  /** The critical path, first to last. */
  path: z.array(
    z.object({
      dataset_id: z.string(),
      slice: z.string().nullable(),
      step: z.number().int(),
      started_at: Iso,
      ended_at: Iso.nullable(),
      minutes: Parts,
    }),
  ),
  /** Minutes that each dataset could have taken longer without moving the end. */
  slack: z.array(z.object({ dataset_id: z.string(), minutes: z.number() })),
});

const ComparedNight = z.object({
  business_date: BusinessDate,
  phase: Phase,
  status: EssentialStatus,
  started_at: Iso.nullable(),
  ended_at: Iso.nullable(),
  duration_s: z.number().nullable(),
});

const ComparedUnit = z.object({
  status: UnitStatus,
  started_at: Iso.nullable(),
  started_after_min: z.number().nullable(),
  duration_s: z.number().nullable(),
  attempts: z.number().int(),
  finished: z.number().nullable(),
});

/** Two nights, or two phases, unit by unit: the weightiest difference first. */
export const Comparison = z.object({
  before: ComparedNight,
  after: ComparedNight,
  differences: z.array(
    z.object({
      dataset_id: z.string(),
      slice: z.string().nullable(),
      what: z.array(z.enum(['status', 'presence', 'start', 'duration', 'attempts', 'order'])),
      before: ComparedUnit.nullable(),
      after: ComparedUnit.nullable(),
    }),
  ),
  /** Units that are alike on both sides. */
  alike: z.number().int(),
});

/** Durations beside what they usually are, the most unusual first. */
export const Durations = z.object({
  phase: z.object({ actual_s: z.number().nullable(), usual: Usual.nullable() }),
  units: z.array(
    z.object({
      dataset_id: z.string(),
      slice: z.string().nullable(),
      actual_s: z.number().nullable(),
      running: z.boolean(),
      usual: Usual.nullable(),
      longer_than: z.object({ of: z.number().int(), dates: z.number().int() }).nullable(),
      last_as_long: BusinessDate.nullable(),
    }),
  ),
});
