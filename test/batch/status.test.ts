import { describe, expect, it } from 'vitest';
import { assessPhase } from '../../src/batch/night.ts';
import type { UnitState } from '../../src/batch/state.ts';
import { datasetStatus, essentialStatus } from '../../src/batch/status.ts';
import { define, night, rerun, run } from './night-builder.ts';

type Status = UnitState['status'];
const judged = (statuses: readonly Status[]) =>
  statuses.map((status) => ({ status, attemptCount: status === 'WAITING' || status === 'NOT_STARTED' ? 0 : 1 }));

describe('status of a dataset: the first line that applies', () => {
  it.each<[Status[], Status]>([
    [['FAILED', 'RUNNING', 'SUCCESS'], 'FAILED'],
    [['RUNNING', 'QUEUED', 'UNKNOWN', 'SUCCESS'], 'RUNNING'],
    [['QUEUED', 'UNKNOWN', 'SUCCESS'], 'QUEUED'],
    [['UNKNOWN', 'SUCCESS', 'CANCELLED'], 'UNKNOWN'],
    [['SUCCESS', 'SUCCESS'], 'SUCCESS'],
    [['CANCELLED', 'SUCCESS', 'WAITING'], 'CANCELLED'],
    [['SUCCESS', 'NOT_STARTED'], 'WAITING'],
    [['WAITING', 'NOT_STARTED'], 'WAITING'],
    [['NOT_STARTED', 'NOT_STARTED'], 'NOT_STARTED'],
    [[], 'NOT_STARTED'],
  ])('%j is %s', (units, expected) => {
    expect(datasetStatus(judged(units))).toBe(expected);
  });
});

describe('status of an essential: the first line that applies', () => {
  it.each<[Status[], string]>([
    [['NOT_STARTED', 'WAITING'], 'NOT_STARTED'],
    [['SUCCESS', 'SUCCESS'], 'SUCCESS'],
    [['FAILED', 'SUCCESS'], 'PARTIAL_FAILURE'],
    [['FAILED', 'RUNNING'], 'PARTIAL_FAILURE'],
    [['FAILED', 'QUEUED'], 'PARTIAL_FAILURE'],
    [['FAILED', 'WAITING'], 'FAILED'],
    [['FAILED', 'UNKNOWN'], 'FAILED'],
    [['CANCELLED', 'SUCCESS'], 'PARTIAL_FAILURE'],
    [['CANCELLED', 'NOT_STARTED'], 'FAILED'],
    [['RUNNING', 'UNKNOWN', 'SUCCESS'], 'RUNNING'],
    [['QUEUED', 'SUCCESS'], 'RUNNING'],
    [['UNKNOWN', 'SUCCESS'], 'UNKNOWN'],
    [['SUCCESS', 'WAITING'], 'WAITING'],
    [['SUCCESS', 'NOT_STARTED'], 'WAITING'],
  ])('%j is %s', (units, expected) => {
    expect(essentialStatus(judged(units))).toBe(expected);
  });
});

describe('a unit without a run', () => {
  const chain = define([
    { datasetId: 'first', slices: ['A'] },
    { datasetId: 'second', slices: ['A'], sequenceOrder: 5 },
  ]);
  const statuses = (rows: Parameters<typeof night>[1], more = {}) =>
    assessPhase(night(chain, rows, more), 'PRELIM').datasets.map((dataset) => dataset.status);

  it('is WAITING while a lower step is incomplete', () => {
    expect(statuses([run({ dataset: 'first', status: 'FAILED' })])).toEqual(['FAILED', 'WAITING']);
    expect(statuses([])).toEqual(['NOT_STARTED', 'WAITING']);
  });

  it('is NOT_STARTED once the lower steps are done', () => {
    expect(statuses([run({ dataset: 'first' })])).toEqual(['SUCCESS', 'NOT_STARTED']);
  });

  it('waits in its own phase only', () => {
    const rows = [run({ dataset: 'first' }), rerun({ dataset: 'first', status: 'FAILED' })];
    expect(statuses(rows)).toEqual(['SUCCESS', 'NOT_STARTED']);
  });

  it('is WAITING when another essential that lists its slice holds it up', () => {
    const shared = define([{ datasetId: 'shared', slices: ['A', 'B'] }]);
    const other = define(
      [
        { datasetId: 'first', slices: ['A'] },
        { datasetId: 'shared', slices: ['A'], sequenceOrder: 1 },
      ],
      'OTHER',
    );
    const units = (rows: Parameters<typeof night>[1]) =>
      assessPhase(night(shared, rows, { others: [other] }), 'PRELIM').datasets[0]?.units.map((unit) => unit.status);
    expect(units([run({ dataset: 'first', status: 'RUNNING', ended: 710 })])).toEqual(['WAITING', 'NOT_STARTED']);
    expect(units([run({ dataset: 'first' })])).toEqual(['NOT_STARTED', 'NOT_STARTED']);
  });
});

describe('progress', () => {
  const three = define([
    { datasetId: 'a', slices: ['X', 'Y'] },
    { datasetId: 'b', slices: ['X'] },
    { datasetId: 'c', slices: ['X'], sequenceOrder: 7 },
  ]);
  const progress = (...rows: Parameters<typeof night>[1][]) =>
    assessPhase(night(three, rows.flat()), 'PRELIM').progress;

  it('counts distinct sequence orders, not their numbers', () => {
    expect(progress()).toEqual({ step: 1, of: 2, datasetsDone: 0, datasets: 3, slicesDone: 0, slices: 4 });
  });

  it('stays at a step until every dataset of it is done', () => {
    const a = [run({ dataset: 'a', slice: 'X' }), run({ dataset: 'a', slice: 'Y' })];
    expect(progress(a)).toMatchObject({ step: 1, datasetsDone: 1, slicesDone: 2 });
    expect(progress(a, [run({ dataset: 'b', slice: 'X' })])).toMatchObject({ step: 2, datasetsDone: 2 });
  });

  it('ends at step = of', () => {
    const all = ['a', 'b', 'c'].flatMap((dataset) => [run({ dataset, slice: 'X' }), run({ dataset, slice: 'Y' })]);
    expect(progress(all)).toMatchObject({ step: 2, of: 2, slicesDone: 4 });
  });
});

describe('the definition', () => {
  it('that took effect after the business date is said to differ, perhaps', () => {
    const later = {
      ...define([{ datasetId: 'ds', slices: ['A'] }]),
      effectiveFrom: Date.parse('2026-02-14T17:33:32Z'),
    };
    expect(assessPhase(night(later, [run()]), 'PRELIM').gaps.join()).toContain('may have differed');
    const earlier = { ...later, effectiveFrom: Date.parse('2026-02-13T17:33:32Z') };
    expect(assessPhase(night(earlier, [run()]), 'PRELIM').gaps).toEqual([]);
  });
});
