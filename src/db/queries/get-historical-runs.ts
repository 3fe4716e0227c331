import type { Kysely } from 'kysely';
import type { BusinessDate } from '../../batch/business-date.ts';
import type { FgwTables } from '../schema.ts';
import { RUN_COLUMNS } from './run-rows.ts';

/**
 * `get_historical_runs`: every run of these datasets with `from` ≤ business date ≤ `to`. Here the optimizer chooses between
 * the dates and the datasets: which of the two is smaller depends on how many of each are asked for.
 */
export function getHistoricalRuns(
  fgw: Kysely<FgwTables>,
  about: { datasetIds: readonly string[]; from: BusinessDate; to: BusinessDate; limit: number },
) {
  return fgw
    .selectFrom('WORKFLOW_RUN_INSTANCE')
    .where('BUSINESS_DATE', '>=', about.from)
    .where('BUSINESS_DATE', '<=', about.to)
    .where('OUTPUT_DATASET_ID', 'in', [...about.datasetIds])
    .select(RUN_COLUMNS)
    .limit(about.limit);
}
