import type { Instant } from '../../instant.ts';
import { once } from '../../memoize.ts';
import { median } from '../../percentile.ts';
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
export function besideSiblings(tasks: readonly NightTask[], asOf: Instant): (task: NightTask) => number | null {
  const keyOf = ({ task, datasetId }: NightTask) => `${datasetId}\n${task.taskId}`;
  const alike = once(() => Map.groupBy(tasks, keyOf));
  return (one) => {
    const { task } = one;
    const actualS = taskRunS(task, asOf) ?? 0;
    if (actualS < REAL_S) return null;
    const others = (alike().get(keyOf(one)) ?? [])
      .filter((other) => other.task.hostname !== task.hostname && other.task.state === 'success')
      .flatMap((other) => taskRunS(other.task, asOf) ?? []);
    if (others.length < SIBLINGS) return null;
    const usualS = median(others) as number;
    return actualS > FAR_BEYOND * Math.max(...others) && actualS - usualS >= REAL_S ? usualS : null;
  };
}
