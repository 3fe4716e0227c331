import { isMonthEnd } from '../month-end.ts';
import { median } from '../percentile.ts';
import { oncePerRuns } from './once-per-scene.ts';
import type { Timeline } from './timeline.ts';

/** Earlier nights whose durations may be set beside tonight's. */
export interface FairNights {
  /** Newest first. `scale`: what a duration of that night has to be multiplied with to be one of a day like tonight's. */
  nights: readonly { night: Timeline; scale: number }[];
  /** How much wider than history a range has to be, because hardly any day like tonight's has been seen; 1 or more. */
  widen: number;
}

/** Slower than other days by this much, where no month-end has been seen: usually, and at most. */
const UNSEEN_MONTH_END = { usual: 1.3, most: 1.7 };
/** What one month-end leaves open of the next; of several, a part each. */
const LEFT_OPEN = 0.3;

/**
 * Ordinary days are compared with ordinary days. A month-end is slower: the few that history has say by how much, over all
 * units together, and ordinary days stretched by it say the rest.
 */
export const fairNights = oncePerRuns((scene): FairNights => {
  const ordinary = scene.past.filter((night) => !isMonthEnd(night.businessDate));
  if (!isMonthEnd(scene.businessDate)) return { nights: ordinary.map((night) => ({ night, scale: 1 })), widen: 1 };
  const usual = usualRuns(ordinary);
  const slower = scene.past
    .filter((night) => isMonthEnd(night.businessDate))
    .map((night) => slowerBy(night, usual))
    .filter((factor) => factor !== null);
  const typical = Math.max(1, median(slower) ?? UNSEEN_MONTH_END.usual);
  const most = slower.length === 0 ? UNSEEN_MONTH_END.most : Math.max(...slower) * (1 + LEFT_OPEN / slower.length);
  return {
    nights: scene.past.map((night) => ({ night, scale: isMonthEnd(night.businessDate) ? 1 : typical })),
    widen: Math.max(1, most / typical),
  };
});

/** Seconds of a unit's successful runs on comparable dates, newest first, in terms of a day like tonight's. */
export function runsBefore({ nights }: FairNights, key: string): number[] {
  const runs: number[] = [];
  for (const { night, scale } of nights) {
    const runS = night.units.get(key)?.runS;
    if (runS !== null && runS !== undefined) runs.push(runS * scale);
  }
  return runs;
}

function usualRuns(nights: readonly Timeline[]): Map<string, number> {
  const runs = new Map<string, number[]>();
  for (const night of nights) {
    for (const { key, runS } of night.units.values()) {
      if (runS === null) continue;
      const known = runs.get(key);
      if (known === undefined) runs.set(key, [runS]);
      else known.push(runS);
    }
  }
  return new Map([...runs].map(([key, values]) => [key, median(values) as number]));
}

function slowerBy(night: Timeline, usual: ReadonlyMap<string, number>): number | null {
  const factors: number[] = [];
  for (const { key, runS } of night.units.values()) {
    const before = usual.get(key);
    if (runS !== null && before !== undefined && before > 0) factors.push(runS / before);
  }
  return median(factors);
}
