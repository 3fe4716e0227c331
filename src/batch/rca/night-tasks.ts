import type { TaskRow } from '../run.ts';
import type { Attempt } from '../state.ts';
import type { Scene } from './scene.ts';

/** A task that ran tonight, whichever essential its run belongs to. */
export interface NightTask {
  task: TaskRow;
  datasetId: string;
}

/** Every task of the night that was read: of all essentials, of all attempts, also of those that were repaired since. */
export function nightTasks(scene: Scene): NightTask[] {
  const seen = new Set<TaskRow>();
  const found: NightTask[] = [];
  const add = (datasetId: string, attempt: Attempt) => {
    for (const task of [...(attempt.rewritten ? scene.tasksBefore(attempt) : []), ...scene.tasksOf(attempt)]) {
      if (seen.has(task)) continue;
      seen.add(task);
      found.push({ task, datasetId });
    }
  };
  for (const { unit, attempts } of scene.tonight.units.values()) {
    for (const attempt of attempts) add(unit.datasetId, attempt);
  }
  for (const { row, attempt } of scene.elsewhere) add(row.datasetId, attempt);
  return found;
}

/** What a task does, without the dataset that it does it for: `snowflake-export`, `enrich`. */
export function taskKind(taskId: string, datasetId: string): string {
  const bare = taskId.endsWith(datasetId) ? taskId.slice(0, -datasetId.length) : taskId.replace(/[_-][a-z]+\..*$/i, '');
  const kind = bare === taskId ? (taskId.split('_')[0] as string) : bare;
  return kind.replace(/[_-]+$/, '') || taskId;
}
