import type { BusinessDate } from '../business-date.ts';
import type { Instant } from '../instant.ts';
import type { Phase } from '../run.ts';

/** What can go wrong on a night. One rule a family, in `rules/`. */
export const FAMILIES = [
  'task_failure',
  'retry_exhausted',
  'late_start',
  'queue_delay',
  'slow_run',
  'data_skew',
  'stuck',
  'cancelled',
  'missed_trigger',
  'shared_dependency',
  'bad_host',
] as const;
export type Family = (typeof FAMILIES)[number];

/** By rule, never by feeling: what each word takes stands in `confidence.ts`. */
export type Confidence = 'high' | 'medium' | 'low';

/**
 * One thing that was read and what it says. Evidence of a row names the row, so that anybody can look it up again; `says`
 * repeats the row's own values. `usual` compares a measured value with its history.
 */
export type Evidence =
  | { kind: 'run'; key: number; dagRunId: string; says: RunSays }
  | { kind: 'task'; dagId: string; runId: string; taskId: string; mapIndex: number; says: TaskSays }
  | { kind: 'dag_run'; dagId: string; runId: string; says: { state: string | null; endedAt: Instant | null } }
  /** No run of the unit on that date in that phase; a null slice is an unnamed unit or, in `whole`, every unit of the dataset. */
  | {
      kind: 'absence';
      datasetId: string;
      slice: string | null;
      whole: boolean;
      businessDate: BusinessDate;
      phase: Phase;
    }
  | UsualEvidence;

export interface RunSays {
  status?: string | null;
  startedAt?: Instant;
  endedAt?: Instant | null;
  heartbeatAt?: Instant | null;
  attempts?: number;
}

export interface TaskSays {
  state?: string | null;
  tryNumber?: number | null;
  operator?: string | null;
  hostname?: string | null;
  queuedAt?: Instant | null;
  startedAt?: Instant | null;
  endedAt?: Instant | null;
  /** Seconds. */
  durationS?: number | null;
}

/** A value of tonight beside what it is on comparable dates. Seconds throughout. */
export interface UsualEvidence {
  kind: 'usual';
  /** `duration` of a run or task; `start` after the usual hour; `gap` after the predecessors ended; `queue` before a task starts; `end` of the phase. */
  what: 'duration' | 'start' | 'gap' | 'queue' | 'end';
  datasetId: string | null;
  slice: string | null;
  taskId: string | null;
  actualS: number;
  medianS: number;
  /** Beyond this it is out of the ordinary. */
  upperS: number;
  /** On how many earlier dates the comparison rests. */
  basis: number;
}

/** What one rule believes, before causes are collapsed and ranked. Keys that the family has none of are null. */
export interface Candidate {
  family: Family;
  confidence: Confidence;
  datasetId: string | null;
  /** The slice that broke first (or is slowest); null for an unnamed unit and for families without that key. */
  slice: string | null;
  /** Every slice of the dataset that shows the same, `slice` among them. */
  slices: readonly (string | null)[];
  dagId: string | null;
  dagRunId: string | null;
  taskId: string | null;
  tryNumber: number | null;
  operator: string | null;
  host: string | null;
  window: { from: Instant; to: Instant } | null;
  /** When it began to go wrong. */
  at: Instant;
  /** Minutes that it cost so far, for what is late, slow or queued; null for what broke. */
  minutes: number | null;
  /** How many symptoms (failed runs, slow tasks, delayed tasks) it explains. */
  symptoms: number;
  /** Unit keys (`unitKey`) of this essential that it broke or delayed directly: what collapsing and the blast radius start from. */
  units: readonly string[];
  evidence: readonly Evidence[];
}

/** What waits for a cause, within the essential and elsewhere. */
export interface BlastRadius {
  /** Datasets of this essential, the broken one first, then those that wait for it, in sequence order. */
  datasets: readonly string[];
  /** Essentials with a part in it: this one first, then those that list an affected unit. */
  essentials: readonly string[];
}

/** How often the same task of the same dataset failed on the last business dates on which the dataset ran. */
export interface Recurrence {
  failed: number;
  of: number;
  /** Newest first. */
  dates: readonly BusinessDate[];
  /** What ended it last time; null when nothing did, or it is not known. */
  lastRemedy: { businessDate: BusinessDate; how: 'manual_retry' | 'rerun'; afterMinutes: number } | null;
}

export interface RankedCause extends Candidate {
  /** From 1, best first. */
  rank: number;
  affects: BlastRadius;
  recurring: Recurrence | null;
}

/** Not a cause, and told all the same. */
export type Observation =
  | { kind: 'blocked_upstream'; datasetIds: readonly string[]; by: string }
  | { kind: 'flaky'; datasetId: string; slice: string | null; taskId: string; tryNumber: number }
  | { kind: 'recurring'; datasetId: string; taskId: string; failed: number; of: number }
  | {
      kind: 'repaired';
      datasetId: string;
      slice: string | null;
      attempts: number;
      afterMinutes: number | null;
      rewritten: boolean;
    };

/** What the engine says of one phase of an essential. */
export interface Diagnosis {
  /** `nothing_wrong` and `cannot_tell` are answers, not failures to answer; both have no causes. */
  outcome: 'causes' | 'nothing_wrong' | 'cannot_tell';
  /** Best first. */
  causes: readonly RankedCause[];
  /** Families that were looked at and found innocent, with the figure that says so. */
  ruledOut: readonly { family: Family; why: string }[];
  observations: readonly Observation[];
  /** What the data cannot show, as sentences. */
  gaps: readonly string[];
}
