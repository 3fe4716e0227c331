import type { RunAddress } from '../run.ts';
import type { Recurrence } from './cause.ts';
import type { Scene } from './scene.ts';

/** Earlier runs whose tasks tell whether a failure is an old acquaintance. */
export function failedRunsOf(_scene: Scene): RunAddress[] {
  return [];
}

export function recurrenceOf(
  _scene: Scene,
  _datasetId: string,
  _taskId: string,
  _units: ReadonlySet<string> | null,
): Recurrence | null {
  return null;
}

export function recurrencesOf(_scene: Scene): { datasetId: string; taskId: string; recurrence: Recurrence }[] {
  return [];
}
