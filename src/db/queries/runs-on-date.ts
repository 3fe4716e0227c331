import type { Kysely } from 'kysely';
import type { BusinessDate } from '../../batch/business-date.ts';
import type { FgwTables } from '../schema.ts';

/**
 * Runs of these datasets on one business date, for a query to select from.
 *
 * The dataset is compared inside COALESCE on purpose: with a bare column the optimizer may read every dataset's whole history
 * by its index instead of the one business date, which is far smaller. An index cannot serve the wrapped column.
 */
export function runsOnDate(fgw: Kysely<FgwTables>, on: { datasetIds: readonly string[]; businessDate: BusinessDate }) {
  return fgw
    .selectFrom('WORKFLOW_RUN_INSTANCE')
    .where('BUSINESS_DATE', '=', on.businessDate)
    .where((eb) => eb(eb.fn.coalesce('OUTPUT_DATASET_ID', eb.val('')), 'in', [...on.datasetIds]));
}
