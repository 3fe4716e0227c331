import { scriptOf } from '../circumstances.ts';
import { failingTask } from '../incidents.ts';
import { HOUR, SECOND } from '../platform.ts';
import { freeUnits, runsOf } from '../site.ts';
import { causeOf, type DrawFault } from './fault.ts';

/** A task throws, and Airflow does not try it again. */
export const taskFailure: DrawFault = (site) => draw(site, 'task_failure');

/** A task throws on every try that Airflow gives it. */
export const retryExhausted: DrawFault = (site) => draw(site, 'retry_exhausted');

function draw(site: Parameters<DrawFault>[0], family: 'task_failure' | 'retry_exhausted'): ReturnType<DrawFault> {
  const { random } = site;
  const again = family === 'retry_exhausted';
  const units = freeUnits(site).filter(({ pipeline }) => !again || pipeline.retries > 0);
  if (units.length === 0) return null;
  const unit = random.pick(units);
  const task = failingTask(unit, random);
  // Somebody may get to it much later.
  const repaired = random.chance(0.3) ? random.between(2, 10) * HOUR : null;
  return {
    dataset: unit.pipeline,
    apply(circumstances) {
      const script = scriptOf(circumstances, unit);
      script.throws = { task: task.id, how: again ? 'every_try' : 'at_once', runs: repaired ? 1 : 9 };
      if (repaired) script.repair = { wait: repaired, inPlace: false };
    },
    effect({ night }) {
      const [run, retry] = runsOf(night, unit);
      const failed = run?.tasks.find((one) => one.spec === task);
      if (run?.status !== 'FAILED' || failed?.state !== 'failed' || failed.tries > 1 !== again) return null;
      const from = (run.endedAt as number) + 5 * SECOND;
      return {
        datasets: new Set([unit.pipeline]),
        visible: [{ from, to: retry ? retry.createdAt - SECOND : Number.POSITIVE_INFINITY }],
        causeAt: () =>
          causeOf(family, { datasetId: unit.pipeline.datasetId, slices: [unit.slice], taskIds: [task.id] }),
      };
    },
  };
}
