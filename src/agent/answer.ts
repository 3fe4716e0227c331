import { z } from 'zod';
import type { ThreadContext } from './question.ts';

const Phase = z.enum(['PRELIM', 'FINAL']);
const EssentialStatus = z.enum([
  'NOT_STARTED',
  'SUCCESS',
  'PARTIAL_FAILURE',
  'FAILED',
  'RUNNING',
  'UNKNOWN',
  'WAITING',
]);
const UnitStatus = z.enum(['SUCCESS', 'FAILED', 'CANCELLED', 'RUNNING', 'QUEUED', 'UNKNOWN', 'WAITING', 'NOT_STARTED']);
const BusinessDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** ISO 8601, UTC. */
const Iso = z.iso.datetime();

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
  root_causes: z.array(z.never()),
  ruled_out: z.array(z.object({ family: z.string(), why: z.string() })),
  gaps: z.array(z.string()),
  eta: z.null(),
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
  | { type: 'answer'; answer: Answer; context: ThreadContext | null };
