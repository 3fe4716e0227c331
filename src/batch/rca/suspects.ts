import type { Definition } from '../definition.ts';
import { lists } from '../night.ts';
import { unitKey } from '../owed-units.ts';
import { observedUnitOf, parseRunId } from '../run-id.ts';
import type { DatasetState, UnitState } from '../state.ts';
import { unitsOf } from '../state.ts';
import { oncePerScene } from '../timing/once-per-scene.ts';
import type { Scene } from './scene.ts';

/** A unit in which a cause may lie, with the essential whose business it is. */
export interface Suspect {
  unit: UnitState;
  /** The same on every night, as on timelines. */
  key: string;
  /** The essential of the scene, or the one that holds up a unit which both list. */
  essential: Definition;
}

/** `unitKey` of a unit that has a state. */
export function keyOfUnit(unit: UnitState, businessDate: string): string {
  const { datasetId, slice, listed, decisive } = unit;
  const identity = listed
    ? (slice ?? '')
    : decisive === null
      ? ''
      : observedUnitOf(parseRunId(decisive.dagRunId), businessDate).identity;
  return unitKey({ datasetId, identity, slice, listed });
}

/**
 * The units that count, and those of lower steps of other essentials while these hold up a unit that is shared with them:
 * the cause of a wait may lie outside one's own essential.
 */
export const suspectsOf = oncePerScene((scene: Scene): readonly Suspect[] => {
  const found = new Map<string, Suspect>();
  const add = (essential: Definition, datasets: readonly DatasetState[]) => {
    for (const unit of unitsOf({ datasets })) {
      const key = keyOfUnit(unit, scene.businessDate);
      if (!found.has(key)) found.set(key, { unit, key, essential });
    }
  };
  add(scene.definition, scene.state.datasets);
  // How far into another essential was looked: everything below this sequence order.
  const looked = new Map<string, number>();
  for (const { unit } of found.values()) {
    if (unit.status !== 'WAITING') continue;
    for (const other of scene.others) {
      if (!lists(other, unit)) continue;
      const order = other.datasets.find((dataset) => dataset.datasetId === unit.datasetId)?.sequenceOrder ?? 0;
      if (order <= (looked.get(other.name) ?? 0)) continue;
      looked.set(other.name, order);
      // A map grows while it is walked through: what waits in there is followed in turn.
      add(
        other,
        scene.stateOf(other).datasets.filter((dataset) => dataset.sequenceOrder < order),
      );
    }
  }
  return [...found.values()];
});
