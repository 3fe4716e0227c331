import { describe, expect, it } from 'vitest';
import { inquireComparison } from '../../../src/batch/inquiry/comparison.ts';
import { inquireDurations } from '../../../src/batch/inquiry/durations.ts';
import { inquireEta } from '../../../src/batch/inquiry/eta.ts';
import { inquireHistory } from '../../../src/batch/inquiry/history.ts';
import { inquireLateness } from '../../../src/batch/inquiry/lateness.ts';
import { inquireStatus } from '../../../src/batch/inquiry/status.ts';
import type { RunRow } from '../../../src/batch/run.ts';
import type { SpokenDate } from '../../../src/batch/spoken-date.ts';
import { DATE, define, EVENING, earlierDates, MORNING, manual, rerun, run } from '../night-builder.ts';
import { task } from '../rca/scene-builder.ts';
import { deskOver } from './desk-builder.ts';

const MINUTE = 60_000;
const said = (date: string): SpokenDate => ({ kind: 'date', date, said: date, start: 0, end: date.length });
const about = { essential: 'E', date: said(DATE), phase: null };
const anything = { dataset: null, slice: null };
const definition = define([
  { datasetId: 'x-first', slices: ['NA', 'EMEA'] },
  { datasetId: 'x-second', slices: ['NA'], sequenceOrder: 1 },
]);
const dates = earlierDates(15);
/** An ordinary night: half an hour for the first step, as long for the second. */
const night = (date: string, longer = 0) => [
  run({ dataset: 'x-first', slice: 'NA', date, ended: 30 }),
  run({ dataset: 'x-first', slice: 'EMEA', date, ended: 30 + longer }),
  run({ dataset: 'x-second', slice: 'NA', date, created: 32 + longer, ended: 62 + longer }),
];
const history = dates.flatMap((date, index) => night(date, index % 3));
const deskWith = (rows: readonly RunRow[], more: Partial<Parameters<typeof deskOver>[0]> = {}) =>
  deskOver({ definitions: [definition], rows: [...rows, ...history], ...more }).desk;

describe('when it will finish', () => {
  const started = [
    run({ dataset: 'x-first', slice: 'NA', ended: 30 }),
    run({ dataset: 'x-first', slice: 'EMEA', status: 'RUNNING', ended: 20 }),
  ];
  const now = EVENING + 21 * MINUTE;

  it('is estimated while it goes on, and measured against the time asked about', async () => {
    const target = { at: EVENING + 180 * MINUTE };
    const found = await inquireEta(deskWith(started, { now }), about, target);
    if (found.kind !== 'eta' || found.estimate === null) throw new Error('no estimate');
    expect(found.estimate.p50).toBeGreaterThan(EVENING + 50 * MINUTE);
    expect(found.estimate.p90).toBeLessThan(target.at);
    expect(found).toMatchObject({ target: { source: 'asked' }, diagnosis: null });
    expect(found.chanceOfMissing).toBeLessThan(0.1);
  });

  it('is measured against the deadline where none was asked about; a time gone by is missed for certain', async () => {
    const deadline = EVENING + 10 * MINUTE;
    const rules = { deadlineOf: () => deadline };
    const found = await inquireEta(deskWith(started, { now, rules }), about, null);
    expect(found).toMatchObject({ target: { at: deadline, source: 'deadline' }, chanceOfMissing: 1 });
  });

  it('is known once it has ended', async () => {
    const done = deskWith(night(DATE));
    const before = await inquireEta(done, about, { at: EVENING + 61 * MINUTE });
    expect(before).toMatchObject({ estimate: null, chanceOfMissing: 1, diagnosis: null });
    expect(await inquireEta(done, about, { at: EVENING + 63 * MINUTE })).toMatchObject({ chanceOfMissing: 0 });
    expect(await inquireEta(done, about, null)).toMatchObject({ target: null, chanceOfMissing: null });
  });

  it('is never where something stands in the way, which is named', async () => {
    const failed = run({ dataset: 'x-first', slice: 'EMEA', status: 'FAILED' });
    const rows = [run({ dataset: 'x-first', slice: 'NA' }), failed];
    const tasks = [task(failed, { state: 'failed' })];
    expect(await inquireEta(deskWith(rows, { tasks }), about, { at: MORNING + 60 * MINUTE })).toMatchObject({
      estimate: null,
      chanceOfMissing: null,
      diagnosis: { causes: [{ family: 'task_failure' }] },
      gaps: [expect.stringContaining('cannot complete by itself')],
    });
  });

  it('is not told without history', async () => {
    const { desk } = deskOver({ definitions: [definition], rows: started, now });
    expect(await inquireEta(desk, about, null)).toMatchObject({
      estimate: null,
      gaps: expect.arrayContaining([expect.stringContaining('too few comparable business dates to estimate')]),
    });
  });
});

describe('lateness', () => {
  it('adds up, and tells what lies on the chain', async () => {
    const found = await inquireLateness(deskWith(night(DATE, 45)), about);
    if (found.kind !== 'lateness' || found.lateness === null) throw new Error('no lateness');
    const { totalMinutes, parts, path } = found.lateness;
    expect(totalMinutes).toBe(44);
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(totalMinutes);
    expect(path.map(({ datasetId, slice }) => [datasetId, slice])).toEqual([
      ['x-first', 'EMEA'],
      ['x-second', 'NA'],
    ]);
  });

  it('is not told without history', async () => {
    const { desk } = deskOver({ definitions: [definition], rows: night(DATE) });
    expect(await inquireLateness(desk, about)).toMatchObject({
      lateness: null,
      gaps: [expect.stringContaining('too few comparable business dates')],
    });
  });
});

describe('a comparison', () => {
  const tonight = night(DATE, 45);

  it('is with the business date before that had runs in the phase, where nothing else was said', async () => {
    const skipped = history.filter((row) => row.businessDate !== dates[0]);
    const { desk } = deskOver({ definitions: [definition], rows: [...tonight, ...skipped] });
    const found = await inquireComparison(desk, about, null);
    if (found.kind !== 'comparison') throw new Error(found.kind);
    const { before, after, differences, alike } = found.comparison;
    expect([before.businessDate, after.businessDate]).toEqual([dates[1], DATE]);
    expect(differences[0]).toMatchObject({ datasetId: 'x-first', slice: 'EMEA', after: { durationS: 75 * 60 } });
    expect(differences.length + alike).toBe(3);
  });

  it('has the earlier night first, whichever was named first', async () => {
    const desk = deskWith(tonight);
    const one = await inquireComparison(desk, about, { date: said(dates[2] ?? '') });
    const turned = await inquireComparison(desk, { ...about, date: said(dates[2] ?? '') }, { date: said(DATE) });
    if (one.kind !== 'comparison' || turned.kind !== 'comparison') throw new Error('no comparison');
    expect(turned.comparison).toEqual(one.comparison);
    expect(turned.businessDate).toBe(DATE);
  });

  it('judges the other night as a question about it would', async () => {
    const broken = history.map((row) =>
      row.businessDate === dates[0] && row.datasetId === 'x-second' ? { ...row, status: 'FAILED' } : row,
    );
    const { desk } = deskOver({ definitions: [definition], rows: [...tonight, ...broken] });
    const found = await inquireComparison(desk, about, null);
    const status = await inquireStatus(desk, { ...about, date: said(dates[0] ?? '') });
    if (found.kind !== 'comparison' || status.kind !== 'status') throw new Error('no answer');
    expect(found.comparison.before.status).toBe(status.state.status);
    expect(found.comparison.before.status).toBe('PARTIAL_FAILURE');
  });

  it('of phases is of the first pass with the second', async () => {
    const final = rerun({ dataset: 'x-first', slice: 'EMEA', ended: 320 });
    const found = await inquireComparison(deskWith([...tonight, final]), about, { phase: 'PRELIM' });
    expect(found).toMatchObject({
      kind: 'comparison',
      phase: 'FINAL',
      other: { phase: 'PRELIM', status: 'SUCCESS' },
      comparison: { before: { phase: 'PRELIM' }, after: { phase: 'FINAL' } },
    });
  });

  it('with nothing is refused', async () => {
    const desk = deskWith(tonight);
    expect(await inquireComparison(desk, about, { phase: 'FINAL' })).toMatchObject({ reason: 'no_data' });
    expect(await inquireComparison(desk, about, { date: said('2026-02-07') })).toMatchObject({ reason: 'no_data' });
    const { desk: first } = deskOver({ definitions: [definition], rows: tonight });
    expect(await inquireComparison(first, about, null)).toMatchObject({ reason: 'no_data' });
    const future: SpokenDate = { ...said('2027-01-01'), kind: 'future', date: '2027-01-01' };
    expect(await inquireComparison(desk, about, { date: future })).toMatchObject({ reason: 'bad_date' });
  });
});

describe('durations', () => {
  it('stand beside what they usually are, the most unusual first', async () => {
    const found = await inquireDurations(deskWith(night(DATE, 45)), about, anything);
    if (found.kind !== 'durations') throw new Error(found.kind);
    expect(found.units[0]).toMatchObject({ datasetId: 'x-first', slice: 'EMEA', actualS: 75 * 60, running: false });
    expect(found.units[0]?.usual?.p50).toBe(31 * 60);
    expect(found.phaseUsual).toMatchObject({ actualS: 107 * 60, usual: { p50: 63 * 60 } });
  });

  it('are of the units meant', async () => {
    const found = await inquireDurations(deskWith(night(DATE)), about, { dataset: 'x-first', slice: 'na' });
    expect(found).toMatchObject({ datasetId: 'x-first', units: [{ slice: 'NA', usual: { p50: 1800 } }] });
  });
});

describe('history', () => {
  it('tells percentiles of the nights that succeeded, and failures that repeat', async () => {
    const failures = dates.slice(0, 2).map((date) => {
      const failed = run({ dataset: 'x-second', slice: 'NA', date, created: 40, ended: 50, status: 'FAILED' });
      return { failed, retried: manual({ dataset: 'x-second', slice: 'NA', date, created: 60, ended: 90 }) };
    });
    const rows = [...night(DATE), ...failures.flatMap(({ failed, retried }) => [failed, retried])];
    const tasks = failures.map(({ failed }) => task(failed, { taskId: 'enrich_second', state: 'failed', ended: 9 }));
    const found = await inquireHistory(deskWith(rows, { tasks }), about, anything, 15);
    expect(found).toMatchObject({
      usual: { basis: 15, calendar: expect.any(String) },
      recurrences: [{ datasetId: 'x-second', taskId: 'enrich_second', recurrence: { failed: 2, of: 10 } }],
    });
    const elsewhere = await inquireHistory(deskWith(rows, { tasks }), about, { dataset: 'x-first', slice: null }, 15);
    expect(elsewhere).toMatchObject({ recurrences: [], usual: { p50: 31 * 60 } });
  });

  it('says of a retry that overwrote its row what it says of any other: repaired, on the date on which it failed', async () => {
    const [kept, overwritten] = dates as [string, string];
    const x = { dataset: 'x-second', slice: 'NA' };
    const failed = run({ ...x, date: kept, created: 40, ended: 50, status: 'FAILED' });
    const lost = run({ ...x, date: overwritten, created: 100, ended: 110, status: 'FAILED' });
    const rows = [
      ...night(DATE),
      failed,
      manual({ ...x, date: kept, created: 60, ended: 90 }),
      manual({ ...x, date: overwritten, created: 100, epoch: 130, ended: 160 }),
    ];
    const tasks = [failed, lost].map((row) => task(row, { taskId: 'enrich_second', state: 'failed', ended: 9 }));
    const found = await inquireHistory(deskWith(rows, { tasks }), about, anything);
    if (found.kind !== 'history') throw new Error(found.kind);
    expect(found.recurrences).toMatchObject([{ recurrence: { dates: [kept, overwritten], of: 10 } }]);
    const repaired = found.entries.filter(({ repairedUnits }) => repairedUnits > 0);
    expect(repaired.map(({ businessDate }) => businessDate)).toEqual([kept, overwritten]);
  });
});
