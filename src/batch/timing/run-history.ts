import type { Scene } from '../rca/scene.ts';
import { fairNights, runsBefore } from './fair-durations.ts';
import { oncePerRuns } from './once-per-scene.ts';

/** Seconds of a unit's successful runs on comparable dates, newest first, as they would be on a day like tonight's. */
export const runHistory: (scene: Scene) => (key: string) => readonly number[] = oncePerRuns((scene) => {
  const known = new Map<string, readonly number[]>();
  return (key) => {
    const runs = known.get(key) ?? runsBefore(fairNights(scene), key);
    known.set(key, runs);
    return runs;
  };
});
