import { describe, expect, it } from 'vitest';
import { inquireStatus } from '../../../src/batch/inquiry/status.ts';
import type { RunRow } from '../../../src/batch/run.ts';
import { findSpokenDate } from '../../../src/batch/spoken-date.ts';
import { define, run } from '../night-builder.ts';
import { deskOver } from './desk-builder.ts';

const definition = define([{ datasetId: 'ds', slices: ['A'] }]);
/** Saturday 14 February 2026, 03:00 in New York. */
const NOW = Date.parse('2026-02-14T08:00:00Z');

async function ask(rows: RunRow[], said: string | null, now = NOW) {
  const { desk } = deskOver({ definitions: [definition], rows, now });
  const date = said === null ? null : findSpokenDate(said, { now, zone: desk.zone });
  return inquireStatus(desk, { essential: 'E', date, phase: null });
}
const dateOf = async (...args: Parameters<typeof ask>) => {
  const finding = await ask(...args);
  return finding.kind === 'status' ? finding.businessDate : finding;
};

describe('no date named', () => {
  it('means the latest one with a run of the essential itself', async () => {
    const rows = [run({ date: '2026-02-11' }), run({ date: '2026-02-12' }), run({ slice: 'FOREIGN' })];
    expect(await dateOf(rows, null)).toBe('2026-02-12');
  });

  it('looks 14 days back, then 60, and then says that there is nothing', async () => {
    expect(await dateOf([run({ date: '2026-01-20' })], null)).toBe('2026-01-20');
    expect(await dateOf([run({ date: '2025-11-01' })], null)).toMatchObject({ kind: 'refusal', reason: 'no_data' });
  });

  it('is never after the clock', async () => {
    expect(await dateOf([run({ date: '2026-02-13' }), run({ date: '2026-02-17', created: -6000 })], null)).toBe(
      '2026-02-13',
    );
  });

  it('is said in the answer', async () => {
    expect(await ask([run()], null)).toMatchObject({ notes: [expect.stringContaining('2026-02-13')] });
  });
});

describe('"last night"', () => {
  it('is the latest date with a run active between 16:00 yesterday and now', async () => {
    const evening = run({ date: '2026-02-13' });
    expect(await dateOf([evening], 'last night')).toBe('2026-02-13');
  });

  it('counts a run that began before 16:00 and was still active then', async () => {
    // 16:00 in New York is 21:00 UTC, an hour after these runs begin.
    const older = run({ date: '2026-02-12', created: 0 });
    const until = (minutes: number) => run({ date: '2026-02-13', created: 0, ended: minutes });
    expect(await ask([older, until(61)], 'last night')).toMatchObject({
      businessDate: '2026-02-13',
      notes: ['"last night" is business date 2026-02-13.'],
    });
    expect(await ask([older, until(59)], 'last night')).toMatchObject({
      notes: [expect.stringContaining('Nothing ran since 16:00 yesterday')],
    });
  });

  it('can be an earlier business date than the latest, when only that one was worked on', async () => {
    const catchingUp = run({ date: '2026-02-12', created: 24 * 60 + 120 });
    const early = run({ date: '2026-02-13', created: -300, ended: -290 });
    expect(await dateOf([catchingUp, early], 'last night')).toBe('2026-02-12');
  });
});

describe('"yesterday"', () => {
  it('is the business date before the default one that had runs', async () => {
    const rows = [run({ date: '2026-02-10' }), run({ date: '2026-02-13' })];
    expect(await dateOf(rows, 'yesterday')).toBe('2026-02-10');
  });
});

describe('dates that cannot be used', () => {
  it.each([
    ['2026-02-30', 'not a date that exists'],
    ['2027-01-04', 'in the future'],
  ])('%s gets a sentence', async (said, sentence) => {
    expect(await ask([run()], said)).toMatchObject({ kind: 'refusal', text: expect.stringContaining(sentence) });
  });

  it('03/04 is asked about', async () => {
    expect(await ask([run()], '03/04')).toMatchObject({ kind: 'clarification', options: [{}, {}] });
  });

  it('a date before all data gets a sentence', async () => {
    expect(await ask([run()], '2019-01-04')).toMatchObject({ kind: 'refusal', reason: 'no_data' });
  });

  it('a date within the data on which nothing ran is NOT_STARTED, and said to have no run', async () => {
    expect(await ask([run({ date: '2026-02-12' })], '2026-02-13')).toMatchObject({
      state: { status: 'NOT_STARTED' },
      notes: [expect.stringContaining('No run of E is recorded for 2026-02-13')],
    });
  });
});
