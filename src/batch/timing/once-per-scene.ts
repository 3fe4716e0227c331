import { memoizeWeakly } from '../memoize.ts';
import type { Scene } from '../rca/scene.ts';
import type { PhaseState } from '../state.ts';

/** Works something out once for each scene, however many ask; it is forgotten with the scene. */
export function oncePerScene<V>(compute: (scene: Scene) => V): (scene: Scene) => V {
  return memoizeWeakly(compute);
}

/** The same for what follows from runs alone: a scene to which only tasks were added has it already. */
export function oncePerRuns<V>(compute: (scene: Scene) => V): (scene: Scene) => V {
  const known = new WeakMap<PhaseState, { value: V }>();
  return (scene) => {
    const hit = known.get(scene.state);
    if (hit !== undefined) return hit.value;
    const value = compute(scene);
    known.set(scene.state, { value });
    return value;
  };
}
