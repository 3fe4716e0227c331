import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/batch/rca/engine.ts';
import { DATE, define, EVENING, run } from '../night-builder.ts';
import { failedRun, history, ordinaryTasks, scene, task } from './scene-builder.ts';

const MINUTE = 60_000;
const two = define([
  { datasetId: 'below', slices: ['A', 'B'] },
  { datasetId: 'above', slices: ['A'], sequenceOrder: 1 },
]);

const past = history(8, [
  { dataset: 'below', slice: 'A' },
  { dataset: 'below', slice: 'B' },
  { dataset: 'above', slice: 'A', created: 40 },
]);
const sibling = run({ dataset: 'below', slice: 'A' });

describe('a task that failed', () => {
  it('is the cause, and what waits for it is not', () => {
    const good = run({ dataset: 'below', slice: 'A' });
    const bad = failedRun({ dataset: 'below', slice: 'B', ended: 20 });
    const diagnosis = diagnose(scene(two, { rows: [good, bad.row], tasks: [...ordinaryTasks(good), ...bad.tasks] }));
    expect(diagnosis.outcome).toBe('causes');
    expect(diagnosis.causes).toHaveLength(1);
    expect(diagnosis.causes[0]).toMatchObject({
      family: 'task_failure',
      rank: 1,
      confidence: 'high',
      datasetId: 'below',
      slice: 'B',
      taskId: 'enrich_below',
      tryNumber: 1,
      dagRunId: bad.row.dagRunId,
      at: EVENING + 20 * MINUTE,
      affects: { datasets: ['below', 'above'], essentials: ['E'] },
    });
  });

  it('is the earliest that failed by itself, even where a later one that never ran has an earlier start', () => {
    const { row, tasks } = failedRun({ dataset: 'below', slice: 'B' });
    const odd = task(row, { taskId: 'end', state: 'upstream_failed', started: 0, ended: 0 });
    const second = task(row, { taskId: 'egress_below', state: 'failed', started: 5, ended: 6 });
    const found = diagnose(scene(two, { rows: [sibling, row], tasks: [odd, second, ...tasks.slice(0, 2)] }));
    expect(found.causes.map((cause) => cause.taskId)).toEqual(['enrich_below']);
  });

  it('is another family where Airflow had retried it', () => {
    const { row, tasks } = failedRun({ dataset: 'below', slice: 'B' }, { tryNumber: 3 });
    expect(diagnose(scene(two, { rows: [sibling, row], tasks })).causes).toMatchObject([
      { family: 'retry_exhausted', slice: 'B', tryNumber: 3 },
    ]);
  });

  it('is no cause once a later attempt repaired it', () => {
    const bad = failedRun({ dataset: 'below', slice: 'A', ended: 10 });
    const rows = [
      bad.row,
      run({ dataset: 'below', slice: 'A', created: 30, trigger: 'ManualTrigger' }),
      run({ dataset: 'below', slice: 'B' }),
      run({ dataset: 'above', slice: 'A', created: 70 }),
    ];
    const diagnosis = diagnose(scene(two, { rows, tasks: bad.tasks }));
    expect(diagnosis.outcome).toBe('nothing_wrong');
    expect(diagnosis.causes).toEqual([]);
  });

  it('dates from the first attempt that failed alike, and a cancelled retry hides nothing', () => {
    const first = failedRun({ dataset: 'below', slice: 'A', ended: 10 });
    const second = failedRun({ dataset: 'below', slice: 'A', created: 60, ended: 80, trigger: 'ManualTrigger' });
    const cancelled = run({ dataset: 'below', slice: 'A', created: 90, trigger: 'ManualTrigger', status: 'CANCELLED' });
    const { causes } = diagnose(
      scene(two, {
        rows: [cancelled, second.row, first.row, run({ dataset: 'below', slice: 'B' })],
        tasks: [...second.tasks, ...first.tasks],
      }),
    );
    expect(causes).toMatchObject([{ slice: 'A', dagRunId: second.row.dagRunId, at: EVENING + 10 * MINUTE }]);
  });

  it('in several slices at once is one cause, led by the first', () => {
    const [b, a] = [
      failedRun({ dataset: 'below', slice: 'B', ended: 12 }),
      failedRun({ dataset: 'below', slice: 'A', ended: 15 }),
    ];
    const { causes } = diagnose(scene(two, { rows: [a.row, b.row], tasks: [...a.tasks, ...b.tasks] }));
    expect(causes).toMatchObject([{ slice: 'B', slices: ['B', 'A'], symptoms: 2 }]);
  });

  it('cannot be told without its row: nothing is blamed, and the gap is named', () => {
    const { row, tasks } = failedRun({ dataset: 'below', slice: 'B' });
    for (const left of [[], tasks.filter((one) => one.state !== 'failed')]) {
      const diagnosis = diagnose(scene(two, { rows: [sibling, row], tasks: left }));
      expect(diagnosis).toMatchObject({ outcome: 'cannot_tell', causes: [] });
      expect(diagnosis.gaps.join()).toContain('B');
    }
  });

  it('has not happened yet at an earlier clock', () => {
    const { row, tasks } = failedRun({ dataset: 'below', slice: 'B', ended: 20 });
    const before = diagnose(scene(two, { rows: [sibling, row], tasks, history: past, asOf: EVENING + 10 * MINUTE }));
    expect(before).toMatchObject({ outcome: 'nothing_wrong', causes: [] });
  });

  it('lies in another essential when that one holds up a shared slice', () => {
    const own = define([{ datasetId: 'shared', slices: ['S'], sequenceOrder: 1 }], 'own');
    const other = define(
      [
        { datasetId: 'elsewhere', slices: ['X'] },
        { datasetId: 'shared', slices: ['S', 'T'], sequenceOrder: 1 },
      ],
      'other',
    );
    const { row, tasks } = failedRun({ dataset: 'elsewhere', slice: 'X' });
    const { causes } = diagnose(scene(own, { others: [other], rows: [row], tasks, businessDate: DATE }));
    expect(causes).toMatchObject([
      {
        datasetId: 'elsewhere',
        slice: 'X',
        affects: { datasets: ['elsewhere', 'shared'], essentials: ['own', 'other'] },
      },
    ]);
  });
});
