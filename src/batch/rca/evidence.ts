import type { DagRunRow, TaskRow } from '../run.ts';
import type { Attempt } from '../state.ts';
import type { Evidence } from './cause.ts';

/** What a run's row says of an attempt at the clock. */
export function runEvidence(attempt: Attempt): Evidence {
  const { key, dagRunId, status, startedAt, endedAt, heartbeatAt } = attempt;
  return {
    kind: 'run',
    key,
    dagRunId,
    says: { status, startedAt, ...(status === 'RUNNING' ? { heartbeatAt } : { endedAt }) },
  };
}

/** What a task's row says at the clock. */
export function taskEvidence(task: TaskRow): Evidence {
  const { dagId, runId, taskId, mapIndex, state, tryNumber, operator, hostname, startedAt, endedAt } = task;
  const says = { state, tryNumber, operator, hostname, startedAt, endedAt };
  return { kind: 'task', dagId, runId, taskId, mapIndex, says };
}

/** What Airflow says of a run. */
export function dagRunEvidence({ dagId, runId, state, endedAt }: DagRunRow): Evidence {
  return { kind: 'dag_run', dagId, runId, says: { state, endedAt } };
}
