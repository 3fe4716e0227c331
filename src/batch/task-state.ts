import type { Instant } from './instant.ts';
import type { TaskRow } from './run.ts';

/** A task as it was at the clock: what started later had not started, and what ended later was still running. */
export function taskAt(task: TaskRow, asOf: Instant): TaskRow {
  const unended = { ...task, endedAt: null, durationS: null };
  if (task.startedAt === null) {
    const decidedAt = task.endedAt ?? task.updatedAt;
    if (decidedAt === null || decidedAt <= asOf) return task;
    return { ...unended, state: task.queuedAt !== null && task.queuedAt <= asOf ? 'queued' : null };
  }
  if (task.startedAt > asOf) {
    const queued = task.queuedAt !== null && task.queuedAt <= asOf;
    return { ...unended, startedAt: null, hostname: null, state: queued ? 'queued' : null };
  }
  return task.endedAt !== null && task.endedAt > asOf ? { ...unended, state: 'running' } : task;
}

/** The earliest task that failed by itself. `upstream_failed` is never a cause. */
export function firstFailure(tasks: readonly TaskRow[]): TaskRow | null {
  return tasks.filter((task) => task.state === 'failed').sort(compareTasks)[0] ?? null;
}

/** In order of start; what never started comes last. */
export function compareTasks(a: TaskRow, b: TaskRow): number {
  const late = Number.MAX_SAFE_INTEGER;
  return (
    (a.startedAt ?? late) - (b.startedAt ?? late) ||
    (a.endedAt ?? late) - (b.endedAt ?? late) ||
    (a.taskId < b.taskId ? -1 : a.taskId > b.taskId ? 1 : a.mapIndex - b.mapIndex)
  );
}
