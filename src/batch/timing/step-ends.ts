import { type Instant, SECOND } from '../instant.ts';
import { median } from '../percentile.ts';
import type { Scene } from '../rca/scene.ts';
import { ENOUGH_DATES } from './baseline.ts';
import { placedUnits } from './critical-path.ts';
import { type EndedNight, endedNights, usualInstant } from './phase-ends.ts';

/**
 * When everything up to a step would have been done tonight, had the step itself gone as usual: counted from when the steps
 * below were done tonight, for the first step from the usual hour. Null with too little history, or while the steps below are
 * not done.
 */
export function usualStepEnd(scene: Scene, sequenceOrder: number): Instant | null {
  const orders = new Map(scene.state.datasets.map((dataset) => [dataset.datasetId, dataset.sequenceOrder]));
  const endBelow = ({ units }: EndedNight, limit: (order: number) => boolean): Instant | null => {
    const ends = units.flatMap(({ unit, endedAt }) => {
      const order = orders.get(unit.datasetId);
      return order !== undefined && limit(order) && endedAt !== null ? [endedAt] : [];
    });
    return ends.length === 0 ? null : Math.max(...ends);
  };
  const through = (night: EndedNight) => endBelow(night, (order) => order <= sequenceOrder);
  const lower = placedUnits(scene).filter((unit) => unit.sequenceOrder < sequenceOrder);
  if (lower.length === 0) return usualInstant(scene, through);

  if (lower.some(({ state }) => state.status !== 'SUCCESS')) return null;
  const ready = Math.max(...lower.map(({ times }) => times.endedAt ?? scene.asOf));
  const lengths = endedNights(scene).flatMap((night) => {
    const [done, below] = [through(night), endBelow(night, (order) => order < sequenceOrder)];
    return done === null || below === null ? [] : [(Math.max(0, done - below) / SECOND) * night.scale];
  });
  return lengths.length < ENOUGH_DATES ? null : ready + (median(lengths) as number) * SECOND;
}
