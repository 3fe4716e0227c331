import type { Observation, RankedCause } from './cause.ts';
import type { Scene } from './scene.ts';

/** What is told beside the causes. */
export function observe(_scene: Scene, _causes: readonly RankedCause[]): Observation[] {
  return [];
}
