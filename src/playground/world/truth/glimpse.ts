import type { SimulatedRun } from '../run.ts';

const MINUTE = 60_000;

/** A heart that has not beaten for longer than this has stopped. */
const HEARTBEAT = 30 * MINUTE;

export type RunStatus = 'SUCCESS' | 'FAILED' | 'CANCELLED' | 'RUNNING' | 'QUEUED' | 'UNKNOWN';

const ENDINGS: readonly (string | null)[] = ['SUCCESS', 'FAILED', 'CANCELLED'];

/**
 * What somebody who looks at `at` can know of a run. The table shows a row as its last attempt left it, so that between
 * the row's creation and that attempt's beginning nothing is known.
 */
export function statusAt(run: SimulatedRun, at: number): RunStatus {
  if (run.status === 'QUEUED') return 'QUEUED';
  const ends = ENDINGS.includes(run.status);
  if (!ends && run.status !== 'RUNNING') return 'UNKNOWN';
  if (at < run.startedAt) return 'UNKNOWN';
  if (!ends || at < (run.endedAt as number)) return 'RUNNING';
  return run.status as RunStatus;
}

/** Whether a run that says RUNNING no longer is: no heartbeat for half an hour, or closed by Airflow. */
export function stuckAt(run: SimulatedRun, at: number): boolean {
  if (statusAt(run, at) !== 'RUNNING') return false;
  const silent = run.heartbeatAt !== null && at - run.heartbeatAt > HEARTBEAT;
  return silent || (run.airflowEndedAt !== null && run.airflowEndedAt <= at);
}

/** Runs whose row was there at `at`. A row that was taken over tells of its last attempt only. */
export function visibleAt(runs: readonly SimulatedRun[], at: number): SimulatedRun[] {
  return runs.filter((run) => !run.replacedBy && run.createdAt <= at);
}

/** As many attempts as had begun: a row that was taken over stands for two, once the second one has begun. */
export function attemptsAt(runs: readonly SimulatedRun[], at: number): number {
  return runs.reduce((count, run) => count + (run.replaces && run.startedAt <= at ? 2 : 1), 0);
}

/** The attempt that decides: the latest that was not cancelled, or the latest when all were. */
export function decisiveAt(runs: readonly SimulatedRun[], at: number): SimulatedRun | null {
  const inOrder = [...runs].sort((a, b) => a.startedAt - b.startedAt);
  return inOrder.findLast((run) => statusAt(run, at) !== 'CANCELLED') ?? inOrder.at(-1) ?? null;
}
