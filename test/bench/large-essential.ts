import type { Definition } from '../../src/batch/definition.ts';
import { createRandom } from '../../src/playground/world/random.ts';
import type {
  DagRunRow,
  TaskInstanceRow,
  WorkflowRunInstanceRow,
  WorldTables,
} from '../../src/playground/world/tables.ts';

const [DATASETS, SLICES, DATES, STEPS] = [40, 12, 60, 5];
/** Dates of which Airflow still has tasks. */
const WITH_TASKS = 15;
const MINUTE = 60_000;
const TASKS = ['start', 'enrich_rows', 'egress_rows', 'snowflake-export-rows', 'end'];

export const BUSINESS_DATE = '2026-10-30';
export const NOW = Date.parse('2026-10-31T07:00:00Z');

const datasetId = (n: number) => `com.jpmc.ct.lri.bench-dataset_${n}_v1`;
const slicesOf = (n: number) => Array.from({ length: SLICES }, (_, slice) => `BENCH_${n}_SLICE_${slice}`);

/** An essential of 40 datasets with 12 slices each, and another that shares its first step. */
export const DEFINITIONS: readonly Definition[] = [define('BENCH', DATASETS), define('NEIGHBOUR', DATASETS / STEPS)];

function define(name: string, datasets: number): Definition {
  return {
    name,
    datasets: Array.from({ length: datasets }, (_, n) => ({
      datasetId: datasetId(n),
      slices: slicesOf(n),
      sequenceOrder: Math.floor((n * STEPS) / DATASETS),
    })),
    effectiveFrom: null,
    effectiveTo: null,
    fetchedAt: NOW,
  };
}

/** The weekdays up to the business date, newest first. */
function weekdays(count: number): string[] {
  const dates: string[] = [];
  for (let at = Date.parse(BUSINESS_DATE); dates.length < count; at -= 24 * 60 * MINUTE) {
    if (![0, 6].includes(new Date(at).getUTCDay())) dates.push(new Date(at).toISOString().slice(0, 10));
  }
  return dates;
}

/** Sixty ordinary nights, and one that is still under way at the clock: a slice runs long and, where it is `broken`, another failed. */
export function largeTables(night: 'broken' | 'slow'): WorldTables {
  const tables = {
    WORKFLOW_RUN_INSTANCE: [] as WorkflowRunInstanceRow[],
    task_instance: [] as TaskInstanceRow[],
    dag_run: [] as DagRunRow[],
  };
  const random = createRandom('bench', 'large essential');
  for (const [age, date] of weekdays(DATES + 1).entries()) {
    const tonight = age === 0;
    const evening = Date.parse(`${date}T22:00:00Z`);
    for (let n = 0; n < DATASETS; n += 1) {
      const step = Math.floor((n * STEPS) / DATASETS);
      for (const slice of slicesOf(n)) {
        const startedAt = evening + (step * 120 + random.whole(0, 20)) * MINUTE;
        const failed = night === 'broken' && tonight && n === 9 && slice.endsWith('_3');
        const slow = tonight && n === 18 && slice.endsWith('_5') ? 4 : 1;
        const endedAt = startedAt + random.whole(55, 70) * slow * MINUTE;
        if (tonight && (startedAt > NOW || (step > 1 && n % 8 === 1))) continue;
        addRun(tables, { n, date, slice, startedAt, endedAt, failed, withTasks: age < WITH_TASKS });
      }
    }
  }
  return tables;
}

interface Run {
  n: number;
  date: string;
  slice: string;
  startedAt: number;
  endedAt: number;
  failed: boolean;
  withTasks: boolean;
}

function addRun(
  tables: { [Table in keyof WorldTables]: WorldTables[Table][number][] },
  { n, date, slice, startedAt, endedAt, failed, withTasks }: Run,
): void {
  const open = endedAt > NOW;
  const dagId = `bench_dataset_${n}_V1`;
  const runId = `FGW_${dagId}_${date}_${slice}_${startedAt}`;
  tables.WORKFLOW_RUN_INSTANCE.push({
    WORKFLOW_RUN_INSTANCE_KEY: tables.WORKFLOW_RUN_INSTANCE.length + 1,
    WORKFLOW_KEY: n,
    WORKFLOW_ID: `bench_dataset_${n}`,
    DAG_ID: dagId,
    DAG_RUN_ID: runId,
    STATUS: open ? 'RUNNING' : failed ? 'FAILED' : 'SUCCESS',
    STATUS_DETAIL: null,
    CREATED_DATE: seconds(startedAt),
    UPDATED_DATE: seconds(open ? NOW - MINUTE : endedAt),
    BUSINESS_DATE: date,
    MODEL_BUSINESS_DATE: null,
    MODEL_AS_OF_DATE: null,
    OUTPUT_DATASET_ID: datasetId(n),
    DATA_PROCESSOR_ID: null,
    OUTPUT_BUSINESS_DATE_RULE: null,
    TRIGGER_TYPE: 'ProcessTrigger',
    TRIGGER_VALUE: null,
    OUTPUT_DATASET_EFFECTIVE_DATE: null,
    OUTPUT_DATASET_AS_OF_DATE: null,
  });
  if (!withTasks) return;
  const share = (endedAt - startedAt) / TASKS.length;
  for (const [index, task] of TASKS.entries()) {
    const from = startedAt + index * share;
    const state = from > NOW ? null : failed && index >= 1 ? (index === 1 ? 'failed' : 'upstream_failed') : 'success';
    const ran = state === 'success' || state === 'failed';
    tables.task_instance.push({
      task_id: task,
      dag_id: dagId,
      run_id: runId,
      map_index: -1,
      start_date: ran ? micros(from) : null,
      end_date: ran && from + share <= NOW ? micros(from + share) : null,
      duration: ran ? share / 1000 : null,
      state: ran && from + share > NOW ? 'running' : state,
      try_number: 1,
      max_tries: 2,
      hostname: ran ? `pod-${(n + index) % 30}` : null,
      pool: 'default_pool',
      queue: 'default',
      priority_weight: 1,
      operator: 'EpsEnrichmentOperator',
      queued_dttm: ran ? micros(from - 1000) : null,
      updated_at: ran ? micros(Math.min(from + share, NOW)) : null,
      task_display_name: null,
    });
  }
}

function seconds(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function micros(at: number): string {
  return `${new Date(at).toISOString().slice(0, 23).replace('T', ' ')}000`;
}
