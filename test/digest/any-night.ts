import fc from 'fast-check';
import { inquireOutlook, type NightOutlook } from '../../src/batch/inquiry/outlook.ts';
import type { RunRow, TaskRow } from '../../src/batch/run.ts';
import { deskOver } from '../batch/inquiry/desk-builder.ts';
import { DATE, define, earlierDates, manual, run } from '../batch/night-builder.ts';
import { task } from '../batch/rca/scene-builder.ts';

export const ZONE = 'America/New_York';
/** Two hours after the runs began: they ought to be done. */
export const NOW = Date.parse(`${DATE}T22:00:00Z`);

/** Three essentials; two of them list the same slice of one dataset. */
const SHARED = { datasetId: 'x-shared', slices: ['ALL'], sequenceOrder: 1 };
const DEFINITIONS = [
  define([{ datasetId: 'x-a', slices: ['NA', 'EMEA'] }, SHARED], 'A'),
  define([{ datasetId: 'x-b', slices: ['NA'] }, SHARED], 'B'),
  define([{ datasetId: 'x-c', slices: ['NA', 'APAC'] }], 'C'),
];
const UNITS = [
  { dataset: 'x-a', slice: 'NA' },
  { dataset: 'x-a', slice: 'EMEA' },
  { dataset: 'x-b', slice: 'NA' },
  { dataset: 'x-shared', slice: 'ALL', created: 35 },
  { dataset: 'x-c', slice: 'NA' },
  { dataset: 'x-c', slice: 'APAC' },
];
const HISTORY = earlierDates(12).flatMap((date) => UNITS.map((unit) => run({ ...unit, date })));

/** How a unit fares in a night. */
export const FATES = ['done', 'failed', 'cancelled', 'running', 'stuck', 'failed twice', 'again', 'mended'] as const;
export type Fate = (typeof FATES)[number];

/** The fate of each unit, in the order of the definitions. */
export const anyFates: fc.Arbitrary<Fate[]> = fc.array(fc.constantFrom('done' as Fate, 'done' as Fate, ...FATES), {
  minLength: UNITS.length,
  maxLength: UNITS.length,
});
export const ALL_DONE: Fate[] = UNITS.map(() => 'done');

/** The night as a digest and a watch see it. */
export async function outlookOf(fates: readonly Fate[], now = NOW): Promise<NightOutlook> {
  const rows = UNITS.flatMap((unit, index) => rowsOf(unit, fates[index] ?? 'done'));
  const tasks = rows.filter(({ status }) => status === 'FAILED').map(failedTask);
  const found = await inquireOutlook(
    deskOver({ definitions: DEFINITIONS, rows: [...rows, ...HISTORY], tasks, now }).desk,
    { date: null, phase: null },
  );
  if (found.kind !== 'outlook') throw new Error(found.kind);
  return found;
}

function rowsOf(unit: (typeof UNITS)[number], fate: Fate): RunRow[] {
  const failed = run({ ...unit, status: 'FAILED' });
  const later = { ...unit, created: 80, ended: 90 };
  const alive = { ended: 118, status: 'RUNNING' };
  switch (fate) {
    case 'done':
      return [run(unit)];
    case 'failed':
      return [failed];
    case 'cancelled':
      return [run({ ...unit, status: 'CANCELLED' })];
    case 'running':
      return [run({ ...unit, ...alive })];
    case 'stuck':
      return [run({ ...unit, ended: 40, status: 'RUNNING' })];
    case 'failed twice':
      return [failed, manual({ ...later, status: 'FAILED' })];
    case 'again':
      return [failed, manual({ ...later, ...alive })];
    case 'mended':
      return [failed, manual(later)];
  }
}

function failedTask(row: RunRow): TaskRow {
  return task(row, { state: 'failed', started: 2, ended: 29 });
}
