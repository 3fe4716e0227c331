import type { Scene } from '../rca/scene.ts';
import type { PhaseState } from '../state.ts';

/** Works something out once for each scene, however many ask; it is forgotten with the scene. */
export function oncePerScene<V>(compute: (scene: Scene) => V): (scene: Scene) => V {
  return oncePer<Scene, V>((scene) => scene, compute);
}

/** The same for what follows from runs alone: a scene to which only tasks were added has it already. */
export function oncePerRuns<V>(compute: (scene: Scene) => V): (scene: Scene) => V {
  return oncePer<PhaseState, V>((scene) => scene.state, compute);
}

function oncePer<Key extends object, V>(keyOf: (scene: Scene) => Key, compute: (scene: Scene) => V) {
  const known = new WeakMap<Key, { value: V }>();
  return (scene: Scene): V => {
    const hit = known.get(keyOf(scene)) ?? { value: compute(scene) };
    known.set(keyOf(scene), hit);
    return hit.value;
  };
}
