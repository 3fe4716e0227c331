import type { Definition } from '../../definition.ts';
import { type Instant, SECOND } from '../../instant.ts';
import type { Unit } from '../../placement.ts';
import type { PastTable } from '../past-table.ts';
import type { Timeline } from '../timeline.ts';

/** What one unit did on each of the nights compared with, by their index; NaN where it did not or nobody knows. */
export interface UnitPast {
  key: string;
  datasetId: string;
  /** Natural logarithm of the seconds that its last, successful attempt ran. */
  run: number[];
  /** The same from its first start to its end, failures and repairs in between included. */
  span: number[];
  /** Milliseconds from the end of everything below it (of the lowest step: from the beginning of the phase) to its start. */
  gap: number[];
}

export interface PastCourse {
  nights: readonly Timeline[];
  /** When the phase began on each night. */
  began: number[];
  units: ReadonlyMap<string, UnitPast>;
}

/** A unit that began this much before what is below it had ended did not wait for it. */
const OVERLAP = 60 * SECOND;

/** Lays earlier nights beside each other, unit by unit, for the units asked about. `columns`: the nights, by their place in the table. */
export function pastCourse(
  definition: Definition,
  table: PastTable,
  columns: readonly number[],
  wanted: readonly { key: string; datasetId: string }[],
): PastCourse {
  const { rows, width, startedAt, endedAt, runS } = table;
  const empty = () => new Array<number>(columns.length).fill(Number.NaN);
  const stepOf = ownSteps(definition, table);
  const units = new Map<string, UnitPast>();
  const pasts: { row: number; step: number; past: UnitPast }[] = [];
  for (const { key, datasetId } of wanted) {
    const past = { key, datasetId, run: empty(), span: empty(), gap: empty() };
    const row = rows.get(key);
    const step = row === undefined ? undefined : stepOf.get(row);
    units.set(key, past);
    if (row !== undefined && step !== undefined) pasts.push({ row, step, past });
  }
  const began = columns.map((column, night) => {
    const { first, doneIn } = milestonesOf(table, stepOf, column);
    const doneBelow = runningMaximum(doneIn, first);
    for (const { row, step, past } of pasts) {
      const at = row * width + column;
      const start = startedAt[at] as number;
      if (Number.isNaN(start)) continue;
      if (!Number.isNaN(runS[at])) {
        past.run[night] = logS(runS[at] as number);
        past.span[night] = logS(((endedAt[at] as number) - start) / SECOND);
      }
      const gap = start - (doneBelow[step] ?? doneBelow.at(-1) ?? first);
      if (gap > -OVERLAP) past.gap[night] = Math.max(0, gap);
    }
    return first;
  });
  return { nights: columns.map((column) => table.nights[column] as Timeline), began, units };
}

/** When the essential began on a night, and when the last unit of each step that succeeded was done. */
function milestonesOf({ width, startedAt, endedAt, runS }: PastTable, stepOf: Map<number, number>, column: number) {
  const doneIn: Instant[] = [];
  let first = Number.POSITIVE_INFINITY;
  for (const [row, step] of stepOf) {
    const at = row * width + column;
    // What did not run is not a number, which is never less.
    if ((startedAt[at] as number) < first) first = startedAt[at] as number;
    if (!Number.isNaN(runS[at])) doneIn[step] = Math.max(doneIn[step] ?? 0, endedAt[at] as number);
  }
  return { first, doneIn };
}

/** Below a second all runs are equally short. */
export function logS(seconds: number): number {
  return Math.log(Math.max(1, seconds));
}

/** By step: when everything below it was done; one more entry than there are steps with an end. */
function runningMaximum(doneIn: readonly (Instant | undefined)[], first: Instant): Instant[] {
  const below = [first];
  for (let step = 0; step < doneIn.length; step += 1) {
    below.push(Math.max(below[step] as Instant, doneIn[step] ?? 0));
  }
  return below;
}

/** The step, from 0, of each row; none for slices that only other essentials list: timelines have those too. */
function ownSteps({ datasets }: Definition, { units, rowsOf }: PastTable): Map<number, number> {
  const orders = [...new Set(datasets.map(({ sequenceOrder }) => sequenceOrder))].sort((a, b) => a - b);
  const steps = new Map<number, number>();
  for (const { datasetId, sequenceOrder, slices } of datasets) {
    const own = new Set(slices);
    for (const row of rowsOf.get(datasetId) ?? []) {
      if (own.size === 0 || own.has((units[row] as Unit).identity)) steps.set(row, orders.indexOf(sequenceOrder));
    }
  }
  return steps;
}
