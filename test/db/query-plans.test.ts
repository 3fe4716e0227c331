import type { Compilable } from 'kysely';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectMysql } from '../../src/db/connect-mysql.ts';
import type { DatabaseNames, Databases } from '../../src/db/databases.ts';
import { getAttemptTasks, groupStems } from '../../src/db/queries/get-attempt-tasks.ts';
import { getBatchProgress } from '../../src/db/queries/get-batch-progress.ts';
import { getBatchStatus } from '../../src/db/queries/get-batch-status.ts';
import { getDagRuns } from '../../src/db/queries/get-dag-runs.ts';
import { getHistoricalRuns } from '../../src/db/queries/get-historical-runs.ts';
import { getSliceStatus } from '../../src/db/queries/get-slice-status.ts';
import { getTaskDetails } from '../../src/db/queries/get-task-details.ts';
import { groupAddresses } from '../../src/db/queries/run-addresses.ts';
import { reach } from '../conformance/database-backends.ts';
import { createDatabases, dropDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb } from '../servers/shared.ts';

/** Business dates, datasets, runs of each dataset on each date: 72,000 runs. */
const [DATES, DATASETS, RUNS] = [200, 60, 6];
const PER_DATE = DATASETS * RUNS;
const TASKS = 5;

const limit = 50_001;
const dateOf = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
const datasets = (count: number) => Array.from({ length: count }, (_, n) => `com.x-dataset_${n}`);
const addresses = (dags: number, each: number) =>
  Array.from({ length: dags * each }, (_, n) => ({
    dagId: `dag_${n % dags}`,
    runId: `FGW_dag_${n % dags}_${dateOf(DATES - 1 - Math.floor(n / dags))}_S-1_x`,
  }));

let admin: Connection;
let names: DatabaseNames;
let databases: Databases;

beforeAll(async () => {
  const server = await sharedMariaDb();
  admin = await openAdmin(server);
  names = await createDatabases(admin);
  databases = connectMysql({ ...reach(server), names, queryTimeoutS: 10 });
  await admin.query(`CREATE TABLE ${names.fgw}.numbers (n INT PRIMARY KEY)`);
  await admin.query(
    `INSERT INTO ${names.fgw}.numbers VALUES ${Array.from({ length: DATES }, (_, n) => `(${n})`).join()}`,
  );
  const numbers = (alias: string) => `${names.fgw}.numbers ${alias}`;
  const day = `DATE_ADD('2025-01-01', INTERVAL day.n DAY)`;
  const runId = (run: string) => `CONCAT('FGW_dag_', dataset.n, '_', ${day}, '_S-', ${run}, '_x')`;
  await admin.query(`INSERT INTO ${names.fgw}.WORKFLOW_RUN_INSTANCE
      (WORKFLOW_KEY, WORKFLOW_ID, DAG_ID, DAG_RUN_ID, STATUS, STATUS_DETAIL, BUSINESS_DATE, OUTPUT_DATASET_ID, TRIGGER_TYPE)
    SELECT 1, 'w', CONCAT('dag_', dataset.n), ${runId('run.n')}, 'SUCCESS', REPEAT('x', 80), ${day},
      CONCAT('com.x-dataset_', dataset.n), 'ProcessTrigger'
    FROM ${numbers('day')}, ${numbers('dataset')}, ${numbers('run')} WHERE dataset.n < ${DATASETS} AND run.n < ${RUNS}`);
  await admin.query(`INSERT INTO ${names.airflow}.task_instance (task_id, dag_id, run_id, state)
    SELECT CONCAT('task_', task.n), CONCAT('dag_', dataset.n), ${runId('1')}, 'success'
    FROM ${numbers('day')}, ${numbers('dataset')}, ${numbers('task')}
    WHERE day.n >= ${DATES - 50} AND dataset.n < ${DATASETS} AND task.n < ${TASKS}`);
  // Attempts that rewritten rows replaced: the same ids with another epoch.
  await admin.query(`INSERT INTO ${names.airflow}.task_instance (task_id, dag_id, run_id, state)
    SELECT task_id, dag_id, REPLACE(run_id, '_x', '_1771000000000'), 'failed' FROM ${names.airflow}.task_instance`);
  await admin.query(`INSERT INTO ${names.airflow}.dag_run (dag_id, run_id, state, run_type)
    SELECT CONCAT('dag_', dataset.n), ${runId('1')}, 'success', 'manual'
    FROM ${numbers('day')}, ${numbers('dataset')} WHERE dataset.n < ${DATASETS}`);
  await admin.query(
    `ANALYZE TABLE ${names.fgw}.WORKFLOW_RUN_INSTANCE, ${names.airflow}.task_instance, ${names.airflow}.dag_run`,
  );
});
afterAll(async () => {
  await databases.close();
  await dropDatabases(admin, names);
  await admin.end();
});

/** How the server means to run a query, what came, and how many rows of the table or its indexes it touched for that. */
async function plan(query: Compilable): Promise<{ key: string; rows: number; reads: number }> {
  const { sql, parameters } = query.compile();
  const [explained] = await admin.query<RowDataPacket[]>(`EXPLAIN ${sql}`, parameters as unknown[]);
  await admin.query('FLUSH STATUS');
  const [rows] = await admin.query<RowDataPacket[]>(sql, parameters as unknown[]);
  const [status] = await admin.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Handler_read_%'");
  const reads = status.reduce((sum, { Value }) => sum + Number(Value), 0);
  expect(explained).toHaveLength(1);
  return { key: String(explained[0]?.key), rows: rows.length, reads };
}

describe('on a server with history, a query reads', () => {
  const night = dateOf(DATES - 10);

  it.each([1, 5, DATASETS, 250])('one business date once, and no history, for %i datasets', async (count) => {
    const about = { datasetIds: datasets(count), businessDate: night, limit };
    for (const query of [getBatchStatus(databases.fgw, about), getBatchProgress(databases.fgw, about)]) {
      const { key, rows, reads } = await plan(query);
      expect(key).toBe('IDX_BUSINESS_DATE');
      expect(rows).toBe(Math.min(count, DATASETS) * RUNS);
      expect(reads).toBeLessThanOrEqual(PER_DATE + 1);
    }
  });

  it('one business date once for slices of a dataset', async () => {
    const about = { datasetId: 'com.x-dataset_3', slices: ['S-1', 'S-2'], businessDate: night, limit };
    const { key, reads } = await plan(getSliceStatus(databases.fgw, about));
    expect(key).toBe('IDX_BUSINESS_DATE');
    expect(reads).toBeLessThanOrEqual(PER_DATE + 1);
  });

  it('the dates asked about, and not every one, for the history of many datasets', async () => {
    for (const count of [DATASETS, 250]) {
      const about = { datasetIds: datasets(count), from: dateOf(DATES - 20), to: dateOf(DATES - 11), limit };
      const { key, rows, reads } = await plan(getHistoricalRuns(databases.fgw, about));
      expect(key).toBe('IDX_BUSINESS_DATE');
      expect(rows).toBe(10 * PER_DATE);
      expect(reads).toBeLessThanOrEqual(10 * PER_DATE + 1);
    }
  });

  it('the dataset asked about, and no other, for its own long history', async () => {
    const about = { datasetIds: datasets(1), from: dateOf(DATES - 70), to: dateOf(DATES - 11), limit };
    const { key, reads } = await plan(getHistoricalRuns(databases.fgw, about));
    expect(key).toBe('IDX_OUTPUT_DATASET_ID');
    expect(reads).toBeLessThanOrEqual(DATES * RUNS + 1);
  });

  it.each([
    [1, 1],
    [3, 2],
    [50, 10],
    [60, 16],
  ])('the tasks of exactly the runs asked about: %i DAGs with %i runs each', async (dags, each) => {
    const groups = groupAddresses(addresses(dags, each));
    expect(groups).toHaveLength(1);
    const { key, rows, reads } = await plan(getTaskDetails(databases.airflow, { group: groups[0] as never, limit }));
    expect(key).toBe('ti_dag_run');
    expect(rows).toBe(dags * each * TASKS);
    expect(reads).toBeLessThanOrEqual(dags * each * (TASKS + 1));
  });

  it.each([1, 40, 300])('the tasks of exactly the attempts asked about: %i units', async (units) => {
    const stems = addresses(60, 5)
      .slice(0, units)
      .map(({ dagId, runId }) => ({ dagId, stem: runId.replace(/_x$/, '') }));
    const [group] = groupStems(stems);
    const { key, rows, reads } = await plan(getAttemptTasks(databases.airflow, { stems: group ?? [], limit }));
    expect(key).toBe('ti_dag_run');
    expect(rows).toBe(units * TASKS);
    expect(reads).toBeLessThanOrEqual(units * (TASKS + 1) + TASKS);
  });

  it.each([
    [1, 1],
    [50, 8],
  ])('exactly the runs asked about from dag_run: %i DAGs with %i runs each', async (dags, each) => {
    const [group] = groupAddresses(addresses(dags, each));
    const { key, rows, reads } = await plan(getDagRuns(databases.airflow, { group: group as never, limit }));
    expect(key).toBe('dag_run_dag_id_run_id_key');
    expect(rows).toBe(dags * each);
    expect(reads).toBeLessThanOrEqual(2 * dags * each);
  });
});
