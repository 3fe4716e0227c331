/** A row of WORKFLOW_RUN_INSTANCE: production columns, UTC text, a business date as `YYYY-MM-DD`. */
export interface WorkflowRunInstanceRow {
  WORKFLOW_RUN_INSTANCE_KEY: number;
  WORKFLOW_KEY: number;
  WORKFLOW_ID: string;
  DAG_ID: string | null;
  DAG_RUN_ID: string | null;
  STATUS: string | null;
  STATUS_DETAIL: string | null;
  CREATED_DATE: string;
  UPDATED_DATE: string;
  BUSINESS_DATE: string | null;
  MODEL_BUSINESS_DATE: string | null;
  MODEL_AS_OF_DATE: string | null;
  OUTPUT_DATASET_ID: string | null;
  DATA_PROCESSOR_ID: string | null;
  OUTPUT_BUSINESS_DATE_RULE: string | null;
  TRIGGER_TYPE: string | null;
  TRIGGER_VALUE: string | null;
  OUTPUT_DATASET_EFFECTIVE_DATE: string | null;
  OUTPUT_DATASET_AS_OF_DATE: string | null;
}

/** A row of airflow.task_instance. */
export interface TaskInstanceRow {
  task_id: string;
  dag_id: string;
  run_id: string;
  map_index: number;
  start_date: string | null;
  end_date: string | null;
  duration: number | null;
  state: string | null;
  try_number: number | null;
  max_tries: number | null;
  hostname: string | null;
  pool: string;
  queue: string | null;
  priority_weight: number | null;
  operator: string | null;
  queued_dttm: string | null;
  updated_at: string | null;
  task_display_name: string | null;
}

/** A row of airflow.dag_run. */
export interface DagRunRow {
  id: number;
  dag_id: string;
  run_id: string;
  queued_at: string | null;
  start_date: string | null;
  end_date: string | null;
  state: string | null;
  run_type: string;
}

export interface WorldTables {
  WORKFLOW_RUN_INSTANCE: WorkflowRunInstanceRow[];
  task_instance: TaskInstanceRow[];
  dag_run: DagRunRow[];
}

/** Every column that is written, in the order of the schema. */
export const TABLE_COLUMNS = {
  WORKFLOW_RUN_INSTANCE: [
    'WORKFLOW_RUN_INSTANCE_KEY',
    'WORKFLOW_KEY',
    'WORKFLOW_ID',
    'DAG_ID',
    'DAG_RUN_ID',
    'STATUS',
    'STATUS_DETAIL',
    'CREATED_DATE',
    'UPDATED_DATE',
    'BUSINESS_DATE',
    'MODEL_BUSINESS_DATE',
    'MODEL_AS_OF_DATE',
    'OUTPUT_DATASET_ID',
    'DATA_PROCESSOR_ID',
    'OUTPUT_BUSINESS_DATE_RULE',
    'TRIGGER_TYPE',
    'TRIGGER_VALUE',
    'OUTPUT_DATASET_EFFECTIVE_DATE',
    'OUTPUT_DATASET_AS_OF_DATE',
  ] satisfies (keyof WorkflowRunInstanceRow)[],
  task_instance: [
    'task_id',
    'dag_id',
    'run_id',
    'map_index',
    'start_date',
    'end_date',
    'duration',
    'state',
    'try_number',
    'max_tries',
    'hostname',
    'pool',
    'queue',
    'priority_weight',
    'operator',
    'queued_dttm',
    'updated_at',
    'task_display_name',
  ] satisfies (keyof TaskInstanceRow)[],
  dag_run: [
    'id',
    'dag_id',
    'run_id',
    'queued_at',
    'start_date',
    'end_date',
    'state',
    'run_type',
  ] satisfies (keyof DagRunRow)[],
} as const;
