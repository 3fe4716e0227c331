import type { BusinessDate } from './business-date.ts';
import type { Definition } from './definition.ts';
import type { Instant } from './instant.ts';
import type { DagRunRow, RunAddress, RunRow, RunStem, TaskRow } from './run.ts';

/** What time it is. A frozen clock (demonstrations, replays) stands still, and every answer under it says so. */
export interface Clock {
  now(): Instant;
  readonly frozen: boolean;
}

/**
 * Reads of WORKFLOW_RUN_INSTANCE. Each returns complete data or throws `RDS_TRUNCATED`: a status of some of the rows
 * would look as good as a true one. Rows created after the clock are the caller's to drop (see `placeRuns`).
 */
export interface RunSource {
  /** `get_batch_status`: every run of these datasets on one business date, with STATUS_DETAIL. */
  batchStatus(query: { datasetIds: readonly string[]; businessDate: BusinessDate }): Promise<RunRow[]>;
  /** `get_batch_progress`: the same runs without free text: what whole-night overviews and held-up slices need. */
  batchProgress(query: { datasetIds: readonly string[]; businessDate: BusinessDate }): Promise<RunRow[]>;
  /** `get_slice_status`: the runs of these slices of one dataset on one business date, with STATUS_DETAIL. */
  sliceStatus(query: { datasetId: string; businessDate: BusinessDate; slices: readonly string[] }): Promise<RunRow[]>;
  /** `get_historical_runs`: every run of these datasets with `from` ≤ business date ≤ `to`, without free text. */
  historicalRuns(query: { datasetIds: readonly string[]; from: BusinessDate; to: BusinessDate }): Promise<RunRow[]>;
}

/** Reads of the Airflow database, always by `(dag_id, run_id)`. Each returns complete data or throws `RDS_TRUNCATED`. */
export interface TaskSource {
  /** `get_task_details`: the last try of every task of these runs, in order of start. */
  taskDetails(runs: readonly RunAddress[]): Promise<TaskRow[]>;
  /** `get_attempt_tasks`: the same of every run whose id is one of these stems and an epoch: what a rewritten row replaced. */
  attemptTasks(stems: readonly RunStem[]): Promise<TaskRow[]>;
  /** `get_dag_runs`: what Airflow says of these runs. */
  dagRuns(runs: readonly RunAddress[]): Promise<DagRunRow[]>;
}

/** Where definitions come from: Lenz, through a cache. */
export interface DefinitionSource {
  /** The Lenz names of every essential that SENTRY watches. */
  names(): readonly string[];
  /** Throws UpstreamError `LENZ_*`; `LENZ_UNKNOWN_NAME` when Lenz does not know the name. */
  get(name: string): Promise<Definition>;
  /**
   * All that could be had; what could not is named with its reason rather than thrown. `withheld`: how many more there are
   * that this question may not see.
   */
  all(): Promise<{ definitions: Definition[]; missing: { name: string; reason: string }[]; withheld?: number }>;
}

/** One statement that was run for an answer, kept as evidence. */
export interface QueryRecord {
  /** The ready-made query's name, e.g. `get_batch_status`. */
  tool: string;
  sql: string;
  parameters: readonly unknown[];
  rows: number;
  /** Milliseconds. */
  ms: number;
}

/** Everything that the domain reads, opened for one question: queries are recorded as its evidence and stop with its signal. */
export interface Sources {
  runs: RunSource;
  tasks: TaskSource;
  definitions: DefinitionSource;
}

export type OpenSources = (scope: { record: (query: QueryRecord) => void; signal: AbortSignal }) => Sources;
