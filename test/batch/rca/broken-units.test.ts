import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/batch/rca/engine.ts';
import { define, EVENING, MORNING, run } from '../night-builder.ts';
import { dagRun, failedRun, history, scene, task } from './scene-builder.ts';

const MINUTE = 60_000;
const one = define([
  { datasetId: 'ds', slices: ['A', 'B', 'C'] },
  { datasetId: 'next', slices: ['N'], sequenceOrder: 1 },
]);
const [a, b] = [run({ slice: 'A' }), run({ slice: 'B' })];

describe('a run without a sign of life', () => {
  const open = run({ slice: 'C', status: 'RUNNING', ended: 25 });

  it('is stuck once its heartbeat is old, and names the task that was running', () => {
    const rows = [a, b, open];
    const tasks = [task(open, { state: 'running', ended: null })];
    const at = (minutes: number) => diagnose(scene(one, { rows, tasks, asOf: EVENING + minutes * MINUTE })).causes;
    expect(at(54)).toEqual([]);
    expect(at(56)).toMatchObject([{ family: 'stuck', slice: 'C', taskId: null, at: EVENING + 25 * MINUTE }]);
    expect(at(56)[0]?.evidence).toContainEqual(
      expect.objectContaining({
        kind: 'task',
        taskId: 'enrich_ds',
        says: expect.objectContaining({ state: 'running' }),
      }),
    );
  });

  it('is stuck where Airflow ended it and the platform was never told, but not in the minutes that telling takes', () => {
    const dagRuns = [dagRun(open, 'failed', 24)];
    const at = (minutes: number) =>
      diagnose(scene(one, { rows: [a, b, open], dagRuns, asOf: EVENING + minutes * MINUTE })).causes;
    expect(at(26)).toEqual([]);
    expect(at(30)).toMatchObject([{ family: 'stuck', slice: 'C', at: EVENING + 24 * MINUTE }]);
  });

  it('is one cause where several slices of a dataset go silent together', () => {
    const other = run({ slice: 'B', status: 'RUNNING', ended: 21 });
    const { causes } = diagnose(scene(one, { rows: [a, other, open] }));
    expect(causes).toMatchObject([{ family: 'stuck', slice: 'B', slices: ['B', 'C'], symptoms: 2 }]);
  });
});

describe('a cancelled unit', () => {
  it('is a cause only when every attempt was cancelled', () => {
    const cancelled = run({ slice: 'C', status: 'CANCELLED', ended: 12 });
    const again = run({ slice: 'C', status: 'CANCELLED', created: 40, ended: 41, trigger: 'ManualTrigger' });
    const { causes } = diagnose(scene(one, { rows: [a, b, cancelled, again] }));
    expect(causes).toMatchObject([{ family: 'cancelled', slice: 'C', at: EVENING + 12 * MINUTE }]);
    expect(causes[0]?.evidence).toHaveLength(2);

    const succeeded = run({ slice: 'C', created: 50, trigger: 'ManualTrigger' });
    const next = run({ dataset: 'next', slice: 'N', created: 90 });
    expect(diagnose(scene(one, { rows: [a, b, cancelled, succeeded, next] })).outcome).toBe('nothing_wrong');
  });
});

describe('a trigger that never came', () => {
  // C always begins 40 minutes after A and B.
  const past = history(20, [{ slice: 'A' }, { slice: 'B' }, { slice: 'C', created: 40 }]);
  const at = (minutes: number, more = {}) =>
    diagnose(scene(one, { rows: [a, b], history: past, asOf: EVENING + minutes * MINUTE, ...more })).causes;

  it('is a cause once the unit is overdue by its own history beside its siblings', () => {
    expect(at(45)).toEqual([]);
    expect(at(65)).toMatchObject([
      { family: 'missed_trigger', slice: 'C', confidence: 'medium', affects: { datasets: ['ds', 'next'] } },
    ]);
    expect(at(65)[0]?.evidence[0]).toMatchObject({ kind: 'absence', slice: 'C', whole: false });
  });

  it('takes longer to be sure of where little history is known', () => {
    expect(at(50, { history: [] })).toEqual([]);
    expect(at(65, { history: [] })).toMatchObject([{ family: 'missed_trigger', slice: 'C' }]);
  });

  it('is not looked for while something holds the unit up, nor without siblings', () => {
    const bad = failedRun({ slice: 'A' });
    const { causes } = diagnose(scene(one, { rows: [bad.row, b, run({ slice: 'C' })], tasks: bad.tasks }));
    expect(causes.map(({ family }) => family)).toEqual(['task_failure']);
    const all = [a, b, run({ slice: 'C' })];
    expect(diagnose(scene(one, { rows: all, asOf: MORNING })).causes.map(({ family }) => family)).not.toContain(
      'missed_trigger',
    );
  });

  it('is none for a slice that a FINAL does not owe', () => {
    const usual = history(10, [
      { slice: 'A', trigger: 'RerunTrigger', created: 200 },
      { slice: 'B', trigger: 'RerunTrigger', created: 200 },
    ]);
    const rerun = run({ slice: 'A', trigger: 'RerunTrigger', created: 200 });
    const { causes } = diagnose(scene(one, { phase: 'FINAL', rows: [rerun], history: usual }));
    expect(causes.map(({ family, slice }) => [family, slice])).toEqual([['missed_trigger', 'B']]);
  });
});
