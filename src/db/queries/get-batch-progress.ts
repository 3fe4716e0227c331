import type { Kysely } from 'kysely';
import type { BusinessDate } from '../../batch/business-date.ts';
import type { FgwTables } from '../schema.ts';
import { RUN_COLUMNS } from './run-rows.ts';
import { runsOnDate } from './runs-on-date.ts';

/** `get_batch_progress`: the same runs without free text, for overviews of a whole night. */
export function getBatchProgress(
  fgw: Kysely<FgwTables>,
  about: { datasetIds: readonly string[]; businessDate: BusinessDate; limit: number },
) {
  return runsOnDate(fgw, about).select(RUN_COLUMNS).limit(about.limit);
}
