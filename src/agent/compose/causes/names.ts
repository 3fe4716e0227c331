import type { Candidate } from '../../../batch/rca/cause.ts';
import { shortDatasetName } from '../../../batch/short-dataset-name.ts';
import { code } from '../../safe-text.ts';

export function datasetName(datasetId: string | null): string {
  return datasetId === null ? 'several datasets' : code(shortDatasetName(datasetId));
}

/** `EMEA` of `positions`, 3 slices of `positions`, or the dataset alone where it has no slice. */
export function unitsNamed(cause: Pick<Candidate, 'datasetId' | 'slice' | 'slices'>): string {
  const dataset = datasetName(cause.datasetId);
  if (cause.slices.length > 1) return `${cause.slices.length} slices of ${dataset}`;
  return cause.slice === null ? dataset : `${code(cause.slice)} of ${dataset}`;
}

/** ` in slice EMEA`, ` in 3 slices (EMEA first)`, or nothing. */
export function inSlices(cause: Pick<Candidate, 'slice' | 'slices'>, how = 'first'): string {
  const leading = cause.slice === null ? '' : ` (${code(cause.slice)} ${how})`;
  if (cause.slices.length > 1) return ` in ${cause.slices.length} slices${leading}`;
  return cause.slice === null ? '' : ` in slice ${code(cause.slice)}`;
}
