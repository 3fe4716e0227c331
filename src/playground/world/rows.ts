import { createRandom } from './random.ts';
import type { SimulatedRun } from './run.ts';
import type { Simulation } from './simulation.ts';
import type { DagRunRow, WorkflowRunInstanceRow, WorldTables } from './tables.ts';
import { tasksOf } from './tasks.ts';
import { micros, microsOrNull, seconds } from './timestamp.ts';

/** Where the counters of the two databases stood when the history began. */
const FIRST_KEY = 2_538_000;
const FIRST_DAG_RUN = 880_000;

/** Writes down the simulation as the two production databases would have kept it. */
export function tablesOf(simulation: Simulation, seed: string): WorldTables {
  const tables: WorldTables = { WORKFLOW_RUN_INSTANCE: [], task_instance: [], dag_run: [] };
  const workflowKeys = new Map<string, number>();
  for (const { pipeline } of simulation.network.units) {
    if (!workflowKeys.has(pipeline.datasetId)) workflowKeys.set(pipeline.datasetId, 4100 + 7 * workflowKeys.size);
  }

  for (const night of simulation.nights) {
    const random = createRandom(seed, night.businessDate, 'tasks');
    for (const run of night.runs) {
      const chance = run.apart ? createRandom(seed, run.runId) : random;
      for (const task of tasksOf(run, chance)) tables.task_instance.push(task);
    }
  }

  const runs = simulation.nights.flatMap((night) => night.runs);
  const begun = [...runs].sort((a, b) => a.startedAt - b.startedAt || a.epoch - b.epoch);
  tables.dag_run = begun.map((run, i) => dagRunRow(run, FIRST_DAG_RUN + i));

  const counter = createRandom(seed, 'keys');
  let key = FIRST_KEY;
  tables.WORKFLOW_RUN_INSTANCE = runs
    .filter((run) => !run.replacedBy)
    .sort((a, b) => a.createdAt - b.createdAt || a.epoch - b.epoch)
    .map((run) => {
      key += counter.whole(1, 9);
      return workflowRow(run, key, workflowKeys.get(run.unit.pipeline.datasetId) as number);
    });
  return tables;
}

function workflowRow(run: SimulatedRun, key: number, workflowKey: number): WorkflowRunInstanceRow {
  const { pipeline } = run.unit;
  return {
    WORKFLOW_RUN_INSTANCE_KEY: key,
    WORKFLOW_KEY: workflowKey,
    WORKFLOW_ID: pipeline.workflowId,
    DAG_ID: pipeline.dagId,
    DAG_RUN_ID: run.idLost ? null : run.runId,
    STATUS: run.status,
    STATUS_DETAIL: detail(run),
    CREATED_DATE: seconds(run.createdAt),
    UPDATED_DATE: seconds(run.endedAt ?? run.heartbeatAt ?? run.createdAt),
    BUSINESS_DATE: run.businessDate,
    MODEL_BUSINESS_DATE: run.businessDate,
    MODEL_AS_OF_DATE: run.businessDate,
    OUTPUT_DATASET_ID: pipeline.datasetId,
    DATA_PROCESSOR_ID: `${pipeline.workflowId}_processor`,
    OUTPUT_BUSINESS_DATE_RULE: 'T',
    TRIGGER_TYPE: run.trigger,
    TRIGGER_VALUE: 'ALL_DATA|ALL_NEW_MARKER|EACH_USER',
    OUTPUT_DATASET_EFFECTIVE_DATE: `${run.businessDate} 00:00:00`,
    OUTPUT_DATASET_AS_OF_DATE: seconds(run.createdAt),
  };
}

function detail(run: SimulatedRun): string {
  const outcome = run.status === null ? 'ended' : run.status.toLowerCase();
  return `DAG ${run.unit.pipeline.dagId} run ${run.runId} ${outcome}${run.remark ? `: ${run.remark}` : ''}`;
}

const AIRFLOW_STATES: Readonly<Record<SimulatedRun['story']['kind'], string>> = {
  done: 'success',
  failed: 'failed',
  cancelled: 'failed',
  stuck: 'running',
  'given-up': 'failed',
  'never-started': 'queued',
};

function dagRunRow(run: SimulatedRun, id: number): DagRunRow {
  const waits = run.status === 'QUEUED';
  return {
    id,
    dag_id: run.unit.pipeline.dagId,
    run_id: run.runId,
    queued_at: micros(run.startedAt - 1_400),
    start_date: waits ? null : micros(run.startedAt),
    end_date: microsOrNull(run.airflowEndedAt),
    state: run.status === 'FAILED' ? 'failed' : AIRFLOW_STATES[run.story.kind],
    run_type: 'manual',
  };
}
