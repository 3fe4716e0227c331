import { describe, expect, it } from 'vitest';
import type { TaskRow } from '../../src/batch/run.ts';
import { findDatasetAnywhere, findDatasets, matchesSlice } from '../../src/batch/slice-reference.ts';
import { firstFailure, taskAt } from '../../src/batch/task-state.ts';
import { define } from './night-builder.ts';

const derivatives = define(
  [
    { datasetId: 'com.jpmc.ct.lri.derivatives-calc_intercompany_fx_adjustment_e15' },
    { datasetId: 'com.jpmc.ct.lri.intercompany-intercompany_results', slices: ['AWS_OTC_DERIV_AGG_EMEA'] },
    { datasetId: 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1', slices: ['EMEA_DERIV_CFG'] },
  ],
  'TB-Derivatives',
);

describe('a loose reference', () => {
  it('ignores case, blanks, hyphens and underscores', () => {
    expect(matchesSlice('AWS_OTC_DERIV_AGG_EMEA', 'emea')).toBe(true);
    expect(matchesSlice('PB-NA-SLICE', 'pb na')).toBe(true);
    expect(matchesSlice('PB-NA-SLICE', 'apac')).toBe(false);
    expect(matchesSlice(null, 'emea')).toBe(false);
  });

  it('finds datasets by what they are called: the name itself before a part of it, a part before the namespace', () => {
    expect(findDatasets(derivatives, 'intercompany results')).toEqual([derivatives.datasets[1]?.datasetId]);
    expect(findDatasets(derivatives, 'cash flow')).toEqual([derivatives.datasets[2]?.datasetId]);
    expect(findDatasets(derivatives, 'intercompany')).toHaveLength(2);
    expect(findDatasets(derivatives, 'cfg')).toEqual([derivatives.datasets[2]?.datasetId]);
    expect(findDatasets(derivatives, 'nothing')).toEqual([]);
    expect(findDatasets(derivatives, ' ')).toEqual([]);
  });

  it('finds the essentials that have such a dataset', () => {
    expect(findDatasetAnywhere([derivatives], 'fx adjustment')).toEqual([
      { essential: 'TB-Derivatives', datasetId: derivatives.datasets[0]?.datasetId },
    ]);
  });
});

const task = (taskId: string, state: string | null, startedAt: number | null, endedAt: number | null): TaskRow => ({
  dagId: 'd',
  runId: 'r',
  taskId,
  mapIndex: -1,
  state,
  tryNumber: 1,
  maxTries: 1,
  queuedAt: startedAt === null ? null : startedAt - 5,
  startedAt,
  endedAt,
  updatedAt: endedAt,
  durationS: null,
  operator: null,
  hostname: 'pod',
});

describe('tasks', () => {
  it('the first failure is the earliest task that failed by itself, never an upstream_failed one', () => {
    const tasks = [
      task('end', 'upstream_failed', null, 50),
      task('late', 'failed', 40, 50),
      task('early', 'failed', 10, 45),
    ];
    expect(firstFailure(tasks)?.taskId).toBe('early');
    expect(firstFailure([task('end', 'upstream_failed', null, 50)])).toBeNull();
  });

  it('at the clock are as they were then', () => {
    const row = task('enrich', 'failed', 100, 200);
    expect(taskAt(row, 200)).toMatchObject({ state: 'failed', endedAt: 200 });
    expect(taskAt(row, 150)).toMatchObject({ state: 'running', endedAt: null });
    expect(taskAt(row, 97)).toMatchObject({ state: 'queued', startedAt: null, hostname: null });
    expect(taskAt(row, 90)).toMatchObject({ state: null, startedAt: null });
    expect(taskAt(task('end', 'upstream_failed', null, 200), 150).state).toBeNull();
  });
});
