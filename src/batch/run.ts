import type { BusinessDate } from './business-date.ts';
import type { Instant } from './instant.ts';

export const PHASES = ['PRELIM', 'FINAL'] as const;
/** First and second pass of a day. Manual interventions are assigned to one of the two (see `placement.ts`). */
export type Phase = (typeof PHASES)[number];

/** A row of WORKFLOW_RUN_INSTANCE, as far as states depend on it. Instants are UTC milliseconds. */
export interface RunRow {
  key: number;
  businessDate: BusinessDate;
  datasetId: string;
  dagId: string | null;
  /** `FGW_{DAG_ID}_{BUSINESS_DATE}_{SLICE}_{epoch milliseconds}`, or without the slice part. */
  dagRunId: string | null;
  /** As stored; anything but the five known words is UNKNOWN, never success. */
  status: string | null;
  createdAt: Instant;
  /** The end of an ended run; the last heartbeat of a RUNNING one. */
  updatedAt: Instant;
  /** `ProcessTrigger`, `RerunTrigger`, `ManualTrigger`. */
  triggerType: string | null;
  /** Free text of the platform; untrusted. Only present when it was read. */
  statusDetail?: string | null;
}

/** A row of airflow.task_instance: the last try of one task of a run. Untrusted text throughout. */
export interface TaskRow {
  dagId: string;
  runId: string;
  taskId: string;
  /** -1 for a task that is not mapped. */
  mapIndex: number;
  /** Lower case, as Airflow stores it: `success`, `failed`, `upstream_failed`, …; null before scheduling. */
  state: string | null;
  tryNumber: number | null;
  maxTries: number | null;
  queuedAt: Instant | null;
  startedAt: Instant | null;
  endedAt: Instant | null;
  updatedAt: Instant | null;
  /** Seconds. */
  durationS: number | null;
  operator: string | null;
  /** The Kubernetes pod. */
  hostname: string | null;
}

/** A row of airflow.dag_run: Airflow's own opinion of a run. */
export interface DagRunRow {
  dagId: string;
  runId: string;
  state: string | null;
  startedAt: Instant | null;
  endedAt: Instant | null;
}

/** Airflow has no index on run_id alone: a run is always addressed by both. */
export interface RunAddress {
  dagId: string;
  runId: string;
}

/** What attempts at one unit share: the DAG, and the run id without its epoch. */
export interface RunStem {
  dagId: string;
  stem: string;
}
