import type { Kysely } from 'kysely';
import type { BusinessDate } from '../../batch/business-date.ts';
import type { FgwTables } from '../schema.ts';
import { DETAILED_RUN_COLUMNS } from './run-rows.ts';
import { runsOnDate } from './runs-on-date.ts';

/**
 * `get_slice_status`: runs of one dataset on one business date whose id holds one of these slices. INSTR instead of LIKE:
 * slice names are full of `_`, which LIKE takes for a wildcard. What follows the slice in the id is for the domain to judge
 * (`listedSliceOf`): names nest.
 */
export function getSliceStatus(
  fgw: Kysely<FgwTables>,
  about: { datasetId: string; businessDate: BusinessDate; slices: readonly string[]; limit: number },
) {
  return runsOnDate(fgw, { datasetIds: [about.datasetId], businessDate: about.businessDate })
    .where((eb) =>
      eb.or(
        about.slices.map((slice) =>
          eb(eb.fn<number>('instr', ['DAG_RUN_ID', eb.val(`_${about.businessDate}_${slice}_`)]), '>', 0),
        ),
      ),
    )
    .select(DETAILED_RUN_COLUMNS)
    .limit(about.limit);
}
