import type { GeneratedNight, TrueCause } from '../../src/playground/world/nights/generated-night.ts';
import type { DagRunRow, TaskInstanceRow, WorkflowRunInstanceRow } from '../../src/playground/world/tables.ts';

export const DATASET = 'com.example.ledger-balances_v1';
export const DAG = 'balances_v1_V2';
export const NOW = Date.parse('2026-03-04T06:00:00Z');

/** Of 2026-03-04, which is the night asked about, unless told otherwise; times are `HH:MM` of the night. */
export interface SmallRun {
  slice: string;
  status: string;
  from: string;
  to: string;
  date?: string;
  trigger?: string;
}

export const runId = (slice: string, from: string, date = '2026-03-04') =>
  `FGW_${DAG}_${date}_${slice}_${Date.parse(`${date}T${from}:00Z`)}`;

/** Two slices of one dataset: EMEA failed in `enrich`, NA took half an hour, as on the three days before. */
export function smallNight(changes: Partial<GeneratedNight> = {}): GeneratedNight {
  const past = ['2026-03-01', '2026-03-02', '2026-03-03'].flatMap((date) => [
    { slice: 'EMEA', status: 'SUCCESS', from: '01:00', to: '01:30', date },
    { slice: 'NA', status: 'SUCCESS', from: '01:00', to: '01:31', date },
  ]);
  const runs: SmallRun[] = [
    ...past,
    { slice: 'EMEA', status: 'FAILED', from: '01:00', to: '01:20' },
    { slice: 'NA', status: 'SUCCESS', from: '01:00', to: '01:30' },
  ];
  return {
    seed: 'small',
    kind: 'single',
    families: ['task_failure'],
    zone: 'UTC',
    now: NOW,
    essential: 'Ledger',
    businessDate: '2026-03-04',
    phase: 'PRELIM',
    definitions: { Ledger: LENZ },
    tables: {
      WORKFLOW_RUN_INSTANCE: runs.map(runRow),
      task_instance: runs.flatMap(taskRows),
      dag_run: runs.map(dagRunRow),
    },
    truth: { causes: [FAILURE], withheld: null, startedAt: null, endedAt: null, herrings: [], repaired: [] },
    ...changes,
  };
}

export const FAILURE: TrueCause = {
  family: 'task_failure',
  datasetId: DATASET,
  slices: ['EMEA'],
  taskIds: ['enrich'],
  operator: null,
  host: null,
  window: null,
};

const LENZ = {
  GLOBAL: { Ledger: { schemaJson: { datasets: [{ datasetId: DATASET, sliceGroups: { slices: ['EMEA', 'NA'] } }] } } },
};

const at = (time: string, date = '2026-03-04') => `${date} ${time}:00`;

function runRow(run: SmallRun, index: number): WorkflowRunInstanceRow {
  const { slice, status, from, to, date = '2026-03-04', trigger = 'ProcessTrigger' } = run;
  return {
    WORKFLOW_RUN_INSTANCE_KEY: index + 1,
    WORKFLOW_KEY: 1,
    WORKFLOW_ID: 'balances_v1',
    DAG_ID: DAG,
    DAG_RUN_ID: runId(slice, from, date),
    STATUS: status,
    STATUS_DETAIL: null,
    CREATED_DATE: at(from, date),
    UPDATED_DATE: at(to, date),
    BUSINESS_DATE: date,
    MODEL_BUSINESS_DATE: null,
    MODEL_AS_OF_DATE: null,
    OUTPUT_DATASET_ID: DATASET,
    DATA_PROCESSOR_ID: null,
    OUTPUT_BUSINESS_DATE_RULE: null,
    TRIGGER_TYPE: trigger,
    TRIGGER_VALUE: null,
    OUTPUT_DATASET_EFFECTIVE_DATE: null,
    OUTPUT_DATASET_AS_OF_DATE: null,
  };
}

function taskRows({ slice, status, from, to, date }: SmallRun): TaskInstanceRow[] {
  const task = {
    dag_id: DAG,
    run_id: runId(slice, from, date),
    map_index: -1,
    max_tries: 0,
    queue: null,
    pool: 'default_pool',
  };
  const rest = { priority_weight: 1, updated_at: null, task_display_name: null };
  const seconds = (Date.parse(`2026-03-04T${to}:00Z`) - Date.parse(`2026-03-04T${from}:00Z`)) / 1000;
  const failed = status === 'FAILED';
  return [
    {
      ...task,
      ...rest,
      task_id: 'enrich',
      state: failed ? 'failed' : 'success',
      try_number: 1,
      operator: 'EpsEnrichmentOperator',
      hostname: 'worker-7',
      queued_dttm: at(from, date),
      start_date: at(from, date),
      end_date: at(to, date),
      duration: seconds,
    },
    {
      ...task,
      ...rest,
      task_id: 'end',
      state: failed ? 'upstream_failed' : 'success',
      try_number: failed ? 0 : 1,
      operator: 'EpsWorkflowCompleteOperator',
      hostname: null,
      queued_dttm: null,
      start_date: at(to, date),
      end_date: at(to, date),
      duration: 0,
    },
  ];
}

function dagRunRow({ slice, status, from, to, date }: SmallRun, index: number): DagRunRow {
  return {
    id: index + 1,
    dag_id: DAG,
    run_id: runId(slice, from, date),
    queued_at: at(from, date),
    start_date: at(from, date),
    end_date: at(to, date),
    state: status.toLowerCase(),
    run_type: 'scheduled',
  };
}
