import type { TaskInstanceRow, WorldTables } from '../../../src/playground/world/tables.ts';
import { micros, microsOrNull, seconds } from '../../../src/playground/world/timestamp.ts';
import { MINUTE } from './dates.ts';
import type { PlannedRun, PlannedTask } from './planned.ts';
import type { World } from './world.ts';

/** Turns runs into rows, in the order in which they were created. */
export interface Ledger {
  tables: WorldTables;
  /** `asOf` writes the row as it stood then (running, queued); null as it stands once all is over. */
  write(run: PlannedRun, asOf: number | null): void;
}

const PRIORITIES = [1, 3, 5];

export function createLedger(world: World, firstKey: number): Ledger {
  const tables: WorldTables = { WORKFLOW_RUN_INSTANCE: [], task_instance: [], dag_run: [] };
  const numbers = new Map(world.datasets.map((dataset, index) => [dataset, 310 + index * 7]));
  let key = firstKey;
  let dagRun = firstKey * 2;

  const airflow = (run: PlannedRun, asOf: number | null) => {
    if (run.airflow === null) return;
    const open = asOf !== null && run.airflow.endedAt !== null && run.airflow.endedAt > asOf;
    const endedAt = open ? null : run.airflow.endedAt;
    dagRun += 3;
    tables.dag_run.push({
      id: dagRun,
      dag_id: run.dataset.dagId,
      run_id: runId(run),
      queued_at: micros(run.startedAt),
      start_date: micros(run.startedAt + 300),
      end_date: microsOrNull(endedAt),
      state: open ? 'running' : run.airflow.state,
      run_type: world.conventions.runType,
    });
    for (const task of run.tasks) tables.task_instance.push(taskRow(world, run, task, asOf));
  };

  const write: Ledger['write'] = (run, asOf) => {
    if (asOf !== null && run.createdAt > asOf) return;
    if (run.rewrites && (asOf === null || run.rewrites.startedAt <= asOf)) airflow(run.rewrites, asOf);
    airflow(run, asOf);
    const open = asOf !== null && run.updatedAt > asOf;
    const status = open ? 'RUNNING' : run.status;
    const updatedAt = open ? Math.max(run.createdAt, asOf - ((run.startedAt % 4) + 0.5) * MINUTE) : run.updatedAt;
    key += 1 + (run.startedAt % 5);
    tables.WORKFLOW_RUN_INSTANCE.push({
      WORKFLOW_RUN_INSTANCE_KEY: key,
      WORKFLOW_KEY: numbers.get(run.dataset) ?? 300,
      WORKFLOW_ID: run.dataset.workflowId,
      DAG_ID: run.dataset.dagId,
      DAG_RUN_ID: runId(run),
      STATUS: status,
      STATUS_DETAIL: run.detail ?? `DAG ${run.dataset.dagId} run ${runId(run)}: ${status}`,
      CREATED_DATE: seconds(run.createdAt),
      UPDATED_DATE: seconds(updatedAt),
      BUSINESS_DATE: run.date,
      MODEL_BUSINESS_DATE: run.date,
      MODEL_AS_OF_DATE: run.date,
      OUTPUT_DATASET_ID: run.dataset.id,
      DATA_PROCESSOR_ID: `dp-${run.dataset.workflowId}`,
      OUTPUT_BUSINESS_DATE_RULE: 'T',
      TRIGGER_TYPE: run.trigger,
      TRIGGER_VALUE: 'ALL_DATA|ALL_NEW_MARKER|EACH_USER',
      OUTPUT_DATASET_EFFECTIVE_DATE: null,
      OUTPUT_DATASET_AS_OF_DATE: null,
    });
  };
  return { tables, write };
}

export function runId(run: PlannedRun): string {
  const slice = run.unit.slice === null ? '' : `_${run.unit.slice}`;
  return `FGW_${run.dataset.dagId}_${run.date}${slice}_${Math.floor(run.startedAt)}`;
}

function taskRow(world: World, run: PlannedRun, task: PlannedTask, asOf: number | null): TaskInstanceRow {
  const { conventions } = world;
  const { recipe } = task;
  const known = (at: number | null) => (at !== null && (asOf === null || at <= asOf) ? at : null);
  const queuedAt = known(task.queuedAt);
  const ran = task.tries > 0;
  const startedAt = ran ? known(task.startedAt) : known(task.endedAt);
  const endedAt = known(task.endedAt);
  const open = asOf !== null && run.updatedAt > asOf;
  const settledThen = endedAt !== null || (task.endedAt === null && !open);
  const state =
    asOf === null || settledThen ? task.state : startedAt !== null ? 'running' : queuedAt !== null ? 'queued' : null;
  const settled = state === 'upstream_failed' || state === 'skipped' || state === null || state === 'queued';
  const nullOperator =
    run.status === 'SUCCESS' && (run.startedAt + recipe.id.length * 37) % 1000 < conventions.nullOperators * 1000;
  return {
    task_id: recipe.id,
    dag_id: run.dataset.dagId,
    run_id: runId(run),
    map_index: recipe.mapIndex,
    start_date: microsOrNull(startedAt),
    end_date: microsOrNull(endedAt),
    duration: startedAt !== null && endedAt !== null ? Math.round(endedAt - startedAt) / 1000 : null,
    state,
    try_number: startedAt !== null && ran ? task.tries : settled ? 0 : task.tries,
    max_tries:
      conventions.maxTries === 'null'
        ? null
        : conventions.maxTries === 'zero'
          ? Math.max(0, task.tries - 1)
          : Math.max(2, task.tries - 1),
    hostname: (startedAt !== null && ran ? task.host : null) ?? conventions.noHost,
    pool: run.dataset.pool,
    queue: 'default',
    priority_weight: PRIORITIES[recipe.id.length % 3] ?? 1,
    operator: nullOperator ? null : recipe.operator,
    queued_dttm: microsOrNull(queuedAt),
    updated_at: microsOrNull(endedAt ?? startedAt ?? queuedAt),
    task_display_name: recipe.id,
  };
}
