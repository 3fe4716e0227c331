import { oncePerScene } from '../../timing/once-per-scene.ts';
import { ownWaits, usualWaits, type Wait } from './waits.ts';

/** A dataset whose tasks waited far longer than usual. */
export interface DelayedDataset {
  datasetId: string;
  /** The delayed tasks, in order of time. */
  waits: readonly Wait[];
  /** Over what is usual, all tasks together, seconds. */
  totalS: number;
  /** A task's mean, seconds. */
  meanS: number;
}

/** Of the tasks that entered the queue between the first and the last delayed one, so many were delayed. */
const MOST = 0.5;

/** Own datasets with delayed tasks, the largest total first. */
export const delayedDatasets = oncePerScene((scene): DelayedDataset[] =>
  [...Map.groupBy(ownWaits(scene), ({ datasetId }) => datasetId)]
    .flatMap(([datasetId, waits]): DelayedDataset[] => {
      const usual = usualWaits(scene).get(datasetId);
      const upperS = Math.max(scene.thresholds.queueAfterS, usual?.upperS ?? 0);
      const long = waits.filter(({ seconds }) => seconds > upperS).sort((a, b) => a.from - b.from);
      const [first, last] = [long[0], long.at(-1)];
      if (first === undefined || last === undefined) return [];
      const meanwhile = waits.filter(({ from }) => from >= first.from && from <= last.from);
      if (long.length < MOST * meanwhile.length) return [];
      const totalS = long.reduce((sum, { seconds }) => sum + seconds - (usual?.medianS ?? 0), 0);
      return [{ datasetId, waits: long, totalS, meanS: totalS / long.length }];
    })
    .sort((a, b) => b.totalS - a.totalS || (a.datasetId < b.datasetId ? -1 : 1)),
);
