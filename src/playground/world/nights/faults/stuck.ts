import { scriptOf } from '../circumstances.ts';
import { MINUTE } from '../platform.ts';
import { freeUnits, runsOf } from '../site.ts';
import { usualOf } from '../topology.ts';
import { causeOf, type DrawFault, forever } from './fault.ts';

/** A process dies without a word, or Airflow is through with a run and the workflow table never hears of it. */
export const stuck: DrawFault = (site) => {
  const { random } = site;
  const units = freeUnits(site);
  if (units.length === 0) return null;
  const unit = random.pick(units);
  const how = random.pick(['dies', 'dies', 'untold', 'timed_out'] as const);
  const after = usualOf(unit.pipeline) * unit.weight * site.pace * random.between(0.05, 0.85);
  const patience = random.between(2, 12) * MINUTE;
  return {
    dataset: unit.pipeline,
    apply(circumstances) {
      scriptOf(circumstances, unit).ending = { how, after };
    },
    effect({ night }) {
      const run = runsOf(night, unit)[0];
      if (run?.status !== 'RUNNING' || run.heartbeatAt === null) return null;
      const ended = run.airflow.endedAt;
      return {
        datasets: new Set([unit.pipeline]),
        visible: forever(ended === null ? run.heartbeatAt + 31 * MINUTE : ended + patience),
        causeAt: () => causeOf('stuck', { datasetId: unit.pipeline.datasetId, slices: [unit.slice] }),
      };
    },
  };
};
