import { type Instant, SECOND } from '../../instant.ts';
import type { TaskRow } from '../../run.ts';

/** Seconds that the last try of a task ran, until the clock while it runs; null where it did not run. */
export function taskRunS(task: TaskRow, asOf: Instant): number | null {
  if (task.state === 'running') return task.startedAt === null ? null : (asOf - task.startedAt) / SECOND;
  if (task.state !== 'success') return null;
  if (task.startedAt !== null && task.endedAt !== null) return (task.endedAt - task.startedAt) / SECOND;
  return task.durationS;
}

/** The longest of each task id: of a mapped task, its slowest part is what the run waits for. */
export function longestTasks(
  tasks: readonly TaskRow[],
  asOf: Instant,
): Map<string, { task: TaskRow; seconds: number }> {
  const longest = new Map<string, { task: TaskRow; seconds: number }>();
  for (const task of tasks) {
    const seconds = taskRunS(task, asOf);
    const known = longest.get(task.taskId);
    if (seconds !== null && (known === undefined || seconds > known.seconds))
      longest.set(task.taskId, { task, seconds });
  }
  return longest;
}
