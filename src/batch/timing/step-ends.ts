import { type Instant, SECOND } from '../instant.ts';
import { median } from '../percentile.ts';
import type { Unit } from '../placement.ts';
import type { Scene } from '../rca/scene.ts';
import { ENOUGH_DATES } from './baseline.ts';
import { placedUnits } from './critical-path.ts';
import { oncePerRuns } from './once-per-scene.ts';
import { pastTable } from './past-table.ts';
import { type EndedNight, endedNights, rowsThatCount, usualInstant } from './phase-ends.ts';

/**
 * When everything up to a step would have been done tonight, had the step itself gone as usual: counted from when the steps
 * below were done tonight, for the first step from the usual hour. Null with too little history, or while the steps below are
 * not done.
 */
export function usualStepEnd(scene: Scene, sequenceOrder: number): Instant | null {
  const through = (night: EndedNight) => endThrough(scene, night, sequenceOrder);
  const lower = placedUnits(scene).filter((unit) => unit.sequenceOrder < sequenceOrder);
  if (lower.length === 0) return usualInstant(scene, through);

  if (lower.some(({ state }) => state.status !== 'SUCCESS')) return null;
  const ready = Math.max(...lower.map(({ times }) => times.endedAt ?? scene.asOf));
  const lengths = endedNights(scene).flatMap((night) => {
    const [done, below] = [through(night), endThrough(scene, night, sequenceOrder, 'before')];
    return done === null || below === null ? [] : [(Math.max(0, done - below) / SECOND) * night.scale];
  });
  return lengths.length < ENOUGH_DATES ? null : ready + (median(lengths) as number) * SECOND;
}

/** When everything up to a step was done on an earlier night (`before`: up to the steps below it); null where nothing of it ran. */
export function endThrough(
  scene: Scene,
  night: EndedNight,
  sequenceOrder: number,
  how: 'with' | 'before' = 'with',
): Instant | null {
  let latest: Instant | null = null;
  for (const [order, end] of stepEnds(scene).get(night) ?? []) {
    if (order > sequenceOrder || (how === 'before' && order === sequenceOrder)) continue;
    latest = latest === null ? end : Math.max(latest, end);
  }
  return latest;
}

/** The end of each step, by sequence order, of every earlier night that came to its end. */
const stepEnds = oncePerRuns((scene): ReadonlyMap<EndedNight, ReadonlyMap<number, Instant>> => {
  const { units, width, endedAt } = pastTable(scene.past);
  const orders = new Map(scene.state.datasets.map((dataset) => [dataset.datasetId, dataset.sequenceOrder]));
  const steps = Map.groupBy(rowsThatCount(scene), (row) => orders.get((units[row] as Unit).datasetId));
  const endOf = (rows: readonly number[], column: number): Instant | null => {
    let latest = Number.NEGATIVE_INFINITY;
    for (const row of rows) {
      const end = endedAt[row * width + column] as number;
      if (end > latest) latest = end;
    }
    return latest === Number.NEGATIVE_INFINITY ? null : latest;
  };
  return new Map(
    endedNights(scene).map((night) => {
      const ends = new Map<number, Instant>();
      for (const [order, rows] of steps) {
        const end = endOf(rows, night.column);
        if (order !== undefined && end !== null) ends.set(order, end);
      }
      return [night, ends];
    }),
  );
});
