import { z } from 'zod';
import { FAMILIES } from '../../batch/rca/cause.ts';
import { BusinessDate, Iso } from './primitives.ts';

export const Family = z.enum(FAMILIES);

/** One root cause. Keys that its family has none of are null. */
export const RootCause = z.object({
  /** From 1, best first. */
  rank: z.number().int(),
  family: Family,
  confidence: z.enum(['high', 'medium', 'low']),
  dataset_id: z.string().nullable(),
  slice: z.string().nullable(),
  dag_run_id: z.string().nullable(),
  task_id: z.string().nullable(),
  try_number: z.number().int().nullable(),
  operator: z.string().nullable(),
  host: z.string().nullable(),
  window: z.object({ from: Iso, to: Iso }).nullable(),
  /** When it began to go wrong. */
  at: Iso,
  /** On how many of the last business dates the same task of the same dataset failed. */
  recurring: z.object({ failed: z.number().int(), of: z.number().int() }).nullable(),
  affects: z.object({ datasets: z.array(z.string()), essentials: z.array(z.string()) }),
  /** Ids of the entries in `sources` that hold the rows it rests on. */
  evidence: z.array(z.string()),

  /** Every slice of the dataset that shows the same, `slice` among them. */
  slices: z.array(z.string().nullable()),
  dag_id: z.string().nullable(),
  /** What it cost so far, for what is late, slow or queued. */
  minutes: z.number().nullable(),
  /** The cause as one Markdown sentence. */
  summary: z.string(),
  /** What was read, each with its figures, as Markdown. */
  facts: z.array(z.string()),
  /** What ended it last time. */
  last_remedy: z
    .object({ business_date: BusinessDate, how: z.enum(['manual_retry', 'rerun']), after_minutes: z.number() })
    .nullable(),
  /** Who owns it and what to read, as `sentry.yml` says. */
  owner: z.string().nullable(),
  runbook: z.string().nullable(),
});
export type RootCause = z.infer<typeof RootCause>;

/** A family that was looked at and found innocent, with the figure that says so. */
export const RuledOut = z.object({ family: Family, why: z.string() });

/** Not a cause, and told all the same. */
export const Observation = z.object({
  kind: z.enum(['blocked_upstream', 'flaky', 'recurring', 'repaired']),
  dataset_ids: z.array(z.string()),
  slice: z.string().nullable(),
  task_id: z.string().nullable(),
  /** As one Markdown sentence. */
  summary: z.string(),
});
export type Observation = z.infer<typeof Observation>;

/** Whether something is wrong: `nothing_wrong` and `cannot_tell` are answers too, without causes. */
export const Outcome = z.enum(['causes', 'nothing_wrong', 'cannot_tell']);
