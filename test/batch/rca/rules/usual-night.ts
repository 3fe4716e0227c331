import type { Scene, SceneInput } from '../../../../src/batch/rca/scene.ts';
import type { RunRow, TaskRow } from '../../../../src/batch/run.ts';
import { define, EVENING, type RunSketch, run } from '../../night-builder.ts';
import { history, ordinaryTasks, scene } from '../scene-builder.ts';

export const MINUTE = 60_000;

/** Three slices side by side, then a dataset that waits for them, then a last one. */
export const definition = define(
  [
    { datasetId: 'ds', slices: ['A', 'B', 'C'] },
    { datasetId: 'next', sequenceOrder: 1 },
    { datasetId: 'last', sequenceOrder: 2 },
  ],
  'own',
);

/** Minutes after the evening at which each unit usually begins and ends. */
export const USUAL: readonly (RunSketch & { created: number; ended: number })[] = [
  { dataset: 'ds', slice: 'A', created: 0, ended: 30 },
  { dataset: 'ds', slice: 'B', created: 0, ended: 40 },
  { dataset: 'ds', slice: 'C', created: 0, ended: 60 },
  { dataset: 'next', slice: null, created: 62, ended: 92 },
  { dataset: 'last', slice: null, created: 94, ended: 124 },
];

export const past = (nights = 20): RunRow[] => history(nights, USUAL);

/** Tonight as usual but for the units that are named (`ds/A`, `next`); null: it has no run. */
export function tonight(changes: Readonly<Record<string, RunSketch | null>> = {}): RunRow[] {
  return USUAL.flatMap((sketch) => {
    const change = changes[sketch.slice === null ? `${sketch.dataset}` : `${sketch.dataset}/${sketch.slice}`];
    return change === null ? [] : [run({ ...sketch, ...change })];
  });
}

/** A scene with tasks as ordinary as their runs, for tonight and for the past, unless other tasks are given. */
export function usualScene(rows: readonly RunRow[], more: Partial<SceneInput> = {}): Scene {
  const before = more.history ?? past();
  return scene(definition, {
    rows,
    history: before,
    tasks: rows.flatMap((row) => ordinaryTasks(row)),
    pastTasks: before.flatMap((row) => ordinaryTasks(row)),
    ...more,
  });
}

export const at = (minutes: number) => EVENING + minutes * MINUTE;

/** Everything of the night was so many minutes later from that minute on. */
export function delayedFrom(minute: number, by: number): Record<string, RunSketch> {
  return Object.fromEntries(
    USUAL.filter(({ created }) => created >= minute).map(({ dataset, slice, created, ended }) => [
      slice === null ? `${dataset}` : `${dataset}/${slice}`,
      { created: created + by, ended: ended + by },
    ]),
  );
}

/** The tasks of a run of which the named kind of task took so much longer, minutes; the rest of it is as usual. */
export function withSlowTask(row: RunRow, usualMinutes: number, kind: string, extra: number): TaskRow[] {
  const tasks = ordinaryTasks(row, usualMinutes);
  const slow = tasks.find(({ taskId }) => taskId.startsWith(kind));
  const from = slow?.startedAt ?? 0;
  const later = (instant: number | null) => (instant !== null && instant > from ? instant + extra * MINUTE : instant);
  return tasks.map((task) => {
    const startedAt = later(task.startedAt);
    const endedAt = later(task.endedAt);
    const durationS = startedAt === null || endedAt === null ? null : (endedAt - startedAt) / 1000;
    return { ...task, queuedAt: later(task.queuedAt), startedAt, endedAt, updatedAt: endedAt, durationS };
  });
}
