import { memoizeWeakly } from '../memoize.ts';
import type { Unit } from '../placement.ts';
import type { Timeline } from './timeline.ts';

/**
 * Earlier nights beside each other: a row for each unit that ever ran, a column for each night, newest first. What every
 * comparison with the past goes through stands in flat arrays, at `row * width + column`; NaN where there is nothing.
 */
export interface PastTable {
  nights: readonly Timeline[];
  /** How many nights there are. */
  width: number;
  /** By row. */
  units: readonly Unit[];
  /** By `unitKey`. */
  rows: ReadonlyMap<string, number>;
  /** By dataset. */
  rowsOf: ReadonlyMap<string, readonly number[]>;
  /** When the unit began: an instant where it ran that night. */
  startedAt: Float64Array;
  /** When its decisive attempt ended. */
  endedAt: Float64Array;
  /** Seconds of its decisive attempt, where that succeeded. */
  runS: Float64Array;
  /** 1 where no attempt failed or was overwritten by another. */
  smooth: Uint8Array;
}

/** Laid out once for a list of nights, which `pastNights` gives again as long as nothing in them changed. */
export const pastTable = memoizeWeakly((nights: readonly Timeline[]): PastTable => {
  const { units, rows } = rowsOver(nights);
  const width = nights.length;
  const empty = () => new Float64Array(units.length * width).fill(Number.NaN);
  const table = { startedAt: empty(), endedAt: empty(), runS: empty(), smooth: new Uint8Array(units.length * width) };
  for (const [column, night] of nights.entries()) {
    for (const { key, startedAt, endedAt, runS, attempts } of night.units.values()) {
      const at = (rows.get(key) as number) * width + column;
      table.startedAt[at] = startedAt;
      if (endedAt !== null) table.endedAt[at] = endedAt;
      if (runS !== null) table.runS[at] = runS;
      if (attempts.every(({ status, rewritten }) => status !== 'FAILED' && !rewritten)) table.smooth[at] = 1;
    }
  }
  const rowsOf = Map.groupBy(units.keys(), (row) => (units[row] as Unit).datasetId);
  return { nights, width, units, rows, rowsOf, ...table };
});

function rowsOver(nights: readonly Timeline[]): { units: Unit[]; rows: Map<string, number> } {
  const units: Unit[] = [];
  const rows = new Map<string, number>();
  for (const night of nights) {
    for (const { key, unit } of night.units.values()) {
      if (rows.has(key)) continue;
      rows.set(key, units.length);
      units.push(unit);
    }
  }
  return { units, rows };
}
