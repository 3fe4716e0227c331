import type { TaskRow } from '../run.ts';
import type { Attempt } from '../state.ts';
import { oncePerScene } from '../timing/once-per-scene.ts';

/** A task that ran tonight, whichever essential its run belongs to. */
export interface NightTask {
  task: TaskRow;
  datasetId: string;
  /** `runKey` of its run. */
  run: string;
}

/** Every task of the night that was read: of all essentials, of all attempts, also of those that were repaired since. */
export const nightTasks = oncePerScene((scene): readonly NightTask[] => {
  const seen = new Set<TaskRow>();
  const found: NightTask[] = [];
  const addAll = (tasks: readonly TaskRow[], datasetId: string, run: string | null) => {
    for (const task of tasks) {
      if (seen.has(task)) continue;
      seen.add(task);
      found.push({ task, datasetId, run: run ?? runKey({ dagId: task.dagId, dagRunId: task.runId }) });
    }
  };
  const add = (datasetId: string, attempt: Attempt) => {
    if (attempt.rewritten) addAll(scene.tasksBefore(attempt), datasetId, null);
    addAll(scene.tasksOf(attempt), datasetId, runKey(attempt));
  };
  for (const { unit, attempts } of scene.tonight.units.values()) {
    for (const attempt of attempts) add(unit.datasetId, attempt);
  }
  for (const { row, attempt } of scene.elsewhere) add(row.datasetId, attempt);
  return found;
});

/** What a run is told apart by. */
export function runKey({ dagId, dagRunId }: Pick<Attempt, 'dagId' | 'dagRunId'>): string {
  return `${dagId}\n${dagRunId}`;
}

/** What a task does, without the dataset that it does it for: `snowflake-export`, `enrich`. */
export function taskKind(taskId: string, datasetId: string): string {
  const bare = taskId.endsWith(datasetId) ? taskId.slice(0, -datasetId.length) : taskId.replace(/[_-][a-z]+\..*$/i, '');
  const kind = bare === taskId ? (taskId.split('_')[0] as string) : bare;
  return kind.replace(/[_-]+$/, '') || taskId;
}
