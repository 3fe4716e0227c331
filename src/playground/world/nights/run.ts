import type { Phase, TaskSpec, Unit } from './platform.ts';

/** A task as Airflow remembers it: its last try. Instants are epoch milliseconds. */
export interface TaskRun {
  spec: TaskSpec;
  state: 'success' | 'failed' | 'running' | 'queued' | 'upstream_failed' | 'skipped' | null;
  queuedAt: number | null;
  startedAt: number | null;
  endedAt: number | null;
  tries: number;
  host: string | null;
}

/** One attempt at a unit. */
export interface Run {
  unit: Unit;
  businessDate: string;
  phase: Phase;
  trigger: 'ProcessTrigger' | 'RerunTrigger' | 'ManualTrigger';
  attempt: number;
  /** Of its row: that of the failed attempt where it took over its row. Whole seconds. */
  createdAt: number;
  /** When it really began: the number in its id. */
  epoch: number;
  runId: string;
  tasks: TaskRun[];
  status: 'SUCCESS' | 'FAILED' | 'CANCELLED' | 'RUNNING';
  /** Null while nothing ends it; then only the heartbeat is known. */
  endedAt: number | null;
  heartbeatAt: number | null;
  airflow: { state: 'success' | 'failed' | 'running'; endedAt: number | null };
  remark: string | null;
  /** The later attempt that took over its row. */
  replacedBy: Run | null;
}
