import { afterAll, describe, expect, it } from 'vitest';
import { connectMysql } from '../../src/db/connect-mysql.ts';
import { connectSqlite } from '../../src/db/connect-sqlite.ts';
import { getAttemptTasks } from '../../src/db/queries/get-attempt-tasks.ts';
import { getBatchProgress } from '../../src/db/queries/get-batch-progress.ts';
import { getBatchStatus } from '../../src/db/queries/get-batch-status.ts';
import { getDagRuns } from '../../src/db/queries/get-dag-runs.ts';
import { getHistoricalRuns } from '../../src/db/queries/get-historical-runs.ts';
import { getSliceStatus } from '../../src/db/queries/get-slice-status.ts';
import { getTaskDetails } from '../../src/db/queries/get-task-details.ts';
import { openRunSource } from '../../src/db/run-source.ts';

const sqlite = connectSqlite();
// Compiles without ever connecting.
const mysql = connectMysql({ host: 'db.invalid', port: 6150, user: 'u', password: 'p', tls: {}, queryTimeoutS: 10 });
afterAll(async () => {
  await sqlite.close();
  await mysql.close();
});

describe.each([
  ['MySQL', mysql],
  ['SQLite', sqlite],
])('the SQL of tier 1 for %s', (_name, { fgw, airflow }) => {
  const about = { datasetIds: ['com.x-a', 'com.x-b'], businessDate: '2026-02-13', limit: 50_001 };
  const group = new Map([
    ['calc_V2', ['run-1', 'run-2']],
    ['other', ['run-3']],
  ]);
  it.each([
    ['get_batch_status', () => getBatchStatus(fgw, about)],
    ['get_batch_progress', () => getBatchProgress(fgw, about)],
    ['get_slice_status', () => getSliceStatus(fgw, { ...about, datasetId: 'com.x-a', slices: ['A_B', 'C'] })],
    ['get_historical_runs', () => getHistoricalRuns(fgw, { ...about, from: '2026-01-01', to: '2026-02-12' })],
    ['get_task_details', () => getTaskDetails(airflow, { group, limit: 50_001 })],
    [
      'get_attempt_tasks',
      () =>
        getAttemptTasks(airflow, { stems: [{ dagId: 'calc_V2', stem: 'FGW_calc_V2_2026-02-13_A_B' }], limit: 50_001 }),
    ],
    ['get_dag_runs', () => getDagRuns(airflow, { group, limit: 50_001 })],
  ])('%s', (_tool, query) => {
    const { sql, parameters } = query().compile();
    expect({ sql, parameters }).toMatchSnapshot();
  });
});

it('records the SQL that ran, which is the SQL that compiles', async () => {
  const sqls: string[] = [];
  const scope = { record: (query: { sql: string }) => sqls.push(query.sql), signal: new AbortController().signal };
  const query = { datasetIds: ['com.x-a'], businessDate: '2026-02-13' };
  await openRunSource(sqlite, { ...scope, queryTimeoutS: 10 }).batchStatus(query);
  expect(sqls).toEqual([getBatchStatus(sqlite.fgw, { ...query, limit: 50_001 }).compile().sql]);
});
