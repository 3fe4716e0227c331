import type { Candidate, Family } from '../batch/rca/cause.ts';
import { shortDatasetName } from '../batch/short-dataset-name.ts';
import { plainName, plural } from './plain-text.ts';

const WORDS: Readonly<Record<Family, string>> = {
  task_failure: 'failed',
  retry_exhausted: 'failed, retries too',
  late_start: 'began late',
  queue_delay: 'queued long',
  slow_run: 'slow',
  data_skew: 'slow',
  stuck: 'stuck',
  cancelled: 'cancelled',
  missed_trigger: 'not triggered',
  shared_dependency: 'failed with others',
  bad_host: 'on a bad host',
};

/** What a cause did to where it broke out, in a few words: `began late`. */
export function familyWords(family: Family): string {
  return WORDS[family];
}

/** `EMEA_DERIV_CFG failed`, `3 slices of positions_v2 slow`: where it broke and how, as long as there is room for on a line. */
export function causeWords(cause: Pick<Candidate, 'family' | 'datasetId' | 'slice' | 'slices' | 'operator' | 'host'>) {
  const { family, datasetId, slice, slices, operator, host } = cause;
  if (family === 'bad_host' && host !== null) return `bad host ${plainName(host, 30)}`;
  if (family === 'shared_dependency' && operator !== null)
    return `${plainName(operator, 30)} failed in several batches`;
  const dataset = datasetId === null ? 'several datasets' : plainName(shortDatasetName(datasetId) || datasetId, 30);
  const where =
    slices.length > 1
      ? `${plural(slices.length, 'slice')} of ${dataset}`
      : slice === null
        ? dataset
        : plainName(slice, 30);
  return `${where} ${WORDS[family]}`;
}
