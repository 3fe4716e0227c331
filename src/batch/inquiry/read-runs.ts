import { UpstreamError } from '../../errors.ts';
import { type BusinessDate, daysBefore } from '../business-date.ts';
import { DAY } from '../instant.ts';
import type { RunRow } from '../run.ts';
import type { Desk } from './desk.ts';

/**
 * Runs of these datasets over a range of business dates. A range too large for one read is halved: a large night must not
 * cost the answer, and a truncated read must never become a status.
 */
export async function readRuns(
  desk: Desk,
  datasetIds: readonly string[],
  from: BusinessDate,
  to: BusinessDate,
): Promise<RunRow[]> {
  try {
    return await desk.sources.runs.historicalRuns({ datasetIds, from, to });
  } catch (error) {
    if (!(error instanceof UpstreamError && error.code === 'RDS_TRUNCATED') || from >= to) throw error;
    const middle = daysBefore(to, Math.ceil(daysBetween(from, to) / 2));
    const [earlier, later] = [
      await readRuns(desk, datasetIds, from, middle),
      await readRuns(desk, datasetIds, daysBefore(middle, -1), to),
    ];
    return [...earlier, ...later];
  }
}

function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}
