import type { RunSource } from '../batch/ports.ts';
import type { RunRow } from '../batch/run.ts';
import { listedSliceOf, parseRunId } from '../batch/run-id.ts';
import type { Databases } from './databases.ts';
import { getBatchProgress } from './queries/get-batch-progress.ts';
import { getBatchStatus } from './queries/get-batch-status.ts';
import { getHistoricalRuns } from './queries/get-historical-runs.ts';
import { getSliceStatus } from './queries/get-slice-status.ts';
import { type RunRecord, toRunRows } from './queries/run-rows.ts';
import type { FgwTables } from './schema.ts';
import { execute, type QueryScope } from './tiers/executor.ts';
import { tier1Policy } from './tiers/policy.ts';

/** Opens WORKFLOW_RUN_INSTANCE for one question. Rows come in the order of their keys. */
export function openRunSource(databases: Databases, scope: QueryScope): RunSource {
  const { fgw } = databases;
  const policy = tier1Policy(databases.names, scope.bound);
  const limit = policy.bound + 1;
  const read = (tool: string, query: Parameters<typeof execute>[1]) =>
    execute<RunRecord, FgwTables>(fgw, query, { tool, policy, scope });

  return {
    async batchStatus({ datasetIds, businessDate }): Promise<RunRow[]> {
      const ids = new Set(datasetIds);
      if (ids.size === 0) return [];
      const records = await read(
        'get_batch_status',
        getBatchStatus(fgw, { datasetIds: [...ids], businessDate, limit }),
      );
      return toRunRows(records, { datasetIds: ids, from: businessDate, to: businessDate });
    },
    async batchProgress({ datasetIds, businessDate }): Promise<RunRow[]> {
      const ids = new Set(datasetIds);
      if (ids.size === 0) return [];
      const query = getBatchProgress(fgw, { datasetIds: [...ids], businessDate, limit });
      return toRunRows(await read('get_batch_progress', query), {
        datasetIds: ids,
        from: businessDate,
        to: businessDate,
      });
    },
    async sliceStatus({ datasetId, businessDate, slices }): Promise<RunRow[]> {
      const names = new Set(slices);
      if (names.size === 0) return [];
      const query = getSliceStatus(fgw, { datasetId, businessDate, slices: [...names], limit });
      const rows = toRunRows(await read('get_slice_status', query), {
        datasetIds: new Set([datasetId]),
        from: businessDate,
        to: businessDate,
      });
      return rows.filter(
        ({ dagRunId }) => dagRunId !== null && listedSliceOf(parseRunId(dagRunId), businessDate, names) !== null,
      );
    },
    async historicalRuns({ datasetIds, from, to }): Promise<RunRow[]> {
      const ids = new Set(datasetIds);
      if (ids.size === 0 || from > to) return [];
      const query = getHistoricalRuns(fgw, { datasetIds: [...ids], from, to, limit });
      return toRunRows(await read('get_historical_runs', query), { datasetIds: ids, from, to });
    },
  };
}
