import { memoize, memoizeWeakly } from '../memoize.ts';
import { isMonthEnd } from '../month-end.ts';
import { median } from '../percentile.ts';
import type { Scene } from '../rca/scene.ts';
import { type PastTable, pastTable } from './past-table.ts';
import type { Timeline } from './timeline.ts';

/** A night, and where it stands in the table of all earlier ones. */
interface PlacedNight {
  night: Timeline;
  column: number;
}

/** Earlier nights whose durations may be set beside tonight's. */
export interface FairNights {
  /** Newest first. `scale`: what a duration of that night has to be multiplied with to be one of a day like tonight's. */
  nights: readonly (PlacedNight & { scale: number })[];
  /** How much wider than history a range has to be, because hardly any day like tonight's has been seen; 1 or more. */
  widen: number;
  /** All earlier nights. */
  table: PastTable;
}

/** Slower than other days by this much, where no month-end has been seen: usually, and at most. */
const UNSEEN_MONTH_END = { usual: 1.3, most: 1.7 };
/** What one month-end leaves open of the next; of several, a part each. */
const LEFT_OPEN = 0.3;

/**
 * Ordinary days are compared with ordinary days. A month-end is slower: the few that history has say by how much, over all
 * units together, and ordinary days stretched by it say the rest. The same object for every scene with the same past.
 */
export function fairNights(scene: Scene): FairNights {
  return fairWith(scene.past)(isMonthEnd(scene.businessDate) ? 'month_end' : 'ordinary');
}

const fairWith = memoizeWeakly((past: readonly Timeline[]) =>
  memoize((tonight: 'ordinary' | 'month_end'): FairNights => {
    const table = pastTable(past);
    const nights = past.map((night, column): PlacedNight => ({ night, column }));
    const ordinary = nights.filter(({ night }) => !isMonthEnd(night.businessDate));
    if (tonight === 'ordinary') return { nights: ordinary.map((one) => ({ ...one, scale: 1 })), widen: 1, table };
    const usual = usualRuns(table, ordinary);
    const slower = nights
      .filter(({ night }) => isMonthEnd(night.businessDate))
      .map(({ column }) => slowerBy(table, column, usual))
      .filter((factor) => factor !== null);
    const typical = Math.max(1, median(slower) ?? UNSEEN_MONTH_END.usual);
    const most = slower.length === 0 ? UNSEEN_MONTH_END.most : Math.max(...slower) * (1 + LEFT_OPEN / slower.length);
    return {
      nights: nights.map((one) => ({ ...one, scale: isMonthEnd(one.night.businessDate) ? 1 : typical })),
      widen: Math.max(1, most / typical),
      table,
    };
  }),
);

/** Seconds of a unit's successful runs on comparable dates, newest first, in terms of a day like tonight's. */
export function runsBefore({ nights, table }: FairNights, key: string): number[] {
  const row = table.rows.get(key);
  const runs: number[] = [];
  if (row === undefined) return runs;
  for (const { column, scale } of nights) {
    const runS = table.runS[row * table.width + column] as number;
    if (!Number.isNaN(runS)) runs.push(runS * scale);
  }
  return runs;
}

/** The median of each row's successful runs on these nights; null where there are none. */
function usualRuns({ units, width, runS }: PastTable, nights: readonly PlacedNight[]): (number | null)[] {
  return units.map((_, row) =>
    median(nights.map(({ column }) => runS[row * width + column] as number).filter((run) => !Number.isNaN(run))),
  );
}

function slowerBy({ width, runS }: PastTable, column: number, usual: readonly (number | null)[]): number | null {
  const factors = usual.flatMap((before, row) => {
    const run = runS[row * width + column] as number;
    return Number.isNaN(run) || before === null || before <= 0 ? [] : [run / before];
  });
  return median(factors);
}
