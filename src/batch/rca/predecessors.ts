import type { Instant } from '../instant.ts';
import { lists } from '../night.ts';
import { unitsOf } from '../state.ts';
import type { Scene } from './scene.ts';
import type { Suspect } from './suspects.ts';

/** When the last of the lower steps that a unit waits for was done, in every essential that lists it; null where there is none. */
export function readyAt(scene: Scene, { unit }: Pick<Suspect, 'unit'>): Instant | null {
  const ends = [scene.definition, ...scene.others]
    .filter((essential) => lists(essential, unit))
    .flatMap((essential) => {
      const { datasets } = scene.stateOf(essential);
      const order = essential.datasets.find(({ datasetId }) => datasetId === unit.datasetId)?.sequenceOrder ?? 0;
      return unitsOf({ datasets: datasets.filter(({ sequenceOrder }) => sequenceOrder < order) });
    })
    .flatMap(({ decisive }) => decisive?.endedAt ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}
