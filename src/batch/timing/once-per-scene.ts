import type { Scene } from '../rca/scene.ts';

/** Works something out once for each scene, however many ask; it is forgotten with the scene. */
export function oncePerScene<V>(compute: (scene: Scene) => V): (scene: Scene) => V {
  const known = new WeakMap<Scene, { value: V }>();
  return (scene) => {
    const hit = known.get(scene) ?? { value: compute(scene) };
    known.set(scene, hit);
    return hit.value;
  };
}
