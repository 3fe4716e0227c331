import { describe, expect, it } from 'vitest';
import { inquireHistory } from '../../../src/batch/inquiry/history.ts';
import { inquireNight } from '../../../src/batch/inquiry/night.ts';
import { inquireSlices } from '../../../src/batch/inquiry/slices.ts';
import { inquireStatus } from '../../../src/batch/inquiry/status.ts';
import { inquireTasks } from '../../../src/batch/inquiry/tasks.ts';
import type { TaskRow } from '../../../src/batch/run.ts';
import { define, earlierDates, rerun, run } from '../night-builder.ts';
import { deskOver } from './desk-builder.ts';

const about = { essential: 'E', date: null, phase: null };
const two = define([
  { datasetId: 'com.x.lri.a-first_calc', slices: ['NA', 'EMEA'] },
  { datasetId: 'com.x.lri.a-second_calc', slices: ['EMEA_2'], sequenceOrder: 1 },
]);
const first = { dataset: 'com.x.lri.a-first_calc' };
const second = { dataset: 'com.x.lri.a-second_calc' };

describe('the phase', () => {
  it('not named is the latest with a run, and the other one is mentioned', async () => {
    const { desk } = deskOver({
      definitions: [two],
      rows: [run({ ...first, slice: 'NA' }), rerun({ ...first, slice: 'NA' })],
    });
    expect(await inquireStatus(desk, about)).toMatchObject({
      phase: 'FINAL',
      other: { phase: 'PRELIM', status: 'WAITING' },
    });
    const prelim = deskOver({ definitions: [two], rows: [run({ ...first, slice: 'NA' })] });
    expect(await inquireStatus(prelim.desk, about)).toMatchObject({
      phase: 'PRELIM',
      other: { status: 'NOT_STARTED' },
    });
  });
});

describe('status', () => {
  it('is given from complete data or not at all', async () => {
    const rows = ['NA', 'EMEA'].map((slice) => run({ ...first, slice }));
    const { desk } = deskOver({ definitions: [two], rows, bound: 1 });
    await expect(inquireStatus(desk, about)).rejects.toMatchObject({ code: 'RDS_TRUNCATED' });
  });

  it('halves a range of history that is too large for one read', async () => {
    const rows = earlierDates(8).map((date) => run({ ...first, date, slice: 'NA' }));
    const { desk, reads } = deskOver({ definitions: [two], rows, bound: 3 });
    expect(await inquireStatus(desk, about)).toMatchObject({ businessDate: '2026-02-12' });
    expect(reads.length).toBeGreaterThan(4);
  });

  it('reads other essentials only where one may hold up a unit that has not started', async () => {
    const other = define(
      [{ datasetId: 'up' }, { datasetId: first.dataset, slices: ['EMEA'], sequenceOrder: 2 }],
      'OTHER',
    );
    const rows = [run({ ...first, slice: 'NA' })];
    const { desk } = deskOver({ definitions: [two, other], rows });
    const finding = await inquireStatus(desk, about);
    const units = finding.kind === 'status' ? finding.state.datasets[0]?.units : [];
    expect(units?.map((unit) => unit.status)).toEqual(['SUCCESS', 'WAITING']);

    const done = ['NA', 'EMEA'].map((slice) => run({ ...first, slice }));
    const complete = deskOver({ definitions: [two, other], rows: [...done, run({ ...second, slice: 'EMEA_2' })] });
    await inquireStatus(complete.desk, about);
    expect(complete.reads).not.toContain('get_batch_progress');
  });

  it('stands without Airflow, and says what could not be checked', async () => {
    const rows = [run({ ...first, slice: 'NA', status: 'RUNNING', ended: 715 })];
    const { desk } = deskOver({ definitions: [two], rows, airflowAway: true });
    expect(await inquireStatus(desk, about)).toMatchObject({
      state: { status: 'RUNNING' },
      gaps: [expect.stringContaining('Airflow could not be asked')],
    });
  });
});

describe('slices', () => {
  const rows = [run({ ...first, slice: 'EMEA', status: 'FAILED' }), run({ ...first, slice: 'NA' })];
  const slices = async (dataset: string | null, slice: string | null) => {
    const finding = await inquireSlices(deskOver({ definitions: [two], rows }).desk, about, { dataset, slice });
    return finding.kind === 'slices' ? finding.units.map((unit) => `${unit.slice} ${unit.status}`) : finding;
  };

  it('are found by a loose reference, inside the dataset named', async () => {
    expect(await slices('first calc', 'emea')).toEqual(['EMEA FAILED']);
    expect(await slices(null, 'emea')).toEqual(['EMEA FAILED', 'EMEA_2 WAITING']);
    expect(await slices('FIRST', null)).toEqual(['NA SUCCESS', 'EMEA FAILED']);
  });

  it('come with the free text of their own runs, and of no others', async () => {
    const detailed = rows.map((row) => ({ ...row, statusDetail: `detail of ${row.key}` }));
    const { desk, reads } = deskOver({ definitions: [two], rows: detailed });
    const finding = await inquireSlices(desk, about, { dataset: 'first', slice: 'emea' });
    const unit = finding.kind === 'slices' ? finding.units[0] : undefined;
    expect(unit?.decisive?.statusDetail).toBe(`detail of ${unit?.decisive?.key}`);
    expect(reads).toContain('get_slice_status');
    expect(reads).not.toContain('get_batch_status');
  });

  it('of a name that fits two datasets are asked about', async () => {
    expect(await slices('calc', 'emea')).toMatchObject({ kind: 'clarification', options: [{}, {}] });
    expect(await slices('calc', 'na')).toEqual(['NA SUCCESS']);
  });

  it('that do not exist are refused with what there is', async () => {
    expect(await slices('first', 'apac')).toMatchObject({ kind: 'refusal', text: expect.stringContaining('NA, EMEA') });
    expect(await slices('third', null)).toMatchObject({ kind: 'refusal', text: expect.stringContaining('first_calc') });
  });
});

describe('tasks', () => {
  it('of failed runs come with the first task that failed by itself', async () => {
    const failed = run({ ...first, slice: 'EMEA', status: 'FAILED' });
    const task = (taskId: string, state: string, startedAt: number | null): TaskRow => ({
      dagId: failed.dagId ?? '',
      runId: failed.dagRunId ?? '',
      taskId,
      mapIndex: -1,
      state,
      tryNumber: 1,
      maxTries: 1,
      queuedAt: null,
      startedAt,
      endedAt: startedAt === null ? null : startedAt + 1,
      updatedAt: failed.updatedAt,
      durationS: 1,
      operator: null,
      hostname: null,
    });
    const tasks = [
      task('end', 'upstream_failed', null),
      task('enrich', 'failed', failed.createdAt + 5),
      task('start', 'success', failed.createdAt + 1),
    ];
    const { desk } = deskOver({ definitions: [two], rows: [failed, run({ ...first, slice: 'NA' })], tasks });
    const finding = await inquireTasks(desk, about, { dataset: null, slice: null });
    expect(finding).toMatchObject({
      kind: 'tasks',
      omitted: 0,
      runs: [{ unit: { slice: 'EMEA' }, firstFailure: { taskId: 'enrich' }, tasks: [{}, {}, {}] }],
    });
  });
});

describe('history', () => {
  const nights = earlierDates(6);
  const rows = nights.flatMap((date, index) => [
    run({ ...first, date, slice: 'NA', ended: 20 + index }),
    run({ ...first, date, slice: 'EMEA', status: index === 1 ? 'FAILED' : 'SUCCESS' }),
  ]);

  it('tells earlier business dates, newest first, never the night itself', async () => {
    const { desk } = deskOver({ definitions: [two], rows: [...rows, run({ ...first, slice: 'NA' })] });
    const finding = await inquireHistory(desk, about, { dataset: 'first', slice: 'emea' }, 4);
    const entries = finding.kind === 'history' ? finding.entries : [];
    expect(entries.map((entry) => [entry.businessDate, entry.status])).toEqual([
      [nights[0], 'SUCCESS'],
      [nights[1], 'FAILED'],
      [nights[2], 'SUCCESS'],
      [nights[3], 'SUCCESS'],
    ]);
    expect(finding).toMatchObject({ medianDurationS: 1800, slices: ['EMEA'] });
  });

  it('says when there are fewer dates than asked for', async () => {
    const { desk } = deskOver({ definitions: [two], rows: [...rows, run({ ...first, slice: 'NA' })] });
    expect(await inquireHistory(desk, about, { dataset: null, slice: null }, 30)).toMatchObject({
      gaps: expect.arrayContaining([expect.stringContaining('Only 6 earlier business dates')]),
    });
  });
});

describe('the whole night', () => {
  it('lists essentials worst first, with what could not be read', async () => {
    const healthy = define([{ datasetId: 'h', slices: ['A'] }], 'HEALTHY');
    const rows = [run({ dataset: 'h' }), run({ ...first, slice: 'NA', status: 'FAILED' })];
    const missing = [{ name: 'GONE', reason: 'Lenz does not know it' }];
    const { desk, reads } = deskOver({ definitions: [healthy, two], rows, missing });
    const finding = await inquireNight(desk, { date: null, phase: null });
    expect(finding).toMatchObject({
      kind: 'night',
      businessDate: '2026-02-13',
      entries: [
        { essential: 'E', status: 'FAILED' },
        { essential: 'HEALTHY', status: 'SUCCESS' },
      ],
      missing: [{ essential: 'GONE' }],
    });
    expect(reads.length).toBeLessThanOrEqual(5);
  });

  it('is an error, never an empty night, where no definition could be had', async () => {
    const missing = [{ name: 'GONE', reason: 'Lenz is away' }];
    const { desk, reads } = deskOver({ definitions: [], rows: [run({ dataset: 'h' })], missing });
    await expect(inquireNight(desk, { date: null, phase: null })).rejects.toMatchObject({ upstream: 'lenz' });
    expect(reads).toEqual([]);
  });

  it('shows both phases of an essential where the earlier one is not done', async () => {
    const one = define([{ datasetId: 'ds', slices: ['A'] }]);
    const { desk } = deskOver({ definitions: [one], rows: [run({ status: 'FAILED' }), rerun()] });
    expect(await inquireNight(desk, { date: null, phase: null })).toMatchObject({
      entries: [
        { phase: 'PRELIM', status: 'FAILED' },
        { phase: 'FINAL', status: 'SUCCESS' },
      ],
    });
  });
});
