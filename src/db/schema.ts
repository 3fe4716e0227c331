/**
 * The two production databases as SENTRY reads them, for Kysely. Every timestamp is UTC text (`YYYY-MM-DD HH:MM:SS`, with
 * microseconds in the Airflow database) on both dialects and is parsed in one place, `db-instant.ts`; a business date is
 * text throughout and never a JavaScript Date.
 */
export interface WorkflowRunInstance {
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

export interface TaskInstance {
  task_id: string;
  dag_id: string;
  run_id: string;
  map_index: number;
  start_date: string | null;
  end_date: string | null;
  /** Seconds. */
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

export interface DagRun {
  id: number;
  dag_id: string;
  run_id: string;
  queued_at: string | null;
  start_date: string | null;
  end_date: string | null;
  state: string | null;
  run_type: string;
}

/** Tables of the FINEGRAINED_WORKFLOW database. */
export interface FgwTables {
  WORKFLOW_RUN_INSTANCE: WorkflowRunInstance;
}

/** Tables of the Airflow metadata database. */
export interface AirflowTables {
  task_instance: TaskInstance;
  dag_run: DagRun;
}
