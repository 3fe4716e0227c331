import { scriptOf } from '../circumstances.ts';
import { SECOND } from '../platform.ts';
import { freeUnits, runsOf } from '../site.ts';
import { usualOf } from '../topology.ts';
import { causeOf, type DrawFault, forever } from './fault.ts';

/** A person cancels every attempt at a unit. */
export const cancelled: DrawFault = (site) => {
  const { random } = site;
  const units = freeUnits(site);
  if (units.length === 0) return null;
  const unit = random.pick(units);
  const ending = {
    how: 'cancelled' as const,
    after: usualOf(unit.pipeline) * unit.weight * site.pace * random.between(0.03, 0.75),
    attempts: random.pick([1, 1, 2, 3]),
    // Airflow marks what ran at that moment as failed where the whole run was, and as skipped where it was cleared.
    mark: random.chance(0.3) ? ('failed' as const) : undefined,
  };
  return {
    dataset: unit.pipeline,
    apply(circumstances) {
      scriptOf(circumstances, unit).ending = ending;
    },
    effect({ night }) {
      const runs = runsOf(night, unit);
      if (runs.length === 0 || runs.some((run) => run.status !== 'CANCELLED')) return null;
      return {
        datasets: new Set([unit.pipeline]),
        visible: forever((runs.at(-1)?.endedAt as number) + 5 * SECOND),
        causeAt: () => causeOf('cancelled', { datasetId: unit.pipeline.datasetId, slices: [unit.slice] }),
      };
    },
  };
};
