import { createRandom } from '../random.ts';
import type { DagRunRow, TaskInstanceRow, WorkflowRunInstanceRow, WorldTables } from '../tables.ts';
import { micros, microsOrNull, seconds } from '../timestamp.ts';
import type { Platform, TaskKind } from './platform.ts';
import type { Run, TaskRun } from './run.ts';

/** Writes runs down as the two databases keep them. */
export function writeTables(runs: readonly Run[], platform: Platform, seed: string): WorldTables {
  const random = createRandom(seed, 'keys');
  let id = random.whole(100_000, 900_000);
  const begun = [...runs].sort((a, b) => a.epoch - b.epoch);
  const dagRuns = begun.map((run) => dagRunRow(run, ++id));
  const tasks: TaskInstanceRow[] = [];
  for (const run of begun) for (const task of run.tasks) tasks.push(taskRow(run, task, platform));

  let key = random.whole(1_000_000, 3_000_000);
  const workflowRuns = runs
    .filter((run) => !run.replacedBy)
    .sort((a, b) => a.createdAt - b.createdAt || a.epoch - b.epoch)
    .map((run) => {
      key += 1 + Math.floor(random.next() ** 2 * 12);
      return workflowRow(run, key);
    });
  return { WORKFLOW_RUN_INSTANCE: workflowRuns, task_instance: tasks, dag_run: dagRuns };
}

function workflowRow(run: Run, key: number): WorkflowRunInstanceRow {
  const { pipeline } = run.unit;
  const created = seconds(run.createdAt);
  const outcome = `DAG ${pipeline.dagId} run ${run.runId} ${run.status.toLowerCase()}`;
  return {
    WORKFLOW_RUN_INSTANCE_KEY: key,
    WORKFLOW_KEY: pipeline.workflowKey,
    WORKFLOW_ID: pipeline.workflowId,
    DAG_ID: pipeline.dagId,
    DAG_RUN_ID: run.runId,
    STATUS: run.status,
    STATUS_DETAIL: run.remark ? `${outcome}: ${run.remark}` : outcome,
    CREATED_DATE: created,
    UPDATED_DATE: seconds(run.endedAt ?? run.heartbeatAt ?? run.epoch),
    BUSINESS_DATE: run.businessDate,
    MODEL_BUSINESS_DATE: run.businessDate,
    MODEL_AS_OF_DATE: run.businessDate,
    OUTPUT_DATASET_ID: pipeline.datasetId,
    DATA_PROCESSOR_ID: `${pipeline.workflowId}_processor`,
    OUTPUT_BUSINESS_DATE_RULE: 'T',
    TRIGGER_TYPE: run.trigger,
    TRIGGER_VALUE: 'ALL_DATA|ALL_NEW_MARKER|EACH_USER',
    OUTPUT_DATASET_EFFECTIVE_DATE: `${run.businessDate} 00:00:00`,
    OUTPUT_DATASET_AS_OF_DATE: created,
  };
}

function dagRunRow(run: Run, id: number): DagRunRow {
  return {
    id,
    dag_id: run.unit.pipeline.dagId,
    run_id: run.runId,
    queued_at: micros(run.epoch + 40),
    start_date: micros(run.epoch + 240),
    end_date: microsOrNull(run.airflow.endedAt),
    state: run.airflow.state,
    run_type: 'manual',
  };
}

const WEIGHTS: Readonly<Record<TaskKind, number>> = { start: 5, enrich: 4, egress: 2, export: 2, end: 1 };

function taskRow(run: Run, task: TaskRun, { noHost }: Platform): TaskInstanceRow {
  const { spec, queuedAt, startedAt, endedAt } = task;
  const { pipeline } = run.unit;
  const lasted = startedAt === null || endedAt === null ? null : Math.round(endedAt - startedAt) / 1000;
  const end = microsOrNull(endedAt);
  const start = microsOrNull(startedAt);
  const queued = microsOrNull(queuedAt);
  return {
    task_id: spec.id,
    dag_id: pipeline.dagId,
    run_id: run.runId,
    map_index: -1,
    start_date: start,
    end_date: end,
    duration: lasted,
    state: task.state,
    try_number: task.tries,
    max_tries: pipeline.retries,
    hostname: task.host ?? noHost,
    pool: spec.pool,
    queue: 'kubernetes',
    priority_weight: WEIGHTS[spec.kind],
    operator: spec.operator,
    queued_dttm: queued,
    updated_at: end ?? start ?? queued ?? micros(run.epoch),
    task_display_name: spec.id,
  };
}
