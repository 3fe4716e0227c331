import type { BusinessDate } from './business-date.ts';
import type { Instant } from './instant.ts';
import type { Phase } from './run.ts';

export type UnitStatus =
  | 'SUCCESS'
  | 'FAILED'
  | 'CANCELLED'
  | 'RUNNING'
  | 'QUEUED'
  | 'UNKNOWN'
  | 'WAITING'
  | 'NOT_STARTED';

/** Datasets and steps have the same statuses as units. */
export type DatasetStatus = UnitStatus;

export type EssentialStatus =
  | 'NOT_STARTED'
  | 'SUCCESS'
  | 'PARTIAL_FAILURE'
  | 'FAILED'
  | 'RUNNING'
  | 'UNKNOWN'
  | 'WAITING';

/** One run of a unit, as it was at the clock. */
export interface Attempt {
  key: number;
  dagId: string | null;
  dagRunId: string;
  status: 'SUCCESS' | 'FAILED' | 'CANCELLED' | 'RUNNING' | 'QUEUED' | 'UNKNOWN';
  triggerType: string | null;
  /** Effective start: the later of CREATED_DATE and a credible epoch suffix. */
  startedAt: Instant;
  /** Null while it has not ended. */
  endedAt: Instant | null;
  /** Last sign of life of a RUNNING attempt, where the clock allows to know it. */
  heartbeatAt: Instant | null;
  /** The row replaced an earlier attempt whose outcome is no longer in this table. */
  rewritten: boolean;
  statusDetail?: string | null;
}

/** The smallest thing with a status: a slice, or, in a dataset without slices, what its run ids keep apart. */
export interface UnitState {
  datasetId: string;
  /** Null for an unnamed unit. */
  slice: string | null;
  /** Whether Lenz defines this slice. */
  listed: boolean;
  status: UnitStatus;
  /** RUNNING with an old heartbeat, or Airflow says that it ended. */
  stuck: boolean;
  /** Attempts so far; a row rewritten in place counts as two. */
  attemptCount: number;
  /** In order of effective start. */
  attempts: readonly Attempt[];
  /** The attempt that decides the state: the latest that is not CANCELLED, else the latest; null without a run. */
  decisive: Attempt | null;
  /** An earlier attempt failed and the decisive one succeeded. */
  repaired: boolean;
}

export interface DatasetState {
  datasetId: string;
  sequenceOrder: number;
  /** Rank from 1 among the distinct sequence orders that count. */
  step: number;
  status: DatasetStatus;
  /** Only units that count in this phase. */
  units: readonly UnitState[];
}

export interface Progress {
  /** Rank from 1 of the first incomplete step; `of` when all are done. */
  step: number;
  of: number;
  datasetsDone: number;
  datasets: number;
  slicesDone: number;
  slices: number;
}

/** The state of one essential in one phase of one business date, at a clock. */
export interface PhaseState {
  essential: string;
  businessDate: BusinessDate;
  phase: Phase;
  status: EssentialStatus;
  /** In sequence order; only datasets with a unit that counts. */
  datasets: readonly DatasetState[];
  progress: Progress;
  /** Units with a run in this phase, of all units that the essential defines: a FINAL may be partial. */
  ran: { units: number; of: number };
  /** Earliest effective start and, once nothing is open, latest end. */
  startedAt: Instant | null;
  endedAt: Instant | null;
  /** What the data cannot show, as sentences. */
  gaps: readonly string[];
}

/** All units of a phase that count, in sequence order. */
export function unitsOf(state: Pick<PhaseState, 'datasets'>): UnitState[] {
  return state.datasets.flatMap((dataset) => dataset.units);
}
