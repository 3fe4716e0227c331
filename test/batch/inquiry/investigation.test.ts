import { describe, expect, it } from 'vitest';
import { inquireCauses } from '../../../src/batch/inquiry/causes.ts';
import { investigate } from '../../../src/batch/inquiry/investigate.ts';
import { inquireNight } from '../../../src/batch/inquiry/night.ts';
import type { RunRow } from '../../../src/batch/run.ts';
import type { SpokenDate } from '../../../src/batch/spoken-date.ts';
import { DATE, define, EVENING, earlierDates, manual, rerun, run } from '../night-builder.ts';
import { ordinaryTasks, task } from '../rca/scene-builder.ts';
import { deskOver } from './desk-builder.ts';

const said = (date: string): SpokenDate => ({ kind: 'date', date, said: date, start: 0, end: date.length });
const about = { essential: 'E', date: said(DATE), phase: null };
const anything = { dataset: null, slice: null };

const own = define([
  { datasetId: 'x-first', slices: ['NA', 'EMEA'] },
  { datasetId: 'x-second', slices: ['NA', 'EMEA'], sequenceOrder: 1 },
]);
const other = define([{ datasetId: 'x-elsewhere', slices: ['A'] }], 'OTHER');
const definitions = [own, other];

const failed = run({ dataset: 'x-first', slice: 'NA', status: 'FAILED' });
const stopped = run({ dataset: 'x-first', slice: 'EMEA', status: 'CANCELLED', created: 5 });
const elsewhere = run({ dataset: 'x-elsewhere' });
const history = earlierDates(12).flatMap((date) => [
  ...['NA', 'EMEA'].map((slice) => run({ dataset: 'x-first', slice, date })),
  ...['NA', 'EMEA'].map((slice) => run({ dataset: 'x-second', slice, date, created: 40 })),
]);
const rows = [failed, stopped, elsewhere, ...history];
const tasks = [
  task(failed, { taskId: 'start' }),
  task(failed, { taskId: 'enrich_x-first', state: 'failed', started: 3, ended: 20 }),
  task(failed, { taskId: 'end', state: 'upstream_failed', queued: null, started: null, ended: null }),
  ...ordinaryTasks(elsewhere),
];

describe('an investigation', () => {
  it('reads the night of all essentials once, and own history once', async () => {
    const { desk, reads } = deskOver({ definitions, rows, tasks });
    const found = await investigate(desk, about);
    expect(found).toMatchObject({ kind: 'investigated', opened: { phase: 'PRELIM', state: { status: 'FAILED' } } });
    const times = (tool: string) => reads.filter((read) => read === tool).length;
    expect([times('get_batch_progress'), times('get_historical_runs'), times('get_dag_runs')]).toEqual([1, 1, 1]);
    expect(reads.length).toBeLessThanOrEqual(5);
  });

  it('reads the date and the history of an unnamed date in one', async () => {
    const { desk, reads } = deskOver({ definitions, rows, tasks });
    const found = await investigate(desk, { ...about, date: null });
    expect(found).toMatchObject({ opened: { businessDate: DATE } });
    expect(reads.filter((read) => read === 'get_historical_runs')).toHaveLength(1);
    const named = await investigate(desk, about);
    const key = (row: RunRow) => row.key;
    if (found.kind !== 'investigated' || named.kind !== 'investigated') throw new Error('not investigated');
    expect(found.opened.history.map(key)).toEqual(named.opened.history.map(key));
  });

  it('gives the rules tasks of the night, of other essentials, and of attempts that a retry overwrote', async () => {
    const rewritten = manual({ dataset: 'x-second', slice: 'NA', created: 60, epoch: 120, ended: 150 });
    const replaced = { ...rewritten, dagRunId: `FGW_x-second_V2_${DATE}_NA_${EVENING + 60 * 60_000}` };
    const lost = task(replaced, { state: 'failed' });
    const { desk, reads } = deskOver({ definitions, rows: [...rows, rewritten], tasks: [...tasks, lost] });
    const found = await investigate(desk, about);
    if (found.kind !== 'investigated') throw new Error(found.kind);
    const of = (row: RunRow) => ({ dagId: row.dagId, dagRunId: row.dagRunId ?? '' });
    expect(found.scene.tasksOf(of(failed))).toHaveLength(3);
    expect(found.scene.tasksOf(of(elsewhere)).length).toBeGreaterThan(0);
    expect(found.scene.tasksBefore(of(rewritten)).map(({ state }) => state)).toEqual(['failed']);
    expect(reads).toContain('get_attempt_tasks');
  });

  it('leaves tasks alone where they are not asked for', async () => {
    const { desk, reads } = deskOver({ definitions, rows, tasks });
    await investigate(desk, about, 'runs');
    expect(reads).not.toContain('get_task_details');
  });

  it('agrees with the status: FINAL owes what is usual there', async () => {
    const reruns = earlierDates(4).map((date) => rerun({ dataset: 'x-first', slice: 'NA', date }));
    const night = [rerun({ dataset: 'x-first', slice: 'NA' })];
    const { desk } = deskOver({ definitions, rows: [...rows, ...reruns, ...night] });
    expect(await investigate(desk, about)).toMatchObject({
      opened: {
        phase: 'FINAL',
        state: { status: 'SUCCESS', progress: { slices: 1 } },
        other: { phase: 'PRELIM', status: 'FAILED' },
      },
    });
  });

  it('says that nothing is recorded where nothing is', async () => {
    const { desk } = deskOver({ definitions, rows: [] });
    expect(await investigate(desk, about)).toMatchObject({ kind: 'refusal', reason: 'no_data' });
    expect(await investigate(desk, { ...about, date: null })).toMatchObject({ kind: 'refusal', reason: 'no_data' });
  });
});

describe('when a source fails on the way', () => {
  it('an answer without Airflow still comes, with what is missing', async () => {
    const { desk } = deskOver({ definitions, rows, tasks, airflowAway: true });
    const found = await inquireCauses(desk, about, anything, 'cause');
    expect(found).toMatchObject({
      kind: 'causes',
      state: { status: 'FAILED' },
      gaps: expect.arrayContaining([expect.stringContaining('tasks of the night could not be read')]),
    });
    const families = found.kind === 'causes' ? found.diagnosis.causes.map(({ family }) => family) : [];
    expect(families).not.toContain('task_failure');
  });

  it('a night of other essentials that is too large leaves the own one, and a gap', async () => {
    const many = Array.from({ length: 60 }, () => run({ dataset: 'x-elsewhere' }));
    const { desk } = deskOver({ definitions, rows: [...rows, ...many], tasks, bound: 55 });
    const found = await investigate(desk, about);
    if (found.kind !== 'investigated') throw new Error(found.kind);
    expect(found.opened.state.status).toBe('FAILED');
    expect([...found.scene.unread]).toContain('elsewhere');
    expect(found.opened.gaps.join(' ')).toContain('other essentials could not be read');
  });

  it('PRELIM does without history; FINAL, whose units are told by it, does not', async () => {
    const { desk } = deskOver({ definitions, rows, tasks, historyAway: true });
    expect(await inquireCauses(desk, about, anything, 'cause')).toMatchObject({
      state: { status: 'FAILED' },
      gaps: expect.arrayContaining([expect.stringContaining('Earlier business dates could not be read')]),
    });
    const final = [...rows, rerun({ dataset: 'x-first', slice: 'NA' })];
    const without = deskOver({ definitions, rows: final, historyAway: true });
    await expect(investigate(without.desk, about)).rejects.toMatchObject({ code: 'RDS_TIMEOUT' });
  });

  it('a definition that could not be had is a gap', async () => {
    const missing = [{ name: 'GONE', reason: 'Lenz is away' }];
    const { desk } = deskOver({ definitions, rows, tasks, missing });
    expect(await inquireCauses(desk, about, anything, 'cause')).toMatchObject({
      gaps: expect.arrayContaining([expect.stringContaining('GONE')]),
    });
  });
});

describe('causes', () => {
  it('are found, with the evidence of their rows', async () => {
    const { desk } = deskOver({ definitions, rows, tasks });
    const found = await inquireCauses(desk, about, anything, 'impact');
    expect(found).toMatchObject({ kind: 'causes', focus: 'impact', meant: null });
    if (found.kind !== 'causes') return;
    expect(found.diagnosis.causes.map(({ family, slice }) => [family, slice])).toEqual([
      ['task_failure', 'NA'],
      ['cancelled', 'EMEA'],
    ]);
  });

  it.each([
    ['EMEA', 'x-first', ['cancelled', 'task_failure']],
    ['NA', 'x-first', ['task_failure', 'cancelled']],
  ])('of the slice %s come first where it was asked about', async (slice, dataset, families) => {
    const { desk } = deskOver({ definitions, rows, tasks });
    const found = await inquireCauses(desk, about, { dataset, slice }, 'cause');
    if (found.kind !== 'causes') throw new Error(found.kind);
    expect(found.meant).toMatchObject({ datasetId: 'x-first', units: [{ slice }] });
    expect(found.diagnosis.causes.map(({ family }) => family)).toEqual(families);
    expect(found.diagnosis.causes.map(({ rank }) => rank)).toEqual([1, 2]);
  });

  it('of a dataset that does not exist are refused', async () => {
    const { desk } = deskOver({ definitions, rows, tasks });
    const found = await inquireCauses(desk, about, { dataset: 'nonsense', slice: null }, 'cause');
    expect(found).toMatchObject({ kind: 'refusal', reason: 'no_such_slice' });
  });
});

describe('the whole night', () => {
  it('diagnoses what is not plainly fine, with the same causes as a question about it alone', async () => {
    const { desk, reads } = deskOver({ definitions, rows, tasks });
    const night = await inquireNight(desk, { date: said(DATE), phase: null });
    const alone = await inquireCauses(desk, about, anything, 'cause');
    if (night.kind !== 'night' || alone.kind !== 'causes') throw new Error('no answer');
    expect(night.entries.map(({ essential, diagnosis }) => [essential, diagnosis?.outcome ?? null])).toEqual([
      ['E', 'causes'],
      ['OTHER', null],
    ]);
    expect(night.entries[0]?.diagnosis?.causes).toEqual(alone.diagnosis.causes);
    expect(reads.length).toBeGreaterThan(0);
  });

  it('asks Airflow for no task where all went well', async () => {
    const { desk, reads } = deskOver({ definitions: [other], rows: [elsewhere] });
    expect(await inquireNight(desk, { date: said(DATE), phase: null })).toMatchObject({
      entries: [{ diagnosis: null }],
    });
    expect(reads.filter((read) => read.startsWith('get_task') || read.startsWith('get_attempt'))).toEqual([]);
  });

  it('comes without Airflow, too, and says what is missing', async () => {
    const { desk } = deskOver({ definitions, rows, tasks, airflowAway: true });
    const night = await inquireNight(desk, { date: said(DATE), phase: null });
    expect(night).toMatchObject({
      entries: [{ essential: 'E', status: 'FAILED' }, { essential: 'OTHER' }],
      gaps: expect.arrayContaining([expect.stringContaining('tasks of the night could not be read')]),
    });
  });
});
