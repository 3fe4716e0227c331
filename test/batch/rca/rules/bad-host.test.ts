import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/batch/rca/engine.ts';
import type { RunRow, TaskRow } from '../../../../src/batch/run.ts';
import { define, run } from '../../night-builder.ts';
import { failedRun, history, ordinaryTasks, scene } from '../scene-builder.ts';
import { withSlowTask } from './usual-night.ts';

const SLICES = ['A', 'B', 'C', 'D'];
const own = define(
  [
    { datasetId: 'ds', slices: SLICES },
    { datasetId: 'x', slices: SLICES },
  ],
  'own',
);
const other = define([{ datasetId: 'y', slices: SLICES }], 'other');
const USUAL = ['ds', 'x', 'y'].flatMap((dataset) => SLICES.map((slice) => ({ dataset, slice, created: 0, ended: 40 })));
const HOST = 'worker-7';

/** A night on twelve hosts, one a run, where some runs are `bad`: each of these had its longest task on the bad host. */
function night(bad: readonly string[], kind: 'failed' | 'slow', host: (name: string) => string | null = () => HOST) {
  const rows: RunRow[] = [];
  const tasks: TaskRow[] = [];
  for (const [index, sketch] of USUAL.entries()) {
    const name = `${sketch.dataset}/${sketch.slice}`;
    const [row, own] = bad.includes(name) ? badRun(sketch, kind) : goodRun(sketch);
    rows.push(row);
    const isBad = (task: TaskRow) => bad.includes(name) && task.taskId.startsWith('enrich');
    tasks.push(...own.map((task) => ({ ...task, hostname: isBad(task) ? host(name) : `worker-${100 + index}` })));
  }
  return { rows, tasks };
}
function badRun(sketch: (typeof USUAL)[number], kind: 'failed' | 'slow'): [RunRow, TaskRow[]] {
  if (kind === 'failed') {
    const { row, tasks } = failedRun(sketch);
    return [row, tasks];
  }
  const row = run({ ...sketch, ended: 200 });
  return [row, withSlowTask(row, 40, 'enrich', 160)];
}
function goodRun(sketch: (typeof USUAL)[number]): [RunRow, TaskRow[]] {
  const row = run(sketch);
  return [row, ordinaryTasks(row)];
}
function causesOf({ rows, tasks }: ReturnType<typeof night>) {
  const before = history(
    15,
    USUAL.filter(({ dataset }) => dataset !== 'y'),
  );
  const pastTasks = before.flatMap((row) => ordinaryTasks(row));
  return diagnose(scene(own, { others: [other], rows, tasks, history: before, pastTasks })).causes;
}

describe('a host on which tasks go wrong that go well elsewhere', () => {
  it('is the cause of failures of several datasets, which are then no causes of their own', () => {
    expect(causesOf(night(['ds/A', 'ds/C', 'x/B', 'y/D'], 'failed'))).toMatchObject([
      { family: 'bad_host', host: HOST, datasetId: null, taskId: null, symptoms: 4, minutes: null },
    ]);
  });

  it('is the cause for an essential with a single symptom of it', () => {
    expect(causesOf(night(['ds/A', 'y/B', 'y/C', 'y/D'], 'failed'))).toMatchObject([
      { family: 'bad_host', host: HOST },
    ]);
  });

  it('is no cause for an essential without one', () => {
    expect(causesOf(night(['y/A', 'y/B', 'y/C', 'y/D'], 'failed'))).toEqual([]);
  });

  it('is the cause of slowness, which is then neither code nor data', () => {
    const causes = causesOf(night(['ds/A', 'x/B', 'x/C'], 'slow'));
    expect(causes).toMatchObject([{ family: 'bad_host', host: HOST, symptoms: 3, minutes: 160 }]);
  });

  it('does not hide what failed elsewhere for a reason of its own', () => {
    const mixed = night(['ds/A', 'ds/C', 'x/B', 'y/D', 'x/D'], 'failed', (name) =>
      name === 'x/D' ? 'worker-50' : HOST,
    );
    // A different kind of task, or it would look like an outage of what both depend on.
    const tasks = mixed.tasks.map((task) =>
      task.hostname === 'worker-50' ? { ...task, operator: 'EpsEgressOperator', taskId: 'egress_x' } : task,
    );
    expect(causesOf({ ...mixed, tasks }).map(({ family }) => family)).toEqual(['bad_host', 'task_failure']);
  });
});

describe('what is no bad host', () => {
  it('is an outage that hit many hosts', () => {
    const causes = causesOf(night(['ds/A', 'ds/C', 'x/B', 'y/D'], 'failed', (name) => `worker-${name}`));
    expect(causes).toMatchObject([{ family: 'shared_dependency', operator: 'EpsEnrichmentOperator' }]);
  });

  it('is a dataset that is slow wherever it runs', () => {
    const host = (name: string) => (name < 'ds/C' ? 'worker-8' : 'worker-9');
    expect(causesOf(night(['ds/A', 'ds/B', 'ds/C', 'ds/D'], 'slow', host))).toMatchObject([
      { family: 'slow_run', datasetId: 'ds' },
    ]);
  });

  it('is a task without a host', () => {
    expect(
      causesOf(night(['ds/A', 'x/C', 'x/B', 'y/D'], 'failed', () => '')).map(({ family }) => family),
    ).not.toContain('bad_host');
  });

  it('is said with the figure', () => {
    const { rows, tasks } = night(['ds/A'], 'failed');
    expect(diagnose(scene(own, { rows, tasks })).ruledOut).toContainEqual({
      family: 'bad_host',
      why: 'The only bad task ran on one host, at most 1 on any.',
    });
  });
});
