import { describe, expect, it } from 'vitest';
import { diagnose, pastRunsWanted } from '../../../../src/batch/rca/engine.ts';
import type { RunRow } from '../../../../src/batch/run.ts';
import { define, run } from '../../night-builder.ts';
import { history, ordinaryTasks, scene } from '../scene-builder.ts';
import { at, delayedFrom, past, tonight, USUAL, usualScene, withSlowTask } from './usual-night.ts';

const EXTRA = 90;
const usualMinutes = (row: RunRow) => {
  const sketch = USUAL.find(({ dataset, slice }) => dataset === row.datasetId && row.dagRunId?.includes(`_${slice}_`));
  return (sketch?.ended ?? 30) - (sketch?.created ?? 0);
};

/** The slices took longer because one of their tasks did; what comes after is as late. */
function slowNight(slices: readonly string[], kind = 'enrich', extra = EXTRA) {
  const changes = Object.fromEntries(
    USUAL.filter(({ slice }) => slice !== null && slice !== undefined && slices.includes(slice)).map(
      ({ slice, created, ended }) => [`ds/${slice}`, { created, ended: ended + extra }],
    ),
  );
  const rows = tonight({ ...delayedFrom(60, extra - 20), ...changes });
  const tasks = rows.flatMap((row) =>
    row.datasetId === 'ds' && slices.some((slice) => row.dagRunId?.includes(`_${slice}_`))
      ? withSlowTask(row, usualMinutes(row), kind, extra)
      : ordinaryTasks(row),
  );
  return { rows, tasks };
}
const causesOf = (night: { rows: RunRow[]; tasks: ReturnType<typeof ordinaryTasks> }, more = {}) =>
  diagnose(usualScene(night.rows, { tasks: night.tasks, ...more })).causes;

describe('a task that ran far longer than its own history', () => {
  it('is a slow run where its siblings were slow too, and names the task that lost the time', () => {
    const causes = causesOf(slowNight(['A', 'B', 'C'], 'egress'));
    expect(causes).toMatchObject([{ family: 'slow_run', datasetId: 'ds', taskId: 'egress_ds', minutes: EXTRA }]);
    expect([...(causes[0]?.slices ?? [])].sort()).toEqual(['A', 'B', 'C']);
  });

  it('is skewed data where one slice alone was slow', () => {
    const causes = causesOf(slowNight(['B']));
    expect(causes).toMatchObject([
      { family: 'data_skew', datasetId: 'ds', slice: 'B', slices: ['B'], taskId: 'enrich_ds', minutes: EXTRA },
    ]);
    expect(causes[0]?.evidence.map(({ kind }) => kind).sort()).toEqual(['run', 'task', 'usual']);
  });

  it('looks at siblings that only another essential lists', () => {
    const own = define(
      [
        { datasetId: 'ds', slices: ['B'] },
        { datasetId: 'next', sequenceOrder: 1 },
      ],
      'own',
    );
    const other = define([{ datasetId: 'ds', slices: ['A', 'C'] }], 'other');
    const before = past();
    const opened = (night: ReturnType<typeof slowNight>) =>
      scene(own, {
        others: [other],
        ...night,
        history: before,
        pastTasks: before.flatMap((row) => ordinaryTasks(row)),
      });
    expect(diagnose(opened(slowNight(['B']))).causes).toMatchObject([{ family: 'data_skew', slice: 'B' }]);
    expect(diagnose(opened(slowNight(['A', 'B', 'C']))).causes).toMatchObject([{ family: 'slow_run', slice: 'B' }]);
    const rows = tonight({ 'ds/A': { created: 0, ended: 30 + EXTRA } });
    const [slow, ...others] = rows;
    const tasks = [
      ...withSlowTask(slow as RunRow, 30, 'enrich', EXTRA),
      ...others.flatMap((row) => ordinaryTasks(row)),
    ];
    // Nobody here waits for a slice of somebody else.
    expect(diagnose(opened({ rows, tasks })).causes).toEqual([]);
  });

  it('is a slow run where there are no siblings', () => {
    const rows = tonight({ ...delayedFrom(90, EXTRA), next: { created: 62, ended: 92 + EXTRA } });
    const tasks = rows.flatMap((row) =>
      row.datasetId === 'next' ? withSlowTask(row, 30, 'enrich', EXTRA) : ordinaryTasks(row),
    );
    expect(causesOf({ rows, tasks })).toMatchObject([{ family: 'slow_run', datasetId: 'next', slice: null }]);
  });

  it('is told while it still runs', () => {
    const now = at(150);
    const rows = tonight({ 'ds/C': { ended: 149, status: 'RUNNING' }, next: null, last: null });
    const running = ordinaryTasks(rows[2] as RunRow, 60).slice(0, 2);
    const tasks = [
      ...rows.slice(0, 2).flatMap((row) => ordinaryTasks(row)),
      ...running.map((task, index) => (index === 1 ? { ...task, state: 'running', endedAt: null } : task)),
    ];
    expect(causesOf({ rows, tasks }, { asOf: now })).toMatchObject([
      { family: 'data_skew', slice: 'C', taskId: 'enrich_ds' },
    ]);
  });
});

describe('what is no slow run', () => {
  it('is a night like the others', () => {
    const { causes, outcome, ruledOut } = diagnose(usualScene(tonight()));
    expect(causes).toEqual([]);
    expect(outcome).toBe('nothing_wrong');
    expect(ruledOut).toContainEqual({
      family: 'slow_run',
      why: 'No task of 5 runs with history ran far longer than its own history.',
    });
  });

  it('is a run as slow as one of the past was', () => {
    const slowOnce = past().map((row, index) =>
      index === 36 && row.datasetId === 'ds' ? { ...row, updatedAt: row.updatedAt + 1.5 * EXTRA * 60_000 } : row,
    );
    const unit = slowOnce[36] as RunRow;
    const slice = USUAL.find(({ slice }) => slice && unit.dagRunId?.includes(`_${slice}_`))?.slice as string;
    expect(
      causesOf(slowNight([slice]), { history: slowOnce, pastTasks: slowOnce.flatMap((row) => ordinaryTasks(row)) }),
    ).toEqual([]);
  });

  it('is a run whose time went on an earlier try', () => {
    const rows = tonight({ ...delayedFrom(60, EXTRA), 'ds/C': { created: 0, ended: 60 + EXTRA } });
    const tasks = rows.flatMap((row) => {
      if (!row.dagRunId?.includes('_C_')) return ordinaryTasks(row);
      // Airflow keeps the last try only: it started late and took what it usually takes.
      return ordinaryTasks(row, 60).map((task) => ({
        ...task,
        tryNumber: task.taskId.startsWith('enrich') ? 2 : 1,
        ...(task.taskId === 'start'
          ? {}
          : {
              queuedAt: (task.queuedAt ?? 0) + EXTRA * 60_000,
              startedAt: (task.startedAt ?? 0) + EXTRA * 60_000,
              endedAt: (task.endedAt ?? 0) + EXTRA * 60_000,
            }),
      }));
    });
    expect(causesOf({ rows, tasks })).toEqual([]);
  });

  it('is a run without a sign of life', () => {
    const rows = tonight({ 'ds/C': { ended: 50, status: 'RUNNING' }, next: null, last: null });
    const tasks = rows.slice(0, 2).flatMap((row) => ordinaryTasks(row));
    expect(causesOf({ rows, tasks }, { asOf: at(240) })).toMatchObject([{ family: 'stuck' }]);
  });

  it('is a slow slice in the shadow of a slower sibling, when all is done in time', () => {
    const rows = tonight({ 'ds/A': { created: 0, ended: 55 } });
    const tasks = rows.flatMap((row) =>
      row.dagRunId?.includes('_A_') ? withSlowTask(row, 30, 'enrich', 25) : ordinaryTasks(row),
    );
    expect(causesOf({ rows, tasks })).toEqual([]);
  });

  it('cannot be told with four comparable dates, nor blamed', () => {
    const before = history(4, USUAL);
    const night = slowNight(['A', 'B', 'C']);
    const { causes, gaps } = diagnose(usualScene(night.rows, { tasks: night.tasks, history: before }));
    expect(causes).toEqual([]);
    expect(gaps.join(' ')).toContain('fewer than 5 comparable dates');
  });

  it('is a month-end as slow as the last one was', () => {
    const monthEnd = '2026-02-27';
    const before = history(25, USUAL).map((row) =>
      row.businessDate === '2026-01-30'
        ? { ...row, updatedAt: row.createdAt + (row.updatedAt - row.createdAt) * 1.9 }
        : row,
    );
    const rows = USUAL.map((sketch) =>
      run({
        ...sketch,
        date: monthEnd,
        created: sketch.created * 1.95,
        ended: sketch.created * 1.95 + (sketch.ended - sketch.created) * 1.95,
      }),
    );
    const asOf = Date.parse('2026-02-28T08:00:00Z');
    expect(diagnose(usualScene(rows, { businessDate: monthEnd, asOf, history: before })).causes).toEqual([]);
  });
});

describe('what is read of the past', () => {
  it('is the latest and the longest runs of what took long, and nothing of what did not', () => {
    const { rows, tasks } = slowNight(['B']);
    const before = past(40);
    const wanted = pastRunsWanted(usualScene(rows, { tasks, history: before, pastTasks: [] }));
    const ofB = before.filter(({ dagRunId }) => dagRunId?.includes('_B_'));
    expect(wanted.length).toBe(13);
    expect(wanted.every(({ runId }) => ofB.some(({ dagRunId }) => dagRunId === runId))).toBe(true);
  });

  it('is not needed where a task alone took longer than the whole run ever has', () => {
    const { rows, tasks } = slowNight(['B']);
    expect(diagnose(usualScene(rows, { tasks, pastTasks: [] })).causes).toMatchObject([
      { family: 'data_skew', slice: 'B', taskId: 'enrich_ds' },
    ]);
  });

  it('leaves open which part was slow where the tasks are not there', () => {
    const { rows } = slowNight(['B']);
    const { causes, outcome } = diagnose(usualScene(rows, { tasks: [], pastTasks: [], unread: new Set(['tasks']) }));
    expect({ causes, outcome }).toEqual({ causes: [], outcome: 'cannot_tell' });
  });
});
