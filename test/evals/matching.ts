import { MINUTE } from '../../src/batch/instant.ts';
import type { Family, TrueCause } from '../../src/playground/world/nights/generated-night.ts';
import type { ToldCause } from './told.ts';

type Key = 'dataset' | 'slice' | 'task' | 'operator' | 'window' | 'host';

/** What has to be right of each family, besides the family itself. */
export const KEYS: Readonly<Record<Family, readonly Key[]>> = {
  task_failure: ['dataset', 'slice', 'task'],
  retry_exhausted: ['dataset', 'slice', 'task'],
  late_start: ['dataset'],
  queue_delay: ['dataset'],
  slow_run: ['dataset', 'slice', 'task'],
  data_skew: ['dataset', 'slice', 'task'],
  stuck: ['dataset', 'slice'],
  cancelled: ['dataset', 'slice'],
  missed_trigger: ['dataset', 'slice'],
  shared_dependency: ['operator', 'window'],
  bad_host: ['host'],
};

/** A window that is right may stick out by this much; one that is the whole night says nothing. */
const WINDOW_SLACK = 15 * MINUTE;

const SAME: Readonly<Record<Key, (told: ToldCause, truth: TrueCause) => boolean>> = {
  dataset: (told, truth) => told.datasetId === truth.datasetId,
  slice: (told, truth) => truth.slices.includes(told.slice),
  task: (told, truth) => told.taskId !== null && truth.taskIds.includes(told.taskId),
  operator: (told, truth) => told.operator === truth.operator,
  window: (told, truth) => sameWindow(told.window, truth.window),
  host: (told, truth) => told.host !== null && told.host === truth.host,
};

/** Family and every key that it has. */
export function isRight(told: ToldCause, truth: TrueCause): boolean {
  return told.family === truth.family && KEYS[truth.family].every((key) => SAME[key](told, truth));
}

/** What keeps a named cause from being right: for whoever reads why a night was failed. */
export function wrongKeys(told: ToldCause, truth: TrueCause): string[] {
  if (told.family !== truth.family) return ['family'];
  return KEYS[truth.family].filter((key) => !SAME[key](told, truth));
}

/** Whether each cause that was named is a true one and each true one was named, in whatever order. */
export function isExactSet(told: readonly ToldCause[], truth: readonly TrueCause[]): boolean {
  if (told.length !== truth.length) return false;
  const [first, ...rest] = told;
  if (first === undefined) return true;
  return truth.some(
    (cause, index) => isRight(first, cause) && isExactSet(rest, [...truth.slice(0, index), ...truth.slice(index + 1)]),
  );
}

function sameWindow(told: ToldCause['window'], truth: TrueCause['window']): boolean {
  if (told === null || truth === null) return false;
  const [from, to] = [Date.parse(truth.from), Date.parse(truth.to)];
  const overlaps = told.from <= to && told.to >= from;
  return overlaps && told.from >= from - WINDOW_SLACK && told.to <= to + WINDOW_SLACK;
}
