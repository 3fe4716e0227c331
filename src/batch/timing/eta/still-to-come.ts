import { unitKey } from '../../owed-units.ts';
import type { Scene } from '../../rca/scene.ts';

/** A unit is usual when it ran on at least half of this many of the latest nights. */
const USUAL_NIGHTS = 10;

/**
 * Units of datasets for which Lenz defines no slices, that usually run in this phase and have not been seen tonight. They are
 * not counted before they run, but the end has to allow for them. Once a higher step has begun, they are not coming.
 */
export function stillToCome(scene: Scene): { key: string; datasetId: string; sequenceOrder: number }[] {
  const begun = scene.state.datasets.filter((dataset) => dataset.units.some((unit) => unit.decisive !== null));
  const highest = Math.max(...begun.map((dataset) => dataset.sequenceOrder));
  const nights = scene.past.slice(0, USUAL_NIGHTS);
  return scene.definition.datasets
    .filter(({ slices, sequenceOrder }) => slices.length === 0 && sequenceOrder >= highest)
    .filter(({ datasetId }) => scene.state.datasets.some((dataset) => dataset.datasetId === datasetId))
    .flatMap(({ datasetId, sequenceOrder }) => {
      const seen = new Map<string, number>();
      for (const night of nights) {
        for (const { unit } of night.units.values()) {
          if (unit.datasetId === datasetId) seen.set(unitKey(unit), (seen.get(unitKey(unit)) ?? 0) + 1);
        }
      }
      return [...seen]
        .filter(([key, count]) => count * 2 >= nights.length && !scene.tonight.units.has(key))
        .map(([key]) => ({ key, datasetId, sequenceOrder }));
    });
}
