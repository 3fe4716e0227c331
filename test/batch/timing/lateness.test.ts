import { describe, expect, it } from 'vitest';
import { latenessOf } from '../../../src/batch/timing/lateness.ts';
import { run } from '../night-builder.ts';
import { at, delayedFrom, MINUTE, past, tonight, USUAL, usualScene } from '../rca/rules/usual-night.ts';
import { history, ordinaryTasks } from '../rca/scene-builder.ts';

const namesOf = (lateness: ReturnType<typeof latenessOf>) =>
  lateness?.path.map(({ datasetId, slice }) => (slice === null ? datasetId : `${datasetId}/${slice}`));
/** History that is the same every night: minutes can be told exactly. */
const steady = history(10, USUAL, 0);
const lateness = (rows: ReturnType<typeof tonight>, more = {}) =>
  latenessOf(usualScene(rows, { history: steady, ...more }));

describe('where the minutes of a late phase were lost', () => {
  it('is nowhere on a night as usual', () => {
    const found = lateness(tonight());
    expect(found).toMatchObject({ ended: true, totalMinutes: 0, usualEndAt: at(124), endAt: at(124), basis: 9 });
    expect(found?.parts).toEqual({ late_start: 0, queue: 0, run: 0, retry: 0, waiting: 0 });
    expect(namesOf(found)).toEqual(['ds/C', 'next', 'last']);
  });

  it('is the start where the first run came late', () => {
    const found = lateness(tonight(delayedFrom(0, 45)));
    expect(found?.parts).toEqual({ late_start: 45, queue: 0, run: 0, retry: 0, waiting: 0 });
  });

  it('is a run, and the slack that a slower slice used up is given back', () => {
    const found = lateness(tonight({ ...delayedFrom(60, 30), 'ds/A': { created: 0, ended: 90 } }));
    expect(namesOf(found)).toEqual(['ds/A', 'next', 'last']);
    // 60 minutes over its own 30, of which the usual end of the step, at 60, takes 30.
    expect(found?.path[0]?.minutes).toEqual({ late_start: 0, queue: 0, run: 60, retry: 0, waiting: -30 });
    expect(found?.totalMinutes).toBe(30);
  });

  it('is the queue where tasks stood in one, not the run', () => {
    const rows = tonight({ last: { created: 94, ended: 164 } });
    const last = rows.at(-1);
    const tasks = rows.flatMap((row) =>
      ordinaryTasks(row, row === last ? 30 : undefined).map((task) => {
        if (row !== last || task.taskId === 'start') return task;
        const later = (instant: number | null) => (instant === null ? null : instant + 40 * MINUTE);
        const queuedAt = task.taskId.startsWith('enrich') ? task.queuedAt : later(task.queuedAt);
        return { ...task, queuedAt, startedAt: later(task.startedAt), endedAt: later(task.endedAt) };
      }),
    );
    expect(lateness(rows, { tasks })?.parts).toEqual({ late_start: 0, queue: 40, run: 0, retry: 0, waiting: 0 });
  });

  it('is the retry where a failure was repaired, also in place', () => {
    const repaired = [
      ...tonight({ ...delayedFrom(60, 50), 'ds/C': { ended: 20, status: 'FAILED' } }),
      run({ dataset: 'ds', slice: 'C', created: 50, ended: 110, trigger: 'ManualTrigger' }),
    ];
    expect(lateness(repaired)?.parts).toEqual({ late_start: 0, queue: 0, run: 0, retry: 50, waiting: 0 });
    const inPlace = tonight({
      ...delayedFrom(60, 50),
      'ds/C': { created: 0, epoch: 50, ended: 110, trigger: 'ManualTrigger' },
    });
    expect(lateness(inPlace)?.parts).toEqual({ late_start: 0, queue: 0, run: 0, retry: 50, waiting: 0 });
  });

  it('is waiting where a trigger came late between two steps', () => {
    expect(lateness(tonight(delayedFrom(90, 100)))?.parts).toEqual({
      late_start: 0,
      queue: 0,
      run: 0,
      retry: 0,
      waiting: 100,
    });
  });

  it('is so far that of the unit which holds the phase up now', () => {
    const rows = tonight({ 'ds/B': { ended: 199, status: 'RUNNING' }, next: null, last: null });
    const found = lateness(rows, { asOf: at(200) });
    expect(found).toMatchObject({ ended: false, endAt: at(200), totalMinutes: 76 });
    expect(found?.path).toMatchObject([{ datasetId: 'ds', slice: 'B', endedAt: null, minutes: { run: 160 } }]);
  });

  it('cannot be told without history, nor when nothing ran', () => {
    expect(lateness(tonight(), { history: history(2, USUAL) })).toBeNull();
    expect(lateness([])).toBeNull();
  });
});

describe('slack', () => {
  it('is what a dataset could have taken longer; none on the critical path', () => {
    const rows = tonight({ 'ds/C': { created: 0, ended: 60 } });
    expect(lateness(rows)?.slack).toEqual([
      { datasetId: 'ds', minutes: 0 },
      { datasetId: 'next', minutes: 0 },
      { datasetId: 'last', minutes: 0 },
    ]);
  });
});

it('takes no night for comparison that ran only a part', () => {
  const partial = past(20).filter(({ datasetId, businessDate }) => datasetId === 'ds' || businessDate > '2026-02-01');
  expect(lateness(tonight(), { history: partial })?.basis).toBe(9);
});
