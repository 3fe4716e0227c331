import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunSource } from '../../src/db/run-source.ts';
import { openTaskSource } from '../../src/db/task-source.ts';
import { BACKENDS, type Backend, type Row, runRow, scopeForTest, taskRow } from './database-backends.ts';

/** Names that are equal, or contained in each other, to one database and not to the other. */
const NAMES = [
  'A',
  'a',
  'A ',
  ' A',
  'Á',
  'á',
  'A_B',
  'a_b',
  'AXB',
  'A%B',
  'A_B_C',
  'SLICE-1',
  'SLICE-10',
  'slice-1',
  'SLICE_1',
  'ß',
  'ss',
  'SS',
  "it's",
  '"',
  '`',
  '\\',
  '\\_',
  '%',
  '_',
  '😀',
  'ı',
  'İ',
  'i',
  'ﬀ',
  'ff',
  '0',
  '',
  '日本',
  'Ω',
  'ω',
  'x\ty',
  'x\ny',
];
const DATES = ['2026-02-11', '2026-02-12', '2026-02-13'];

const name = fc.constantFrom(...NAMES);
/** Few enough that a pair of them is often a run. */
const fewNames = fc.constantFrom(...NAMES.slice(0, 12));
const date = fc.constantFrom(...DATES);
const epoch = fc.constantFrom('_1771000676695', '_1', '', '_17710006766950', '_x');

const runs = fc.array(
  fc.record({ dataset: fc.option(name), slice: name, date, epoch, status: fc.option(name) }).map(
    ({ dataset, slice, date, epoch, status }): Row =>
      runRow({
        OUTPUT_DATASET_ID: dataset,
        BUSINESS_DATE: date,
        DAG_RUN_ID: `FGW_calc_${date}_${slice}${epoch}`,
        STATUS: status,
      }),
  ),
  { minLength: 250, maxLength: 250 },
);
const tasks = fc.array(fc.record({ dag: fewNames, run: fewNames, map: fc.integer({ min: 0, max: 3 }) }), {
  minLength: 250,
  maxLength: 250,
});

const [RUNS, TASKS] = fc.sample(fc.tuple(runs, tasks), { numRuns: 1, seed: 7 })[0] as [Row[], never[]];
const taskRows = TASKS.map(({ dag, run, map }, index) =>
  taskRow({ task_id: `task_${index}`, dag_id: dag, run_id: run, map_index: map, start_date: null }),
);

describe('SQLite and MariaDB give the same rows', () => {
  const backends: Backend[] = [];
  beforeAll(async () => {
    for (const [, open] of BACKENDS)
      backends.push(await open({ WORKFLOW_RUN_INSTANCE: RUNS, task_instance: taskRows }));
  });
  afterAll(() => Promise.all(backends.map((backend) => backend.close())));

  const both = async <T>(ask: (backend: Backend) => Promise<T[]>) => {
    const [embedded, real] = await Promise.all(backends.map(ask));
    expect(real).toEqual(embedded);
    return embedded?.length ?? 0;
  };

  it('of runs, whatever the names of datasets and slices', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(name, { minLength: 1, maxLength: 8 }),
        name,
        date,
        date,
        async (names, one, from, to) => {
          const source = (backend: Backend) => openRunSource(backend.databases, scopeForTest());
          found += await both((backend) => source(backend).batchStatus({ datasetIds: names, businessDate: from }));
          found += await both((backend) => source(backend).historicalRuns({ datasetIds: names, from, to }));
          await both((backend) => source(backend).sliceStatus({ datasetId: one, slices: names, businessDate: from }));
        },
      ),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(300);
  });

  it('of one slice of one dataset', async () => {
    let found = 0;
    for (const dataset of NAMES) {
      for (const businessDate of DATES) {
        const about = { datasetId: dataset, slices: NAMES, businessDate };
        found += await both((backend) => openRunSource(backend.databases, scopeForTest()).sliceStatus(about));
      }
    }
    expect(found).toBeGreaterThan(50);
  });

  it('of tasks, whatever the names of DAGs and runs', async () => {
    let found = 0;
    const address = fc.record({ dagId: fewNames, runId: fewNames });
    await fc.assert(
      fc.asyncProperty(fc.array(address, { minLength: 20, maxLength: 60 }), async (addresses) => {
        found += await both((backend) => openTaskSource(backend.databases, scopeForTest()).taskDetails(addresses));
      }),
      { numRuns: 40 },
    );
    expect(found).toBeGreaterThan(500);
  });
});
