import type { DatabaseNames } from './databases.ts';
import { quoteIdentifier } from './quote-identifier.ts';

/**
 * The tables of both databases for embedded SQLite, with the columns and the indexes of production. Types are affinities:
 * dates and timestamps are text in MySQL's format. Nothing here ever runs against MySQL.
 */
export function embeddedSchema(names: DatabaseNames): string {
  const fgw = quoteIdentifier(names.fgw);
  const airflow = quoteIdentifier(names.airflow);
  return `
CREATE TABLE IF NOT EXISTS ${fgw}.WORKFLOW_RUN_INSTANCE (
  WORKFLOW_RUN_INSTANCE_KEY INTEGER PRIMARY KEY,
  WORKFLOW_KEY INTEGER NOT NULL,
  WORKFLOW_ID TEXT NOT NULL,
  DAG_ID TEXT,
  DAG_RUN_ID TEXT,
  STATUS TEXT,
  STATUS_DETAIL TEXT,
  CREATED_DATE TEXT NOT NULL,
  UPDATED_DATE TEXT NOT NULL,
  BUSINESS_DATE TEXT,
  MODEL_BUSINESS_DATE TEXT,
  MODEL_AS_OF_DATE TEXT,
  OUTPUT_DATASET_ID TEXT,
  DATA_PROCESSOR_ID TEXT,
  OUTPUT_BUSINESS_DATE_RULE TEXT,
  TRIGGER_TYPE TEXT,
  TRIGGER_VALUE TEXT,
  OUTPUT_DATASET_EFFECTIVE_DATE TEXT,
  OUTPUT_DATASET_AS_OF_DATE TEXT
);
CREATE INDEX IF NOT EXISTS ${fgw}.IDX_BUSINESS_DATE ON WORKFLOW_RUN_INSTANCE (BUSINESS_DATE);
CREATE INDEX IF NOT EXISTS ${fgw}.IDX_OUTPUT_DATASET_ID ON WORKFLOW_RUN_INSTANCE (OUTPUT_DATASET_ID);

CREATE TABLE IF NOT EXISTS ${airflow}.task_instance (
  task_id TEXT NOT NULL,
  dag_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  map_index INTEGER NOT NULL DEFAULT -1,
  start_date TEXT,
  end_date TEXT,
  duration REAL,
  state TEXT,
  try_number INTEGER,
  max_tries INTEGER DEFAULT -1,
  hostname TEXT,
  pool TEXT NOT NULL DEFAULT 'default_pool',
  queue TEXT,
  priority_weight INTEGER,
  operator TEXT,
  queued_dttm TEXT,
  updated_at TEXT,
  task_display_name TEXT,
  PRIMARY KEY (dag_id, task_id, run_id, map_index)
);
CREATE INDEX IF NOT EXISTS ${airflow}.ti_dag_run ON task_instance (dag_id, run_id);
CREATE INDEX IF NOT EXISTS ${airflow}.ti_state ON task_instance (state);

CREATE TABLE IF NOT EXISTS ${airflow}.dag_run (
  id INTEGER PRIMARY KEY,
  dag_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  queued_at TEXT,
  start_date TEXT,
  end_date TEXT,
  state TEXT,
  run_type TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS ${airflow}.dag_run_dag_id_run_id_key ON dag_run (dag_id, run_id);
`;
}
