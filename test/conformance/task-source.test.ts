import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskSource } from '../../src/batch/ports.ts';
import { openTaskSource } from '../../src/db/task-source.ts';
import { BACKENDS, type Backend, scopeForTest, taskRow } from './database-backends.ts';

const RUN_A = 'FGW_calc_V2_2026-02-13_A_1771000676695';
const RETRIED_FIRST = 'FGW_calc_V2_2026-02-13_E_1_1771000676695';
const RETRIED_AGAIN = 'FGW_calc_V2_2026-02-13_E_1_1771004276695';
const RUN_B = 'FGW_calc_V2_2026-02-13_B_1771000676695';

const TASKS = [
  taskRow({ task_id: 'end', state: 'upstream_failed' }),
  taskRow({
    task_id: 'egress_b',
    start_date: '2026-02-13 16:45:00.000000',
    state: 'failed',
    try_number: 3,
    duration: 28432.125,
  }),
  taskRow({ task_id: 'egress_a', start_date: '2026-02-13 16:45:00.000000' }),
  taskRow({ task_id: 'mapped', map_index: 1, start_date: '2026-02-13 16:45:00.000001' }),
  taskRow({ task_id: 'mapped', map_index: 0, start_date: '2026-02-13 16:45:00.000999' }),
  taskRow({
    task_id: 'start',
    queued_dttm: '2026-02-13 16:37:57.100000',
    start_date: '2026-02-13 16:38:00.123456',
    end_date: '2026-02-13 16:38:01.126999',
    updated_at: '2026-02-13 16:38:01.999999',
    duration: 1.003,
    state: 'success',
    hostname: 'pod-7',
    operator: 'EpsInitOperator',
  }),
  taskRow({ run_id: RUN_B, task_id: 'start', start_date: '2026-02-13 16:30:00.000000' }),
  taskRow({ dag_id: 'other_V1', run_id: RUN_B, task_id: 'start' }),
  taskRow({ run_id: RETRIED_FIRST, start_date: '2026-02-13 16:00:00.000000', state: 'failed' }),
  taskRow({ run_id: RETRIED_AGAIN, start_date: '2026-02-13 17:00:00.000000', state: 'success' }),
  // Units whose names nest in it, differ by case or by a wildcard of LIKE, or that have no epoch.
  taskRow({ run_id: 'FGW_calc_V2_2026-02-13_E_10_1771000676695' }),
  taskRow({ run_id: 'FGW_calc_V2_2026-02-13_E_1_7_1771000676695' }),
  taskRow({ run_id: 'FGW_calc_V2_2026-02-13_ExT_1771000676695' }),
  taskRow({ run_id: 'fgw_calc_V2_2026-02-13_E_1_1771000676697' }),
  taskRow({ run_id: 'FGW_calc_V2_2026-02-13_E_1_5x' }),
  taskRow({ run_id: 'FGW_calc_V2_2026-02-13_E_1' }),
  taskRow({ dag_id: 'CALC_v2', run_id: RUN_A.toLowerCase(), task_id: 'start-of-another-case' }),
];

const DAG_RUNS = [
  {
    id: 1,
    dag_id: 'calc_V2',
    run_id: RUN_A,
    state: 'failed',
    run_type: 'manual',
    start_date: '2026-02-13 16:37:58.500000',
    end_date: null,
  },
  { id: 2, dag_id: 'calc_V2', run_id: RUN_B, state: null, run_type: 'manual', start_date: null, end_date: null },
  { id: 3, dag_id: 'other_V1', run_id: RUN_B, state: 'success', run_type: 'manual', start_date: null, end_date: null },
];

describe.each(BACKENDS)('tasks from %s', (_name, open) => {
  let backend: Backend;
  let tasks: TaskSource;
  beforeAll(async () => {
    backend = await open({ task_instance: TASKS, dag_run: DAG_RUNS });
    tasks = openTaskSource(backend.databases, scopeForTest());
  });
  afterAll(() => backend?.close());

  it('reads every task of a run and of no other, in order of start, those not started last', async () => {
    const rows = await tasks.taskDetails([{ dagId: 'calc_V2', runId: RUN_A }]);
    expect(rows.map((row) => `${row.taskId}/${row.mapIndex}`)).toEqual([
      'start/-1',
      'egress_a/-1',
      'egress_b/-1',
      'mapped/0',
      'mapped/1',
      'end/-1',
    ]);
  });

  it('reads columns as they are: microseconds cut to milliseconds, seconds as MySQL shows a FLOAT', async () => {
    const [first, , third] = await tasks.taskDetails([{ dagId: 'calc_V2', runId: RUN_A }]);
    expect(first).toEqual({
      dagId: 'calc_V2',
      runId: RUN_A,
      taskId: 'start',
      mapIndex: -1,
      state: 'success',
      tryNumber: 1,
      maxTries: 2,
      queuedAt: Date.UTC(2026, 1, 13, 16, 37, 57, 100),
      startedAt: Date.UTC(2026, 1, 13, 16, 38, 0, 123),
      endedAt: Date.UTC(2026, 1, 13, 16, 38, 1, 126),
      updatedAt: Date.UTC(2026, 1, 13, 16, 38, 1, 999),
      durationS: 1.003,
      operator: 'EpsInitOperator',
      hostname: 'pod-7',
    });
    expect(third).toMatchObject({ tryNumber: 3, durationS: 28432.1, endedAt: null, operator: null });
  });

  it('matches dag_id and run_id together: the same run id of another DAG is another run', async () => {
    const rows = await tasks.taskDetails([
      { dagId: 'other_V1', runId: RUN_B },
      { dagId: 'calc_V2', runId: RUN_A },
    ]);
    expect(rows.filter((row) => row.runId === RUN_B).map((row) => row.dagId)).toEqual(['other_V1']);
    expect(rows).toHaveLength(7);
  });

  it('reads what Airflow says of runs, and nothing for runs that it does not know', async () => {
    const rows = await tasks.dagRuns([
      { dagId: 'calc_V2', runId: RUN_B },
      { dagId: 'calc_V2', runId: RUN_A },
      { dagId: 'calc_V2', runId: RUN_A },
      { dagId: 'calc_V2', runId: 'gone' },
    ]);
    expect(rows).toEqual([
      {
        dagId: 'calc_V2',
        runId: RUN_A,
        state: 'failed',
        startedAt: Date.UTC(2026, 1, 13, 16, 37, 58, 500),
        endedAt: null,
      },
      { dagId: 'calc_V2', runId: RUN_B, state: null, startedAt: null, endedAt: null },
    ]);
  });

  it('asks for hundreds of runs in a few statements, and still finds each', async () => {
    const scope = scopeForTest();
    const many = Array.from({ length: 1200 }, (_, n) => ({ dagId: `dag_${n % 300}`, runId: `run_${n}` }));
    const rows = await openTaskSource(backend.databases, scope).dagRuns([...many, { dagId: 'calc_V2', runId: RUN_A }]);
    expect(rows.map((row) => row.runId)).toEqual([RUN_A]);
    expect(scope.records).toHaveLength(2);
  });

  it('reads the tasks of every attempt at a unit, and of no other unit', async () => {
    const ofUnit = await tasks.attemptTasks([{ dagId: 'calc_V2', stem: 'FGW_calc_V2_2026-02-13_E_1' }]);
    expect(ofUnit.map((row) => row.runId)).toEqual([RETRIED_FIRST, RETRIED_AGAIN]);
    expect(await tasks.attemptTasks([{ dagId: 'calc_V2', stem: 'FGW_calc_V2_2026-02-13' }])).toEqual([]);
    expect(await tasks.attemptTasks([{ dagId: 'calc_V2', stem: 'FGW_calc_V2' }])).toEqual([]);
  });

  it('asks for hundreds of units in one statement, and not at all for ids without a business date', async () => {
    const scope = scopeForTest();
    const source = openTaskSource(backend.databases, scope);
    const stems = Array.from({ length: 250 }, (_, n) => ({ dagId: `dag_${n % 9}`, stem: `FGW_dag_2026-02-13_${n}` }));
    expect(
      await source.attemptTasks([...stems, { dagId: 'calc_V2', stem: 'FGW_calc_V2_2026-02-13_E_1' }]),
    ).toHaveLength(2);
    expect(scope.records).toHaveLength(1);
    expect(await source.attemptTasks([{ dagId: 'calc_V2', stem: 'manual__2026' }])).toEqual([]);
    expect(scope.records).toHaveLength(1);
  });

  it('gives complete data or RDS_TRUNCATED, and asks nothing when no run is meant', async () => {
    const scope = scopeForTest({ bound: 5 });
    const bounded = openTaskSource(backend.databases, scope);
    expect(await bounded.taskDetails([])).toEqual([]);
    expect(scope.records).toEqual([]);
    await expect(bounded.taskDetails([{ dagId: 'calc_V2', runId: RUN_A }])).rejects.toMatchObject({
      code: 'RDS_TRUNCATED',
    });
  });
});
