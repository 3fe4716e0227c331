import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/batch/rca/engine.ts';
import type { RunRow, TaskRow } from '../../../../src/batch/run.ts';
import { ordinaryTasks } from '../scene-builder.ts';
import { at, delayedFrom, MINUTE, past, tonight, USUAL, usualScene } from './usual-night.ts';

/** Each task of these datasets stood in the queue for so many minutes before it started. */
function queued(rows: readonly RunRow[], waits: Readonly<Record<string, number>>, which = (_: TaskRow) => true) {
  return rows.flatMap((row) => {
    const wait = waits[row.datasetId] ?? 0;
    const usual = USUAL.find(
      ({ dataset, slice }) => dataset === row.datasetId && (slice === null || row.dagRunId?.includes(`_${slice}_`)),
    );
    const tasks = ordinaryTasks(row, (usual?.ended ?? 0) - (usual?.created ?? 0));
    let lost = 0;
    return tasks.map((task) => {
      const queuedAt = (task.startedAt ?? 0) + lost;
      if (wait > 0 && which(task)) lost += wait * MINUTE;
      const startedAt = (task.startedAt ?? 0) + lost;
      return { ...task, queuedAt, startedAt, endedAt: (task.endedAt ?? 0) + lost };
    });
  });
}
/** Slices of `ds` lost so much; what comes after is as late. */
const later = (by: number) => ({
  ...delayedFrom(60, by),
  ...Object.fromEntries(
    USUAL.slice(0, 3).map(({ slice, created, ended }) => [`ds/${slice}`, { created, ended: ended + by }]),
  ),
});

describe('tasks that stood in queues', () => {
  it('are the delay of the dataset that lost most', () => {
    const rows = tonight(later(100));
    const { causes } = diagnose(usualScene(rows, { tasks: queued(rows, { ds: 20 }) }));
    expect(causes).toMatchObject([{ family: 'queue_delay', datasetId: 'ds', slice: null, symptoms: 15, minutes: 100 }]);
    expect(causes[0]?.evidence[0]).toMatchObject({ kind: 'usual', what: 'queue', datasetId: 'ds' });
  });

  it("are nobody's own where three datasets suffer alike", () => {
    const rows = tonight({
      ...later(100),
      next: { created: 162, ended: 292 },
      last: { created: 294, ended: 424 },
    });
    const { causes } = diagnose(usualScene(rows, { tasks: queued(rows, { ds: 20, next: 20, last: 20 }) }));
    expect(causes).toMatchObject([{ family: 'queue_delay', datasetId: null, symptoms: 25 }]);
  });

  it('count until the clock while they still stand there', () => {
    const rows = tonight({
      'ds/A': { ended: 118, status: 'RUNNING' },
      'ds/B': { ended: 118, status: 'RUNNING' },
      'ds/C': { ended: 118, status: 'RUNNING' },
      next: null,
      last: null,
    });
    const tasks = rows.flatMap((row) =>
      ordinaryTasks(row, 60)
        .slice(0, 2)
        .map((task, index) =>
          index === 0
            ? task
            : { ...task, state: 'queued', startedAt: null, endedAt: null, updatedAt: null, hostname: null },
        ),
    );
    expect(diagnose(usualScene(rows, { tasks, asOf: at(120) })).causes).toMatchObject([
      { family: 'queue_delay', datasetId: 'ds', symptoms: 3 },
    ]);
  });

  it('are told where only some kinds of task share the pool that is full', () => {
    const rows = tonight(later(80));
    const tasks = queued(rows, { ds: 40 }, ({ taskId }) => taskId === 'start' || taskId === 'end');
    expect(diagnose(usualScene(rows, { tasks })).causes).toMatchObject([
      { family: 'queue_delay', datasetId: 'ds', symptoms: 6 },
    ]);
  });
});

describe('what is no delay by queues', () => {
  it('is a wait that is usual for the dataset', () => {
    const before = past();
    const rows = tonight(later(100));
    const pastTasks = queued(before, { ds: 15 });
    expect(diagnose(usualScene(rows, { tasks: queued(rows, { ds: 20 }), history: before, pastTasks })).causes).toEqual(
      [],
    );
  });

  it('is one task among many', () => {
    const rows = tonight();
    const tasks = queued(rows, { next: 12 }, ({ taskId }) => taskId === 'start');
    expect(diagnose(usualScene(rows, { tasks })).causes).toEqual([]);
  });

  it('is said with the longest wait', () => {
    const { ruledOut } = diagnose(usualScene(tonight()));
    expect(ruledOut).toContainEqual({ family: 'queue_delay', why: 'No more than 36 s in a queue for any task.' });
  });
});
