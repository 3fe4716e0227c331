import { type BusinessDate, daysBefore } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import { HISTORY_DAYS } from '../night.ts';
import { USUAL_DATES } from '../owed-units.ts';
import { placeRuns } from '../placement.ts';
import type { RunRow } from '../run.ts';
import type { Desk } from './desk.ts';
import { readRuns } from './read-runs.ts';

/** Three weeks hold the ten latest dates of an essential that runs every business date, holidays included. */
const FIRST_LOOK_DAYS = 21;

/**
 * The runs before a business date that decide what is usual: the last three weeks, and the rest of the window only for
 * essentials that ran more rarely. `known` are rows already read, complete from their first date on.
 */
export async function readHistory(
  desk: Desk,
  definitions: readonly Definition[],
  businessDate: BusinessDate,
  known: { from: BusinessDate; rows: readonly RunRow[] } | null = null,
): Promise<RunRow[]> {
  const datasetIds = datasetIdsOf(definitions);
  const start = daysBefore(businessDate, HISTORY_DAYS);
  const first = daysBefore(businessDate, FIRST_LOOK_DAYS);
  let from = known?.from ?? businessDate;
  const rows = (known?.rows ?? []).filter((row) => row.businessDate < businessDate);
  if (from > first) {
    rows.push(...(await readRuns(desk, datasetIds, first, daysBefore(from, 1))));
    from = first;
  }
  const enough = definitions.every((definition) => finalDates(definition, rows, desk) >= USUAL_DATES);
  if (!enough && from > start) rows.push(...(await readRuns(desk, datasetIds, start, daysBefore(from, 1))));
  return rows;
}

export function datasetIdsOf(definitions: readonly Definition[]): string[] {
  return [...new Set(definitions.flatMap((definition) => definition.datasets.map((dataset) => dataset.datasetId)))];
}

function finalDates(definition: Definition, rows: readonly RunRow[], desk: Desk): number {
  const nights = Map.groupBy(rows, (row) => row.businessDate);
  return [...nights.values()].filter((night) =>
    placeRuns(definition, night, desk.clock.now()).runs.some((run) => run.unit !== null && run.phase === 'FINAL'),
  ).length;
}
