import type { Kysely } from 'kysely';
import type { BusinessDate } from '../../batch/business-date.ts';
import type { FgwTables } from '../schema.ts';
import { DETAILED_RUN_COLUMNS } from './run-rows.ts';
import { runsOnDate } from './runs-on-date.ts';

/** `get_batch_status`: every run of these datasets on one business date, with the platform's free text. */
export function getBatchStatus(
  fgw: Kysely<FgwTables>,
  about: { datasetIds: readonly string[]; businessDate: BusinessDate; limit: number },
) {
  return runsOnDate(fgw, about).select(DETAILED_RUN_COLUMNS).limit(about.limit);
}
