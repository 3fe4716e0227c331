import { z } from 'zod';
import type { Finding } from '../batch/finding.ts';
import { Observation, Outcome, RootCause, RuledOut } from './answer/cause-records.ts';
import { BusinessDate, EssentialStatus, Iso, Phase, UnitStatus } from './answer/primitives.ts';
import { Comparison, Durations, Eta, Lateness, Target, Usual } from './answer/timing-records.ts';
import type { ThreadContext } from './question.ts';

const Slice = z.object({
  slice: z.string().nullable(),
  listed: z.boolean(),
  status: UnitStatus,
  stuck: z.boolean(),
  attempts: z.number().int(),
  dag_run_id: z.string().nullable(),
  started_at: Iso.nullable(),
  ended_at: Iso.nullable(),
  duration_s: z.number().nullable(),
  /** An earlier attempt failed and a later one repaired it. */
  repaired: z.boolean(),
});

const Dataset = z.object({
  dataset_id: z.string(),
  sequence_order: z.number(),
  /** Rank from 1 among the steps that count. */
  step: z.number().int(),
  status: UnitStatus,
  slices: z.array(Slice),
});

const Task = z.object({
  dataset_id: z.string(),
  slice: z.string().nullable(),
  dag_id: z.string(),
  dag_run_id: z.string(),
  task_id: z.string(),
  state: z.string().nullable(),
  try_number: z.number().nullable(),
  operator: z.string().nullable(),
  host: z.string().nullable(),
  started_at: Iso.nullable(),
  ended_at: Iso.nullable(),
  duration_s: z.number().nullable(),
  /** The earliest task of its run that failed by itself. */
  first_failure: z.boolean(),
});

/**
 * The machine-readable answer: what `ask --json` prints and what Slack answers are rendered from. Field names are a public
 * contract (`docs/answer-contract.md`): fields may be added, never renamed.
 */
export const Answer = z.object({
  question: z.string(),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  essential: z.string().nullable(),
  business_date: BusinessDate.nullable(),
  phase: Phase.nullable(),
  status: EssentialStatus.nullable(),
  other_phase: z.object({ phase: Phase, status: EssentialStatus }).nullable(),
  essentials: z.array(
    z.object({
      essential: z.string(),
      business_date: BusinessDate,
      phase: Phase,
      status: EssentialStatus,
      /** A slice of it is stuck, whatever else the status says. */
      stuck: z.boolean(),
      headline: z.string(),
      /** Null where nothing called for a look. */
      outcome: Outcome.nullable(),
      /** Best first. */
      root_causes: z.array(RootCause),
    }),
  ),
  text: z.string(),
  progress: z
    .object({
      step: z.number(),
      of: z.number(),
      datasets_done: z.number(),
      datasets: z.number(),
      slices_done: z.number(),
      slices: z.number(),
    })
    .nullable(),
  datasets: z.array(Dataset),
  /** Best first; empty when nothing is wrong. For a whole night: those of its essentials, each once. */
  root_causes: z.array(RootCause),
  ruled_out: z.array(RuledOut),
  gaps: z.array(z.string()),
  /** Null where it was not asked for or cannot be derived. */
  eta: Eta.nullable(),
  sources: z.array(
    z.object({
      id: z.string(),
      tool: z.string(),
      sql: z.string(),
      parameters: z.array(z.unknown()),
      rows: z.number(),
      ms: z.number(),
    }),
  ),
  suggestions: z.array(z.string()),
  usage: z.object({
    llm_calls: z.number(),
    input_tokens: z.number(),
    output_tokens: z.number(),
    tool_calls: z.number(),
    ms: z.number(),
  }),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),

  /** Which kind of answer this is; decides how it is laid out. */
  kind: z.enum([
    'status',
    'progress',
    'slices',
    'tasks',
    'history',
    'night',
    'causes',
    'lateness',
    'eta',
    'comparison',
    'durations',
    'clarification',
    'refusal',
    'help',
    'error',
  ]),
  /** The reference that a person quotes; also in the log. */
  reference: z.string(),
  /** The verdict computed by code, one Markdown line without mentions or links. */
  verdict: z.string(),
  /** The model's (or the planner's) prose that passed the check against the findings; may be empty. */
  prose: z.string(),
  /** What was resolved on the way (name, date, other phase), as sentences. */
  notes: z.array(z.string()),
  /** Units that need attention (FAILED, CANCELLED, UNKNOWN, stuck), in sequence order. */
  failures: z.array(
    z.object({
      dataset_id: z.string(),
      sequence_order: z.number(),
      slice: z.string().nullable(),
      status: UnitStatus,
      stuck: z.boolean(),
      dag_id: z.string().nullable(),
      dag_run_id: z.string().nullable(),
      attempt: z.number().int(),
      started_at: Iso.nullable(),
      ended_at: Iso.nullable(),
      duration_s: z.number().nullable(),
      /** The earliest task that failed by itself, where tasks were read. */
      task_id: z.string().nullable(),
      /** STATUS_DETAIL, bounded; untrusted. */
      detail: z.string().nullable(),
    }),
  ),
  /** Tasks of the runs asked about. */
  tasks: z.array(Task),
  /** Earlier business dates, newest first. */
  history: z.array(
    z.object({
      business_date: BusinessDate,
      phase: Phase,
      status: EssentialStatus,
      started_at: Iso.nullable(),
      ended_at: Iso.nullable(),
      duration_s: z.number().nullable(),
      failed_slices: z.number().int(),
      repaired_slices: z.number().int(),
    }),
  ),
  /** Whether something is wrong; null where nobody asked. */
  outcome: Outcome.nullable(),
  /** Not causes, and told all the same: repaired failures, tasks that succeeded after retries, datasets that wait. */
  observations: z.array(Observation),
  /** What to look at next, as Markdown sentences; SENTRY itself does nothing. */
  next: z.array(z.string()),
  /** When the phase has to be complete, by `sentry.yml`. */
  deadline: Iso.nullable(),
  /** The time that it has to make, where one was asked about or set. */
  target: Target.nullable(),
  /** In [0, 1]: how likely it is complete only after `target`. */
  chance_of_missing: z.number().nullable(),
  lateness: Lateness.nullable(),
  comparison: Comparison.nullable(),
  durations: Durations.nullable(),
  /** How long the earlier business dates took. */
  usual: Usual.nullable(),
  /** Failures that repeat: the same task of the same dataset. */
  recurrences: z.array(
    z.object({
      dataset_id: z.string(),
      task_id: z.string(),
      failed: z.number().int(),
      of: z.number().int(),
      dates: z.array(BusinessDate),
    }),
  ),
  /** For a clarification, complete questions to choose from. */
  options: z.array(z.object({ label: z.string(), question: z.string() })),
  /** Set when the clock is frozen: the instant, ISO 8601 UTC. */
  frozen_clock: Iso.nullable(),
  /** The zone in which times are shown beside UTC, IANA name. */
  time_zone: z.string(),
});
export type Answer = z.infer<typeof Answer>;

/** What happens while a question is answered, in order; the last event is always `answer`. */
export type AgentEvent =
  /** Work in progress that names itself: "Reading TB-Derivatives runs of 2026-02-13". */
  | { type: 'step'; id: string; title: string; status: 'in_progress' | 'complete' | 'error' }
  /** The verdict by code, as soon as it is known and before the model has spoken. */
  | { type: 'verdict'; verdict: string }
  /** Sentences of the model that have passed the check, all so far: what the answer's prose begins with, whatever comes. */
  | { type: 'prose'; text: string }
  | {
      type: 'answer';
      answer: Answer;
      context: ThreadContext | null;
      /** What leads the answer, as the domain found it: for a picture of it. */
      finding?: Finding | null;
    };
