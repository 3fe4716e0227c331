import type { TaskInstanceRow, WorkflowRunInstanceRow, WorldTables } from '../../../../src/playground/world/tables.ts';
import { microsOrNull, seconds } from '../../../../src/playground/world/timestamp.ts';
import { instant } from '../read-night.ts';

/** Tonight's only row of a unit. */
function rowOf(tables: WorldTables, datasetId: string, slice: string): WorkflowRunInstanceRow {
  const row = tables.WORKFLOW_RUN_INSTANCE.findLast(
    (each) => each.OUTPUT_DATASET_ID === datasetId && each.DAG_RUN_ID?.includes(`_${each.BUSINESS_DATE}_${slice}_`),
  );
  if (!row) throw new Error(`No run of ${datasetId} ${slice}`);
  return row;
}

type TaskChange = Partial<Pick<TaskInstanceRow, 'state'>> &
  Partial<Record<'start_date' | 'end_date' | 'queued_dttm', number | null>>;

/** Changes one task of tonight's run of a unit. */
export function changeTask(
  tables: WorldTables,
  datasetId: string,
  slice: string,
  taskId: string,
  change: TaskChange,
): WorldTables {
  const runId = rowOf(tables, datasetId, slice).DAG_RUN_ID;
  const { state, ...times } = change;
  const texts = Object.fromEntries(Object.entries(times).map(([column, time]) => [column, microsOrNull(time)]));
  return {
    ...tables,
    task_instance: tables.task_instance.map((task) =>
      task.run_id === runId && task.task_id === taskId
        ? { ...task, ...(state === undefined ? {} : { state }), ...texts }
        : task,
    ),
  };
}

/** Changes tonight's row of a unit, or takes its tasks away. */
export function changeRun(
  tables: WorldTables,
  datasetId: string,
  slice: string,
  change: { row?: Partial<WorkflowRunInstanceRow>; tasks?: 'none' },
): WorldTables {
  const row = rowOf(tables, datasetId, slice);
  return {
    ...tables,
    WORKFLOW_RUN_INSTANCE: tables.WORKFLOW_RUN_INSTANCE.map((each) =>
      each === row ? { ...each, ...change.row } : each,
    ),
    task_instance: change.tasks
      ? tables.task_instance.filter((task) => task.run_id !== row.DAG_RUN_ID)
      : tables.task_instance,
  };
}

/**
 * Makes tonight's run of a unit a retry in place, `later` milliseconds after the first attempt: the row keeps its key and creation,
 * and Airflow keeps both runs. With `failedTask`, that task had failed in the first attempt.
 */
export function attemptBefore(
  tables: WorldTables,
  datasetId: string,
  slice: string,
  { later, failedTask }: { later: number; failedTask: string },
): WorldTables {
  const row = rowOf(tables, datasetId, slice);
  const oldId = row.DAG_RUN_ID as string;
  const epoch = Number(oldId.slice(-13));
  const newId = oldId.slice(0, -13) + (epoch + later);
  const move = (text: string | null) => (text === null ? null : microsOrNull(instant(text) + later));
  const retry = tables.task_instance
    .filter((task) => task.run_id === oldId)
    .map((task) => ({
      ...task,
      run_id: newId,
      start_date: move(task.start_date),
      end_date: move(task.end_date),
      queued_dttm: move(task.queued_dttm),
      updated_at: move(task.updated_at),
    }));
  const failedAt = retry.length;
  const first = tables.task_instance
    .filter((task) => task.run_id === oldId)
    .map((task): TaskInstanceRow => {
      if (task.task_id === failedTask) return { ...task, state: 'failed' };
      return task.task_id === 'start'
        ? task
        : {
            ...task,
            state: 'upstream_failed',
            start_date: null,
            end_date: null,
            duration: null,
            queued_dttm: null,
            try_number: 0,
            hostname: '',
          };
    });
  const dagRun = tables.dag_run.find((run) => run.run_id === oldId);
  if (!dagRun || failedAt === 0) throw new Error(`Airflow does not know ${oldId}`);
  const again = {
    ...dagRun,
    id: dagRun.id + 1,
    run_id: newId,
    queued_at: move(dagRun.queued_at),
    start_date: move(dagRun.start_date),
    end_date: move(dagRun.end_date),
  };
  return {
    WORKFLOW_RUN_INSTANCE: tables.WORKFLOW_RUN_INSTANCE.map((each) =>
      each === row
        ? {
            ...each,
            DAG_RUN_ID: newId,
            TRIGGER_TYPE: 'ManualTrigger',
            UPDATED_DATE: seconds(instant(each.UPDATED_DATE) + later),
          }
        : each,
    ),
    task_instance: [...tables.task_instance.filter((task) => task.run_id !== oldId), ...first, ...retry],
    dag_run: [...tables.dag_run, again],
  };
}
