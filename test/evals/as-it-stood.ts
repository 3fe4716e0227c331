import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import { createRandom } from '../../src/playground/world/random.ts';
import type { DagRunRow, TaskInstanceRow, WorkflowRunInstanceRow } from '../../src/playground/world/tables.ts';
import { micros, seconds } from '../../src/playground/world/timestamp.ts';
import { millis, millisOrNull, runAt, taskAt } from './rows-at.ts';

/** The longest that a run that goes on is silent between two heartbeats. */
const HEARTBEAT = 5 * 60_000;

/**
 * The tables as they stood at the clock: what a database in use holds, where a night that is replayed holds the rest of itself as
 * well. Null where that makes no difference, or where a row was rewritten later: what it said before is lost.
 */
export function asItStood(night: GeneratedNight): GeneratedNight | null {
  const { now, tables } = night;
  const goesOn = tables.WORKFLOW_RUN_INSTANCE.some((row) => millis(row.UPDATED_DATE) > now);
  if (!goesOn) return null;
  const random = createRandom(night.seed, 'heartbeats');
  const runs: WorkflowRunInstanceRow[] = [];
  for (const row of tables.WORKFLOW_RUN_INSTANCE) {
    const run = runAt(row, now);
    if (run === null) continue;
    if (run.startedAt > now) return null;
    const heartbeat = seconds(Math.max(run.startedAt, now - random.whole(0, HEARTBEAT)));
    const isOpen = millis(row.UPDATED_DATE) > now;
    runs.push(isOpen ? { ...row, STATUS: run.status, STATUS_DETAIL: null, UPDATED_DATE: heartbeat } : row);
  }
  return {
    ...night,
    tables: {
      WORKFLOW_RUN_INSTANCE: runs,
      task_instance: tables.task_instance.map((task) => taskThen(task, now)),
      dag_run: tables.dag_run
        .filter((run) => (millisOrNull(run.start_date) ?? 0) <= now)
        .map((run) => dagRunThen(run, now)),
    },
  };
}

function taskThen(row: TaskInstanceRow, now: number): TaskInstanceRow {
  const { state, hostname, startedAt, endedAt, durationS } = taskAt(row, now);
  const until = (text: string | null) => ((millisOrNull(text) ?? 0) > now ? null : text);
  return {
    ...row,
    state,
    hostname,
    start_date: startedAt === null ? null : row.start_date,
    end_date: endedAt === null ? null : row.end_date,
    duration: durationS,
    queued_dttm: until(row.queued_dttm),
    updated_at: (millisOrNull(row.updated_at) ?? 0) > now ? micros(now) : row.updated_at,
  };
}

function dagRunThen(row: DagRunRow, now: number): DagRunRow {
  return (millisOrNull(row.end_date) ?? 0) > now ? { ...row, state: 'running', end_date: null } : row;
}
