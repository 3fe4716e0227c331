import type { DatabaseNames } from '../../src/db/databases.ts';

/** The production tables on MySQL or MariaDB, statement by statement. SENTRY itself never creates them there. */
export function productionSchema(names: DatabaseNames): string[] {
  return [
    `CREATE TABLE ${names.fgw}.WORKFLOW_RUN_INSTANCE (
      WORKFLOW_RUN_INSTANCE_KEY INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      WORKFLOW_KEY INT NOT NULL,
      WORKFLOW_ID VARCHAR(256) NOT NULL,
      DAG_ID VARCHAR(256),
      DAG_RUN_ID VARCHAR(256),
      STATUS VARCHAR(256),
      STATUS_DETAIL VARCHAR(1024),
      CREATED_DATE TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
      UPDATED_DATE TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
      BUSINESS_DATE DATE,
      MODEL_BUSINESS_DATE DATE,
      MODEL_AS_OF_DATE DATE,
      OUTPUT_DATASET_ID VARCHAR(256),
      DATA_PROCESSOR_ID VARCHAR(256),
      OUTPUT_BUSINESS_DATE_RULE VARCHAR(256),
      TRIGGER_TYPE VARCHAR(256),
      TRIGGER_VALUE VARCHAR(256),
      OUTPUT_DATASET_EFFECTIVE_DATE DATETIME,
      OUTPUT_DATASET_AS_OF_DATE DATETIME,
      INDEX IDX_BUSINESS_DATE (BUSINESS_DATE),
      INDEX IDX_OUTPUT_DATASET_ID (OUTPUT_DATASET_ID)
    )`,
    `CREATE TABLE ${names.airflow}.task_instance (
      task_id VARCHAR(250) NOT NULL,
      dag_id VARCHAR(250) NOT NULL,
      run_id VARCHAR(250) NOT NULL,
      map_index INT NOT NULL DEFAULT -1,
      start_date TIMESTAMP(6) NULL,
      end_date TIMESTAMP(6) NULL,
      duration FLOAT,
      state VARCHAR(20),
      try_number INT,
      max_tries INT DEFAULT -1,
      hostname VARCHAR(1000),
      pool VARCHAR(256) NOT NULL DEFAULT 'default_pool',
      queue VARCHAR(256),
      priority_weight INT,
      operator VARCHAR(1000),
      queued_dttm TIMESTAMP(6) NULL,
      updated_at TIMESTAMP(6) NULL,
      task_display_name VARCHAR(2000),
      PRIMARY KEY (dag_id, task_id, run_id, map_index),
      INDEX ti_dag_run (dag_id, run_id),
      INDEX ti_state (state)
    )`,
    `CREATE TABLE ${names.airflow}.dag_run (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      dag_id VARCHAR(250) NOT NULL,
      run_id VARCHAR(250) NOT NULL,
      queued_at TIMESTAMP(6) NULL,
      start_date TIMESTAMP(6) NULL,
      end_date TIMESTAMP(6) NULL,
      state VARCHAR(50),
      run_type VARCHAR(50) NOT NULL,
      UNIQUE KEY dag_run_dag_id_run_id_key (dag_id, run_id)
    )`,
  ];
}
