import type { BusinessDate } from './business-date.ts';
import type { Instant } from './instant.ts';
import type { Diagnosis, Recurrence } from './rca/cause.ts';
import type { Phase, TaskRow } from './run.ts';
import type { Attempt, EssentialStatus, PhaseState, UnitState } from './state.ts';
import type { Comparison } from './timing/compare.ts';
import type { Estimate } from './timing/estimate.ts';
import type { Lateness } from './timing/lateness.ts';
import type { Prospect } from './timing/prospect.ts';
import type { Usual, UsualDuration } from './timing/usual.ts';

/** What was resolved on the way to a finding and must be said: a near-miss name, the date used, an old definition. */
export type Note = string;

/** The other phase of the same date, mentioned in a line and never added up. */
export interface OtherPhase {
  phase: Phase;
  status: EssentialStatus;
}

interface AboutEssential {
  essential: string;
  businessDate: BusinessDate;
  phase: Phase;
  state: PhaseState;
  other: OtherPhase;
  notes: readonly Note[];
  /** What the data cannot show. */
  gaps: readonly string[];
}

/** "How is derivatives doing?", "what failed?", "which step is it at?" */
export interface StatusFinding extends AboutEssential {
  kind: 'status' | 'progress';
  /** The step asked about, from 1; absent where none was. */
  step?: number;
}

/** "The EMEA slices of intercompany": the units that a loose reference meant. */
export interface SliceFinding extends AboutEssential {
  kind: 'slices';
  datasetId: string | null;
  /** The word that was matched against slice names, as said; null for all slices of the dataset. */
  said: string | null;
  units: readonly UnitState[];
}

/** The tasks of one run of a unit, in order of start. */
export interface RunTasks {
  unit: UnitState;
  attempt: Attempt;
  tasks: readonly TaskRow[];
  /** The earliest task that failed by itself; never an `upstream_failed` one. */
  firstFailure: TaskRow | null;
}

/** "Which task failed in EMEA_DERIV_CFG?": tasks of the runs meant, failed runs first. */
export interface TasksFinding extends AboutEssential {
  kind: 'tasks';
  runs: readonly RunTasks[];
  /** Runs that were meant but not read, because only a handful is shown at once. */
  omitted: number;
}

/** "Why did it fail?", "what is the root cause?", "what is blocking?", "what else is affected?" */
export interface CausesFinding extends AboutEssential {
  kind: 'causes';
  /** `impact`: the person asks what else is affected; `retries`: whether the retries helped. The facts are the same. */
  focus: 'cause' | 'impact' | 'retries';
  /** What the question was about, where that was less than the essential: causes that concern these units come first. */
  meant: { datasetId: string | null; units: readonly UnitState[] } | null;
  diagnosis: Diagnosis;
  /** Where the lateness came from; null where history is too short to tell, or nothing ran. */
  lateness: Lateness | null;
  /** When the phase has to be complete, by `sentry.yml`. */
  deadline: Instant | null;
}

/** "Where did the time go?", "what is the critical path?", "why is it late?" */
export interface LatenessFinding extends AboutEssential {
  kind: 'lateness';
  lateness: Lateness | null;
  deadline: Instant | null;
}

/** "When will it finish?", "will it make 7am?" */
export interface EtaFinding extends AboutEssential {
  kind: 'eta';
  /** Null when it has ended, has not begun, cannot end by itself (a cause stands in the way), or history is too short; `gaps` say which. */
  estimate: Estimate | null;
  /** The time asked about, or the deadline of `sentry.yml`. */
  target: { at: Instant; source: 'asked' | 'deadline' } | null;
  /** In [0, 1]; null without a target or an estimate. 0 or 1 when it has already ended before or after the target. */
  chanceOfMissing: number | null;
  /** What keeps it from ending by itself, e.g. a failed slice. */
  diagnosis: Diagnosis | null;
}

/** "What changed since yesterday?", "compare prelim and final" */
export interface ComparisonFinding extends AboutEssential {
  kind: 'comparison';
  comparison: Comparison;
}

/** "Which slice is slow?", "is this normal?": durations beside what they usually are, the most unusual first. */
export interface DurationsFinding extends AboutEssential {
  kind: 'durations';
  /** Null when the whole essential is meant. */
  datasetId: string | null;
  units: readonly UsualDuration[];
  /** The whole phase, first start to last end (or until now), seconds. */
  phaseUsual: { actualS: number | null; usual: Usual | null };
}

/** One earlier business date of an essential (or of the units meant) in one phase. */
export interface HistoryEntry {
  businessDate: BusinessDate;
  status: EssentialStatus;
  startedAt: Instant | null;
  endedAt: Instant | null;
  /** Seconds from first effective start to last end; null while open or nothing ran. */
  durationS: number | null;
  failedUnits: number;
  /** Units that took a retry to succeed, also one that overwrote the row of the attempt before. */
  repairedUnits: number;
}

/** "Has it failed before?", "how long does it usually take?" */
export interface HistoryFinding extends AboutEssential {
  kind: 'history';
  /** Null when the whole essential is meant. */
  datasetId: string | null;
  slices: readonly string[];
  /** Newest first, earlier business dates only. */
  entries: readonly HistoryEntry[];
  /** Seconds; over successful entries; null with fewer than three. */
  medianDurationS: number | null;
  /** P50, P90, P95 of the same; null with fewer than three. */
  usual: Usual | null;
  /** Failures that repeat: the same task of the same dataset, most often first. */
  recurrences: readonly { datasetId: string; taskId: string; recurrence: Recurrence }[];
}

/** "What happened last night?" over all essentials, worst first. */
export interface NightFinding {
  kind: 'night';
  entries: readonly {
    essential: string;
    businessDate: BusinessDate;
    phase: Phase;
    status: EssentialStatus;
    state: PhaseState;
    /** Null where nothing called for a look, or the look failed. */
    diagnosis: Diagnosis | null;
    prospect: Prospect;
  }[];
  /** Essentials that could not be read, with the reason. */
  missing: readonly { essential: string; reason: string }[];
  businessDate: BusinessDate | null;
  notes: readonly Note[];
  gaps: readonly string[];
}

/** The question fits several things: asked about, never guessed. */
export interface Clarification {
  kind: 'clarification';
  /** One sentence that ends in a question mark. */
  question: string;
  /** Complete questions to press or to type. */
  options: readonly { label: string; question: string }[];
}

/** Nothing can be said, and why: no such batch, a date in the future, a date before all data, an action SENTRY never takes. */
export interface Refusal {
  kind: 'refusal';
  reason:
    | 'unknown_batch'
    | 'bad_date'
    | 'no_data'
    | 'empty'
    | 'too_long'
    | 'not_in_data'
    | 'read_only'
    | 'off_topic'
    | 'no_such_slice'
    | 'not_open';
  /** One or two sentences for a person. */
  text: string;
  /** Complete questions that can be answered. */
  offers: readonly string[];
}

/** "What can you do?" */
export interface HelpFinding {
  kind: 'help';
}

/** Facts, computed by code. Prose about them is decoration and is checked against them. */
export type Finding =
  | StatusFinding
  | SliceFinding
  | TasksFinding
  | HistoryFinding
  | CausesFinding
  | LatenessFinding
  | EtaFinding
  | ComparisonFinding
  | DurationsFinding
  | NightFinding
  | Clarification
  | Refusal
  | HelpFinding;
