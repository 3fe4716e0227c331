import type { TaskRow } from '../../batch/run.ts';
import { parseDbInstantOrNull } from '../db-instant.ts';
import type { TaskInstance } from '../schema.ts';

/** The columns of a task that causes are found by. */
export const TASK_COLUMNS = [
  'dag_id',
  'run_id',
  'task_id',
  'map_index',
  'state',
  'try_number',
  'max_tries',
  'queued_dttm',
  'start_date',
  'end_date',
  'updated_at',
  'duration',
  'operator',
  'hostname',
] as const satisfies readonly (keyof TaskInstance)[];

export type TaskRecord = Pick<TaskInstance, (typeof TASK_COLUMNS)[number]>;

export function toTaskRow(record: TaskRecord): TaskRow {
  return {
    dagId: record.dag_id,
    runId: record.run_id,
    taskId: record.task_id,
    mapIndex: record.map_index,
    state: record.state,
    tryNumber: record.try_number,
    maxTries: record.max_tries,
    queuedAt: parseDbInstantOrNull(record.queued_dttm),
    startedAt: parseDbInstantOrNull(record.start_date),
    endedAt: parseDbInstantOrNull(record.end_date),
    updatedAt: parseDbInstantOrNull(record.updated_at),
    durationS: record.duration === null ? null : asMysqlFloat(record.duration),
    operator: record.operator,
    hostname: record.hostname,
  };
}

/** MySQL keeps a FLOAT in four bytes and shows six digits of it; SQLite keeps eight bytes. */
function asMysqlFloat(value: number): number {
  return Number(Math.fround(value).toPrecision(6));
}

/** In order of start; tasks that have not started come last; ties by run, task and map index. */
export function byStart(a: TaskRow, b: TaskRow): number {
  return (
    (a.startedAt ?? Number.MAX_SAFE_INTEGER) - (b.startedAt ?? Number.MAX_SAFE_INTEGER) ||
    text(a.dagId, b.dagId) ||
    text(a.runId, b.runId) ||
    text(a.taskId, b.taskId) ||
    a.mapIndex - b.mapIndex
  );
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
