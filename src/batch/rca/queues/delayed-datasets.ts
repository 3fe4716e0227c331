import { oncePerScene } from '../../timing/once-per-scene.ts';
import type { Scene } from '../scene.ts';
import { ownWaits, usualWaits, type Wait } from './waits.ts';

/** A dataset whose tasks waited far longer than usual. */
export interface DelayedDataset {
  datasetId: string;
  /** The delayed tasks, in order of time. */
  waits: readonly Wait[];
  /** Over what is usual, all tasks together, seconds. */
  totalS: number;
}

/** Of the tasks with the same id that entered the queue between the first and the last delayed one, so many were delayed. */
const MOST = 0.5;

/** Own datasets with delayed tasks, the largest total first. */
export const delayedDatasets = oncePerScene((scene): DelayedDataset[] =>
  [...Map.groupBy(ownWaits(scene), ({ datasetId }) => datasetId)]
    .flatMap(([datasetId, waits]): DelayedDataset[] => {
      // What is usual takes a look at every earlier night: not for waits that are short by any measure.
      if (waits.every(({ seconds }) => seconds <= scene.thresholds.queueAfterS)) return [];
      const delayed = delayedOf(scene, datasetId, waits);
      const usualS = usualWaits(scene).get(datasetId)?.medianS ?? 0;
      const totalS = delayed.reduce((sum, { seconds }) => sum + seconds - usualS, 0);
      return delayed.length === 0 ? [] : [{ datasetId, waits: delayed, totalS }];
    })
    .sort((a, b) => b.totalS - a.totalS || (a.datasetId < b.datasetId ? -1 : 1)),
);

function delayedOf(scene: Scene, datasetId: string, waits: readonly Wait[]): Wait[] {
  const upperS = Math.max(scene.thresholds.queueAfterS, usualWaits(scene).get(datasetId)?.upperS ?? 0);
  // Tasks with the same id share a pool; those beside them, in another one, may have had no queue at all.
  return [...Map.groupBy(waits, ({ task }) => task.taskId).values()]
    .flatMap((alike) => {
      const long = alike.filter(({ seconds }) => seconds > upperS);
      const [first, last] = [Math.min(...long.map(({ from }) => from)), Math.max(...long.map(({ from }) => from))];
      const meanwhile = alike.filter(({ from }) => from >= first && from <= last);
      return long.length < MOST * meanwhile.length ? [] : long;
    })
    .sort((a, b) => a.from - b.from);
}
