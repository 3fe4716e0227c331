import type { Instant } from '../../instant.ts';
import { median } from '../../percentile.ts';
import type { TaskRow } from '../../run.ts';
import type { NightTask } from '../night-tasks.ts';
import { taskRunS } from '../slowness/task-times.ts';

/** Slices differ in size: a task stands out only far beyond the longest of this many others … */
const SIBLINGS = 2;
const FAR_BEYOND = 2;
/** … and by real time, seconds. */
const REAL_S = 60;

/**
 * Where no history was read (datasets of other essentials), the same task of the night's other slices has to do. Gives the usual
 * seconds of a task that stands out on its own host among its siblings on others; null for any other.
 */
export function besideSiblings(tasks: readonly NightTask[], asOf: Instant): (task: TaskRow) => number | null {
  const alike = Map.groupBy(tasks, ({ task, datasetId }) => `${datasetId}\n${task.taskId}`);
  const siblings = new Map<TaskRow, readonly NightTask[]>();
  for (const group of alike.values()) for (const { task } of group) siblings.set(task, group);
  return (task) => {
    const actualS = taskRunS(task, asOf) ?? 0;
    const others = (siblings.get(task) ?? [])
      .filter((other) => other.task.hostname !== task.hostname && other.task.state === 'success')
      .flatMap((other) => taskRunS(other.task, asOf) ?? []);
    if (actualS < REAL_S || others.length < SIBLINGS) return null;
    const usualS = median(others) as number;
    return actualS > FAR_BEYOND * Math.max(...others) && actualS - usualS >= REAL_S ? usualS : null;
  };
}
