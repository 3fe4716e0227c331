import { ENOUGH_TO_JUDGE } from '../../timing/ordinary.ts';
import { runHistory } from '../../timing/run-history.ts';
import type { UnitTimes } from '../../timing/timeline.ts';
import type { Scene } from '../scene.ts';
import { actualRunS } from './long-runs.ts';
import { type SlowTask, taskHistory, usualShare } from './slow-tasks.ts';
import { longestTasks } from './task-times.ts';

/** `open`: it goes on and is not (yet) slow, or nothing is known to compare it with. */
export type Sibling = 'slow' | 'inside' | 'open';

/** A sibling shares the slowness when it lost at least this share of what the slow one lost, each by its own measure. */
const SHARED = 0.5;

/** Whether another unit of the dataset is slow in the same task as the slow one is. */
export function judgeSibling(scene: Scene, slow: SlowTask, sibling: UnitTimes): Sibling {
  const measured = measure(scene, slow, sibling);
  if (measured === null) return 'open';
  const bound = 1 + SHARED * (slow.actualS / slow.ordinary.medianS - 1);
  if (measured.ratio >= bound) return 'slow';
  return measured.done ? 'inside' : 'open';
}

/** How many times its usual duration the task took in the sibling. */
function measure(scene: Scene, slow: SlowTask, sibling: UnitTimes): { ratio: number; done: boolean } | null {
  const { runs, medianS } = runHistory(scene)(sibling.key);
  const actualS = actualRunS(scene, sibling);
  if (actualS === null || medianS === null || runs.length < ENOUGH_TO_JUDGE) return null;
  const tonight = longestTasks(scene.tasksOf(sibling.decisive), scene.asOf).get(slow.task.taskId);
  const share = usualShare(scene, slow);
  const usualS =
    taskHistory(scene)(sibling.key).get(slow.task.taskId)?.medianS ?? (share === null ? null : share * medianS);
  if (tonight !== undefined && usualS !== null && usualS > 0) {
    return { ratio: tonight.seconds / usualS, done: tonight.task.state !== 'running' };
  }
  return { ratio: actualS / Math.max(medianS, 1), done: sibling.decisive.status === 'SUCCESS' };
}
