import type { Definition } from '../../definition.ts';
import { memoizeByDefinition } from '../../definition-key.ts';
import { type Instant, SECOND } from '../../instant.ts';
import { memoize, memoizeWeakly } from '../../memoize.ts';
import { isMonthEnd } from '../../month-end.ts';
import type { Unit } from '../../placement.ts';
import { type PastTable, pastTable } from '../past-table.ts';
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

/** Earlier nights beside each other. */
export interface PastCourse {
  nights: readonly Timeline[];
  /** When the phase began on each night. */
  began: readonly number[];
  /** Of a unit by its key, the same object each time; nothing but NaN for one that never ran. */
  unitOf(unit: { key: string; datasetId: string }): UnitPast;
}

/** A unit that began this much before what is below it had ended did not wait for it. */
const OVERLAP = 60 * SECOND;
/** Nights longer ago say little of how things are now. */
const MOST_NIGHTS = 60;

/** The nights that an estimate rests on: `ordinary` leaves month-ends out. Kept with them, for each essential. */
export const pastCourse = memoizeWeakly((past: readonly Timeline[]) =>
  memoize((days: 'ordinary' | 'all') => {
    const suits = ({ businessDate }: Timeline) => days === 'all' || !isMonthEnd(businessDate);
    const columns = past.flatMap((night, column) => (suits(night) ? [column] : [])).slice(0, MOST_NIGHTS);
    return memoizeByDefinition((definition) => courseOver(pastTable(past), columns, definition));
  }),
);

function courseOver(table: PastTable, columns: readonly number[], definition: Definition): PastCourse {
  const stepOf = ownSteps(definition, table);
  const milestones = columns.map((column) => milestonesOf(table, stepOf, column));
  const units = new Map<string, UnitPast>();
  return {
    nights: columns.map((column) => table.nights[column] as Timeline),
    began: milestones.map(({ first }) => first),
    unitOf({ key, datasetId }) {
      const known = units.get(key);
      if (known !== undefined) return known;
      const row = table.rows.get(key) ?? -1;
      const past = { key, datasetId, ...pastOfRow(table, columns, milestones, row, stepOf.get(row)) };
      units.set(key, past);
      return past;
    },
  };
}

/** `step`: where the essential has the unit; not at all where it never ran. */
function pastOfRow(
  { width, startedAt, endedAt, runS }: PastTable,
  columns: readonly number[],
  milestones: readonly Milestones[],
  row: number,
  step: number | undefined,
): Pick<UnitPast, 'run' | 'span' | 'gap'> {
  const empty = () => new Array<number>(columns.length).fill(Number.NaN);
  const past = { run: empty(), span: empty(), gap: empty() };
  if (step === undefined) return past;
  for (const [night, column] of columns.entries()) {
    const at = row * width + column;
    const start = startedAt[at] as number;
    if (Number.isNaN(start)) continue;
    if (!Number.isNaN(runS[at])) {
      past.run[night] = logS(runS[at] as number);
      past.span[night] = logS(((endedAt[at] as number) - start) / SECOND);
    }
    const { first, doneBelow } = milestones[night] as Milestones;
    const gap = start - (doneBelow[step] ?? doneBelow.at(-1) ?? first);
    if (gap > -OVERLAP) past.gap[night] = Math.max(0, gap);
  }
  return past;
}

interface Milestones {
  /** When the essential began. */
  first: Instant;
  /** By step: when everything below it was done; one more entry than there are steps with an end. */
  doneBelow: readonly Instant[];
}

function milestonesOf(
  { width, startedAt, endedAt, runS }: PastTable,
  stepOf: ReadonlyMap<number, number>,
  column: number,
): Milestones {
  const doneIn: Instant[] = [];
  let first = Number.POSITIVE_INFINITY;
  for (const [row, step] of stepOf) {
    const at = row * width + column;
    // What did not run is not a number, which is never less.
    if ((startedAt[at] as number) < first) first = startedAt[at] as number;
    if (!Number.isNaN(runS[at])) doneIn[step] = Math.max(doneIn[step] ?? 0, endedAt[at] as number);
  }
  return { first, doneBelow: runningMaximum(doneIn, first) };
}

/** Below a second all runs are equally short. */
export function logS(seconds: number): number {
  return Math.log(Math.max(1, seconds));
}

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
