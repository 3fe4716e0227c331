import { describe, expect, it } from 'vitest';
import { diagnose, pastRunsWanted } from '../../../src/batch/rca/engine.ts';
import { recurrencesOf } from '../../../src/batch/rca/recurrence.ts';
import { openScene } from '../../../src/batch/rca/scene.ts';
import { define, earlierDates, run } from '../night-builder.ts';
import { failedRun, ordinaryTasks, scene, sceneInput } from './scene-builder.ts';

const definition = define([
  { datasetId: 'ds', slices: ['A'] },
  { datasetId: 'next', slices: ['N'], sequenceOrder: 1 },
  { datasetId: 'last', slices: ['L'], sequenceOrder: 2 },
]);
const dates = earlierDates(14);
/** Failed on the 2nd and 4th of the latest dates, and long ago; repaired by hand 50 minutes after the failure. */
const FAILED_ON = [1, 3, 12];
const past = dates.flatMap((date, index) => {
  if (!FAILED_ON.includes(index)) return [{ row: run({ date, slice: 'A', dataset: 'ds' }), tasks: [] }];
  const repair = run({ date, dataset: 'ds', slice: 'A', created: 40, ended: 60, trigger: 'ManualTrigger' });
  return [failedRun({ date, dataset: 'ds', slice: 'A', ended: 10 }), { row: repair, tasks: [] }];
});
const bad = failedRun({ dataset: 'ds', slice: 'A', ended: 20 });
const input = sceneInput(definition, {
  rows: [bad.row],
  tasks: bad.tasks,
  history: past.map(({ row }) => row),
  pastTasks: past.flatMap(({ tasks }) => tasks),
});

describe('whether it failed before', () => {
  it('counts the same task on the last ten dates of the dataset, with what ended it last time', () => {
    const [cause] = diagnose(openScene(input)).causes;
    expect(cause?.recurring).toEqual({
      failed: 2,
      of: 10,
      dates: [dates[1], dates[3]],
      lastRemedy: { businessDate: dates[1], how: 'manual_retry', afterMinutes: 50 },
    });
    expect(recurrencesOf(openScene(input))).toMatchObject([{ datasetId: 'ds', taskId: 'enrich_ds' }]);
  });

  it('asks for the tasks of just those earlier runs that failed', () => {
    const wanted = pastRunsWanted(openScene({ ...input, pastTasks: [] })).map(({ runId }) => runId);
    const failed = past.filter(({ row }) => row.status === 'FAILED').map(({ row }) => row.dagRunId);
    expect(failed.slice(0, 2).every((runId) => wanted.includes(runId as string))).toBe(true);
  });

  it('does not count another task, nor claim a history that was not read', () => {
    const other = failedRun({ dataset: 'ds', slice: 'A', ended: 20 }, { taskId: 'egress_ds' });
    const [cause] = diagnose(openScene({ ...input, rows: [other.row], tasks: other.tasks })).causes;
    expect(cause?.recurring).toMatchObject({ failed: 0, of: 10 });
    const unread = diagnose(openScene({ ...input, unread: new Set(['past_tasks']) })).causes;
    expect(unread[0]?.recurring).toBeNull();
  });

  it('finds the failure of an attempt whose row a retry overwrote, where Airflow still has it', () => {
    const date = dates[0] as string;
    const row = run({ date, dataset: 'ds', slice: 'A', created: 0, epoch: 90, ended: 120, trigger: 'ManualTrigger' });
    const before = failedRun({ date, dataset: 'ds', slice: 'A', created: 0, ended: 12 });
    const history = [row, ...past.slice(1).map((one) => one.row)];
    const [cause] = diagnose(openScene({ ...input, history, pastTasks: before.tasks })).causes;
    expect(cause?.recurring).toMatchObject({ failed: 1, dates: [date], lastRemedy: { afterMinutes: 108 } });
  });
});

describe('what is told beside the causes', () => {
  it('is what they block, and what keeps failing', () => {
    const { observations } = diagnose(openScene(input));
    expect(observations).toEqual([
      { kind: 'blocked_upstream', datasetIds: ['next', 'last'], by: 'ds' },
      { kind: 'recurring', datasetId: 'ds', taskId: 'enrich_ds', failed: 2, of: 10 },
    ]);
  });

  it('is what was repaired, in a row of its own or in place, and what only went well on a later try', () => {
    const retried = run({ dataset: 'ds', slice: 'A', created: 40, ended: 60, trigger: 'ManualTrigger' });
    const inPlace = run({ dataset: 'next', slice: 'N', created: 70, epoch: 100, ended: 120, trigger: 'ManualTrigger' });
    const last = run({ dataset: 'last', slice: 'L', created: 130 });
    const tries = ordinaryTasks(last).map((one, index) => (index === 1 ? { ...one, tryNumber: 2 } : one));
    const { outcome, causes, observations } = diagnose(
      scene(definition, { rows: [bad.row, retried, inPlace, last], tasks: [...bad.tasks, ...tries] }),
    );
    expect({ outcome, causes }).toEqual({ outcome: 'nothing_wrong', causes: [] });
    expect(observations).toEqual([
      { kind: 'repaired', datasetId: 'ds', slice: 'A', attempts: 2, afterMinutes: 40, rewritten: false },
      { kind: 'repaired', datasetId: 'next', slice: 'N', attempts: 2, afterMinutes: null, rewritten: true },
      { kind: 'flaky', datasetId: 'last', slice: 'L', taskId: 'enrich_last', tryNumber: 2 },
    ]);
  });
});

describe('what a cause affects', () => {
  const other = define(
    [
      { datasetId: 'ds', slices: ['A', 'B'] },
      { datasetId: 'x', sequenceOrder: 1 },
    ],
    'listing',
  );
  const apart = define([{ datasetId: 'ds', slices: ['B'] }], 'apart');
  const behind = define([{ datasetId: 'last', slices: ['L'] }], 'behind');

  it('is every dataset that waits, and every essential that lists a broken or waiting unit', () => {
    const done = run({ dataset: 'ds', slice: 'B' });
    const { causes } = diagnose(openScene({ ...input, others: [other, apart, behind], rows: [bad.row, done] }));
    expect(causes[0]?.affects).toEqual({ datasets: ['ds', 'next', 'last'], essentials: ['E', 'listing', 'behind'] });
  });

  it('leaves out what was complete all the same', () => {
    const early = run({ dataset: 'next', slice: 'N', created: 5 });
    const { causes } = diagnose(openScene({ ...input, rows: [bad.row, early] }));
    expect(causes[0]?.affects.datasets).toEqual(['ds', 'last']);
  });
});

describe('rank', () => {
  it('puts what breaks first, then what more waits for, then what came first', () => {
    const twin = define([
      { datasetId: 'side', slices: ['S'], sequenceOrder: 1 },
      { datasetId: 'ds', slices: ['A'] },
      { datasetId: 'next', slices: ['N'], sequenceOrder: 2 },
    ]);
    // A run that went ahead although the step below it had failed.
    const side = failedRun({ dataset: 'side', slice: 'S', ended: 5 });
    const { causes } = diagnose(scene(twin, { rows: [bad.row, side.row], tasks: [...bad.tasks, ...side.tasks] }));
    expect(causes.map(({ rank, datasetId }) => [rank, datasetId])).toEqual([
      [1, 'side'],
      [2, 'ds'],
    ]);
  });
});
