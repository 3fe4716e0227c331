import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSource } from '../../src/batch/ports.ts';
import { openRunSource } from '../../src/db/run-source.ts';
import { BACKENDS, type Backend, runRow, scopeForTest } from './database-backends.ts';

const DATE = '2026-02-13';
const id = (slice: string, epoch = 1771000676695) => `FGW_calc_V2_${DATE}_${slice}_${epoch}`;

const ROWS = [
  runRow({ DAG_RUN_ID: id('SLICE-1') }),
  runRow({ DAG_RUN_ID: id('SLICE-10') }),
  runRow({ DAG_RUN_ID: id('A_B'), STATUS: 'FAILED', STATUS_DETAIL: 'lost \\ a "quote", it\'s 100%' }),
  runRow({ DAG_RUN_ID: id('AXB') }),
  runRow({ DAG_RUN_ID: id('a_b') }),
  runRow({ DAG_RUN_ID: id('A_B_C') }),
  runRow({ DAG_RUN_ID: id('PRE_A_B') }),
  runRow({ DAG_RUN_ID: `FGW_calc_V2_${DATE}_1771000676700` }),
  runRow({ DAG_RUN_ID: null, STATUS: null, TRIGGER_TYPE: null, STATUS_DETAIL: null, DAG_ID: null }),
  runRow({ OUTPUT_DATASET_ID: 'COM.X-calc', DAG_RUN_ID: id('SLICE-1') }),
  runRow({ OUTPUT_DATASET_ID: 'com.x-calc ', DAG_RUN_ID: id('SLICE-1') }),
  runRow({ OUTPUT_DATASET_ID: 'com.x-other', DAG_RUN_ID: id('SLICE-1') }),
  runRow({ OUTPUT_DATASET_ID: null, DAG_RUN_ID: id('SLICE-1') }),
  runRow({ BUSINESS_DATE: '2026-02-12', DAG_RUN_ID: 'FGW_calc_V2_2026-02-12_SLICE-1_1770914276695' }),
  runRow({ BUSINESS_DATE: '2026-01-30', DAG_RUN_ID: 'FGW_calc_V2_2026-01-30_SLICE-1_1769704676695' }),
  runRow({ BUSINESS_DATE: null }),
  // The hour that does not exist in New York, and the one that exists twice.
  runRow({ BUSINESS_DATE: '2026-03-08', CREATED_DATE: '2026-03-08 02:30:00', UPDATED_DATE: '2026-03-08 07:30:00' }),
  runRow({ BUSINESS_DATE: '2026-11-01', CREATED_DATE: '2026-11-01 05:30:00', UPDATED_DATE: '2026-11-01 06:30:00' }),
];

describe.each(BACKENDS)('runs from %s', (_name, open) => {
  let backend: Backend;
  let runs: RunSource;
  beforeAll(async () => {
    backend = await open({ WORKFLOW_RUN_INSTANCE: [...ROWS].reverse() });
    runs = openRunSource(backend.databases, scopeForTest());
  });
  afterAll(() => backend?.close());

  it('reads every run of the datasets on the date, exactly those, in the order of their keys', async () => {
    const rows = await runs.batchStatus({ datasetIds: ['com.x-calc', 'com.x-calc', 'unknown'], businessDate: DATE });
    const expected = ROWS.filter((row) => row.OUTPUT_DATASET_ID === 'com.x-calc' && row.BUSINESS_DATE === DATE);
    expect(rows.map((row) => row.key)).toEqual(expected.map((row) => row.WORKFLOW_RUN_INSTANCE_KEY));
    expect(rows).toHaveLength(9);
  });

  it('reads columns as they are: UTC milliseconds, dates as text, NULL as null, free text untouched', async () => {
    const rows = await runs.batchStatus({ datasetIds: ['com.x-calc'], businessDate: DATE });
    expect(rows[2]).toEqual({
      key: ROWS[2]?.WORKFLOW_RUN_INSTANCE_KEY,
      businessDate: DATE,
      datasetId: 'com.x-calc',
      dagId: 'calc_V2',
      dagRunId: id('A_B'),
      status: 'FAILED',
      createdAt: Date.UTC(2026, 1, 13, 16, 37, 56),
      updatedAt: Date.UTC(2026, 1, 13, 17, 3),
      triggerType: 'ProcessTrigger',
      statusDetail: 'lost \\ a "quote", it\'s 100%',
    });
    expect(rows[8]).toMatchObject({ dagId: null, dagRunId: null, status: null, triggerType: null, statusDetail: null });
  });

  it.each([
    ['2026-03-08', Date.UTC(2026, 2, 8, 2, 30), Date.UTC(2026, 2, 8, 7, 30)],
    ['2026-11-01', Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30)],
  ])('knows no daylight saving on %s, whatever zone the server keeps', async (businessDate, createdAt, updatedAt) => {
    const rows = await runs.batchProgress({ datasetIds: ['com.x-calc'], businessDate });
    expect(rows).toMatchObject([{ createdAt, updatedAt, businessDate }]);
  });

  it('leaves the free text out of overviews and history', async () => {
    const [progress] = await runs.batchProgress({ datasetIds: ['com.x-calc'], businessDate: DATE });
    const [past] = await runs.historicalRuns({ datasetIds: ['com.x-calc'], from: DATE, to: DATE });
    expect(progress).not.toHaveProperty('statusDetail');
    expect(past).toEqual(progress);
  });

  it('gives the runs of SLICE-1 and not those of SLICE-10', async () => {
    const rows = await runs.sliceStatus({ datasetId: 'com.x-calc', businessDate: DATE, slices: ['SLICE-1'] });
    expect(rows.map((row) => row.dagRunId)).toEqual([id('SLICE-1')]);
  });

  it('takes _ in a slice name for itself: not for any letter, not for another case, not for a longer name', async () => {
    const rows = await runs.sliceStatus({ datasetId: 'com.x-calc', businessDate: DATE, slices: ['A_B'] });
    expect(rows.map((row) => row.dagRunId)).toEqual([id('A_B')]);
  });

  it('gives the runs of several slices, and none for none', async () => {
    const slices = ['AXB', 'A_B_C', '%', 'no such slice', 'AXB'];
    const rows = await runs.sliceStatus({ datasetId: 'com.x-calc', businessDate: DATE, slices });
    expect(rows.map((row) => row.dagRunId)).toEqual([id('AXB'), id('A_B_C')]);
    expect(await runs.sliceStatus({ datasetId: 'com.x-calc', businessDate: DATE, slices: [] })).toEqual([]);
  });

  it('is not moved by quotes, backslashes and SQL in names', async () => {
    for (const evil of ["' OR 1=1 -- ", '\\', "\\' OR 1=1 -- ", '%', '_', '"; DROP TABLE x; --', '😀', '']) {
      expect(await runs.batchStatus({ datasetIds: [evil], businessDate: DATE })).toEqual([]);
      expect(await runs.sliceStatus({ datasetId: 'com.x-calc', businessDate: DATE, slices: [evil] })).toEqual([]);
    }
  });

  it('reads history with both ends included', async () => {
    const dates = async (from: string, to: string) =>
      (await runs.historicalRuns({ datasetIds: ['com.x-calc'], from, to })).map((row) => row.businessDate);
    expect(await dates('2026-01-30', '2026-02-12')).toEqual(['2026-02-12', '2026-01-30']);
    expect(await dates('2026-01-31', '2026-02-11')).toEqual([]);
    expect(await dates('2026-02-12', '2026-01-30')).toEqual([]);
  });

  it('asks nothing of the database when no dataset is meant', async () => {
    const scope = scopeForTest();
    const source = openRunSource(backend.databases, scope);
    expect(await source.batchStatus({ datasetIds: [], businessDate: DATE })).toEqual([]);
    expect(await source.historicalRuns({ datasetIds: [], from: DATE, to: DATE })).toEqual([]);
    expect(scope.records).toEqual([]);
  });

  it('refuses a business date that is none, before anything is read', async () => {
    for (const businessDate of ['2026-02-30', '13.02.2026', '2026-02-13 00:00:00', "2026-02-13' OR '1'='1", '']) {
      await expect(runs.batchStatus({ datasetIds: ['com.x-calc'], businessDate })).rejects.toMatchObject({
        code: 'POLICY_REFUSED',
      });
    }
  });

  it('gives complete data or RDS_TRUNCATED, never the first rows', async () => {
    const query = { datasetIds: ['com.x-calc'], businessDate: '2026-02-12' };
    const within = openRunSource(backend.databases, scopeForTest({ bound: 1 }));
    await expect(within.batchStatus(query)).resolves.toHaveLength(1);
    const beyond = openRunSource(backend.databases, scopeForTest({ bound: 8 }));
    await expect(beyond.batchStatus({ ...query, businessDate: DATE })).rejects.toMatchObject({
      code: 'RDS_TRUNCATED',
      upstream: 'rds',
    });
  });

  it('records each statement as evidence, with what it asked and how much came', async () => {
    const scope = scopeForTest();
    await openRunSource(backend.databases, scope).batchStatus({ datasetIds: ['com.x-other'], businessDate: DATE });
    expect(scope.records).toMatchObject([
      { tool: 'get_batch_status', parameters: [DATE, '', 'com.x-other', 50_001], rows: 1 },
    ]);
    expect(scope.records[0]?.sql).toMatch(/^select .*FGW_.*WORKFLOW_RUN_INSTANCE.* limit \?$/);
    expect(scope.records[0]?.ms).toBeGreaterThan(0);
  });

  it('stops with the question', async () => {
    const signal = AbortSignal.abort();
    const source = openRunSource(backend.databases, scopeForTest({ signal }));
    await expect(source.batchStatus({ datasetIds: ['a'], businessDate: DATE })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('refuses to write, whoever asks', async () => {
    const remove = backend.databases.fgw.deleteFrom('WORKFLOW_RUN_INSTANCE').execute();
    await expect(remove).rejects.toThrow(/read.?only/i);
    const rows = await runs.batchStatus({ datasetIds: ['com.x-calc'], businessDate: DATE });
    expect(rows).toHaveLength(9);
  });
});
