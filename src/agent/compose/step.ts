import { stepsOf } from '../../batch/progress.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import type { PhaseState } from '../../batch/state.ts';
import { code } from '../safe-text.ts';
import { clockTime } from './times.ts';
import { plural } from './units.ts';

/** When one step began and ended, by its units' runs. */
export function stepSentence({ datasets, businessDate, progress }: PhaseState, rank: number, zone: string): string {
  const step = stepsOf(datasets).find((one) => one.rank === rank);
  if (step === undefined) return `There is no step ${rank}: it has ${plural(progress.of, 'step')}.`;
  const names = step.datasets.slice(0, 3).map((dataset) => code(shortDatasetName(dataset.datasetId)));
  const more = step.datasets.length > 3 ? ` and ${step.datasets.length - 3} more` : '';
  const which = `Step ${rank} of ${progress.of} (${names.join(', ')}${more})`;
  const units = step.datasets.flatMap((dataset) => dataset.units);
  const starts = units.flatMap(({ attempts }) => attempts.map(({ startedAt }) => startedAt));
  if (starts.length === 0) return `${which} has not begun.`;
  const at = (instant: number) => clockTime(instant, zone, businessDate);
  const ends = units.flatMap(({ decisive }) => decisive?.endedAt ?? []);
  const ended =
    step.status === 'SUCCESS' && ends.length > 0 ? ` and ended at ${at(Math.max(...ends))}` : `; it is ${step.status}`;
  return `${which} began at ${at(Math.min(...starts))}${ended}.`;
}
