import { type UnitState, unitsOf } from '../state.ts';
import { oncePerRuns } from '../timing/once-per-scene.ts';
import { keyOfUnit } from './suspects.ts';

/** The units that count in the essential of the scene, by their key on timelines. */
export const ownUnits = oncePerRuns(
  (scene): ReadonlyMap<string, UnitState> =>
    new Map(unitsOf(scene.state).map((unit) => [keyOfUnit(unit, scene.businessDate), unit])),
);
