import type { Instant } from '../../instant.ts';
import type { TaskRow } from '../../run.ts';
import { oncePerScene } from '../../timing/once-per-scene.ts';
import type { Ordinary } from '../../timing/ordinary.ts';
import { nightTasks } from '../night-tasks.ts';
import type { Scene } from '../scene.ts';
import { examinedRuns } from '../slowness/long-runs.ts';
import { limitsOf, ordinaryTasks } from '../slowness/slow-tasks.ts';
import { taskRunS } from '../slowness/task-times.ts';

/** A task that ran on a known host, and how it went there. */
export interface JudgedTask {
  task: TaskRow;
  datasetId: string;
  host: string;
  from: Instant;
  to: Instant;
  /** It failed by itself, or took far longer than its own history. */
  bad: boolean;
  /** Of a slow one. */
  slow: { slice: string | null; actualS: number; ordinary: Ordinary } | null;
}

/** On one host many short tasks suffer together: less time than for a task that is slow alone, in seconds. */
const SLOW_FLOOR_S = 60;

/** Every task of the night that ran, over all essentials. */
export const judgedTasks = oncePerScene((scene): JudgedTask[] => {
  const slowness = slownessOf(scene);
  return nightTasks(scene).flatMap(({ task, datasetId }): JudgedTask[] => {
    const { hostname, startedAt, state } = task;
    if (hostname === null || hostname === '' || startedAt === null) return [];
    const slow = slowness(task);
    const ended = state === 'failed' || state === 'success';
    if (!ended && slow === null) return [];
    const to = task.endedAt ?? (ended ? startedAt : scene.asOf);
    return [{ task, datasetId, host: hostname, from: startedAt, to, bad: state === 'failed' || slow !== null, slow }];
  });
});

function slownessOf(scene: Scene): (task: TaskRow) => JudgedTask['slow'] {
  const limits = { ...limitsOf(scene), floorS: SLOW_FLOOR_S };
  const histories = new Map(
    examinedRuns(scene).map(({ times }) => [
      `${times.decisive.dagId}\n${times.decisive.dagRunId}`,
      { slice: times.unit.slice, usual: ordinaryTasks(scene, times.key, limits) },
    ]),
  );
  return (task) => {
    const history = histories.get(`${task.dagId}\n${task.runId}`);
    const ordinary = history?.usual.get(task.taskId);
    const actualS = taskRunS(task, scene.asOf);
    if (history === undefined || ordinary === undefined || actualS === null || actualS <= ordinary.upperS) return null;
    return { slice: history.slice, actualS, ordinary };
  };
}

/** Seconds that a slow task lost. */
export function lossOf({ slow }: JudgedTask): number {
  return slow === null ? 0 : slow.actualS - slow.ordinary.medianS;
}
