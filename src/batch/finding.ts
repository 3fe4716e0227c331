import type { BusinessDate } from './business-date.ts';
import type { Instant } from './instant.ts';
import type { Phase, TaskRow } from './run.ts';
import type { Attempt, EssentialStatus, PhaseState, UnitState } from './state.ts';

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

/** One earlier business date of an essential (or of the units meant) in one phase. */
export interface HistoryEntry {
  businessDate: BusinessDate;
  status: EssentialStatus;
  startedAt: Instant | null;
  endedAt: Instant | null;
  /** Seconds from first effective start to last end; null while open or nothing ran. */
  durationS: number | null;
  failedUnits: number;
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
    | 'no_such_slice';
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
  | NightFinding
  | Clarification
  | Refusal
  | HelpFinding;
