import type { Definition } from '../definition.ts';
import type { Instant } from '../instant.ts';
import { memoize } from '../memoize.ts';
import { lists } from '../night.ts';
import { oncePerRuns } from '../timing/once-per-scene.ts';
import type { Scene } from './scene.ts';
import type { Suspect } from './suspects.ts';

/** When the last of the lower steps that a unit waits for was done, in every essential that lists it; null where there is none. */
export function readyAt(scene: Scene, { unit }: Pick<Suspect, 'unit'>): Instant | null {
  let ready: Instant | null = null;
  for (const essential of [scene.definition, ...scene.others]) {
    if (!lists(essential, unit)) continue;
    const end = readyIn(scene)(essential).get(unit.datasetId);
    if (end !== undefined && (ready === null || end > ready)) ready = end;
  }
  return ready;
}

/** Of an essential, by dataset: when the last unit of lower steps that has ended did so; not there where none has. */
const readyIn = oncePerRuns((scene) =>
  memoize((essential: Definition): ReadonlyMap<string, Instant> => {
    const ends = lastEnds(scene, essential);
    const ready = new Map<string, Instant>();
    for (const { datasetId, sequenceOrder } of essential.datasets) {
      const lower = ends.filter(([order]) => order < sequenceOrder).map(([, end]) => end);
      if (lower.length > 0) ready.set(datasetId, Math.max(...lower));
    }
    return ready;
  }),
);

/** By sequence order, of each dataset: when the last unit that has ended did so. */
function lastEnds(scene: Scene, essential: Definition): [number, Instant][] {
  return scene.stateOf(essential).datasets.flatMap(({ sequenceOrder, units }): [number, Instant][] => {
    const ends = units.flatMap(({ decisive }) => decisive?.endedAt ?? []);
    return ends.length === 0 ? [] : [[sequenceOrder, Math.max(...ends)]];
  });
}
