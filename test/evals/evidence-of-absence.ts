import type { Evidence } from '../../src/batch/rca/cause.ts';
import { parseDefinition } from '../../src/lenz/response.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import { runAt } from './rows-at.ts';
import { mayBeOf, sliceOf, type TablesIndex } from './tables-index.ts';

/** That something did not run is right when no row at the clock could be its run. */
export function checkAbsence(
  evidence: Extract<Evidence, { kind: 'absence' }>,
  night: GeneratedNight,
  index: TablesIndex,
): string | null {
  const { datasetId, slice, whole, businessDate, phase } = evidence;
  const name = whole ? `all of ${datasetId}` : `${slice} of ${datasetId}`;
  const dataset = parseDefinition(night.definitions[night.essential], night.essential, 0).datasets.find(
    (listed) => listed.datasetId === datasetId,
  );
  if (dataset === undefined) return `${datasetId} is no dataset of ${night.essential}`;
  if (businessDate !== night.businessDate || phase !== night.phase) return `${name}: not of the night in question`;
  if (!whole && slice !== null && dataset.slices.length > 0 && !dataset.slices.includes(slice)) {
    return `${name} is no slice of ${night.essential}`;
  }
  const concerns = (told: string | null | undefined) =>
    whole ? dataset.slices.length === 0 || dataset.slices.includes(told ?? '') : told === slice;
  const there = index
    .runsOf(datasetId, businessDate)
    .find(
      (row) => runAt(row, night.now) !== null && mayBeOf(row, phase) && concerns(sliceOf(row.DAG_RUN_ID, businessDate)),
    );
  return there === undefined ? null : `${name} is said to be absent, and ${there.DAG_RUN_ID} is there`;
}
