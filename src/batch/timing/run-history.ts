import { memoize, memoizeWeakly } from '../memoize.ts';
import { median } from '../percentile.ts';
import type { Scene } from '../rca/scene.ts';
import { type FairNights, fairNights, runsBefore } from './fair-durations.ts';

/** How long a unit ran before. */
export interface RunHistory {
  /** Seconds of its successful runs on comparable dates, newest first, as they would be on a day like tonight's. */
  runs: readonly number[];
  /** Null where there are none. */
  medianS: number | null;
}

/** Of each unit, by `unitKey`. What was worked out for one question is there for the next. */
export function runHistory(scene: Scene): (key: string) => RunHistory {
  return historiesOver(fairNights(scene));
}

const historiesOver = memoizeWeakly((fair: FairNights) =>
  memoize((key: string): RunHistory => {
    const runs = runsBefore(fair, key);
    return { runs, medianS: median(runs) };
  }),
);
