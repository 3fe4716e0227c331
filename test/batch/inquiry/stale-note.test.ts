import { expect, it } from 'vitest';
import type { Definition } from '../../../src/batch/definition.ts';
import { inquireNight } from '../../../src/batch/inquiry/night.ts';
import { staleNote } from '../../../src/batch/inquiry/stale-note.ts';
import { inquireStatus } from '../../../src/batch/inquiry/status.ts';
import { define, run } from '../night-builder.ts';
import { deskOver } from './desk-builder.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const dataset = 'com.x.lri.a-first_calc';
const named = (name: string, staleForMs?: number): Definition => ({
  ...define([{ datasetId: dataset }], name),
  ...(staleForMs === undefined ? {} : { staleForMs }),
});

it.each([
  [0, 'less than a minute'],
  [MINUTE, '1 min'],
  [59 * MINUTE, '59 min'],
  [3 * HOUR + 5 * MINUTE, '3 h 5 min'],
  [49 * HOUR, '2 days 1 h'],
])('tells an age of %i ms as %s', (ms, said) => {
  expect(staleNote([named('E', ms)])).toEqual([
    `Lenz gave no newer definition of E: the one used here is ${said} old.`,
  ]);
});

it('says nothing of fresh definitions, and counts old ones', () => {
  expect(staleNote([named('E'), named('F')])).toEqual([]);
  expect(staleNote([named('E', HOUR), named('F'), named('G', 2 * HOUR)])).toEqual([
    expect.stringContaining('2 of 3 essentials: the oldest used here is 2 h 0 min old'),
  ]);
});

it('stands first among the notes of an answer about one essential, and about the night', async () => {
  const { desk } = deskOver({ definitions: [named('E', HOUR)], rows: [run({ dataset })] });
  const status = await inquireStatus(desk, { essential: 'E', date: null, phase: null });
  const night = await inquireNight(desk, { date: null, phase: null });
  for (const finding of [status, night]) {
    expect('notes' in finding && finding.notes[0]).toContain('1 h 0 min old');
  }
  const fresh = deskOver({ definitions: [named('E')], rows: [run({ dataset })] });
  const finding = await inquireStatus(fresh.desk, { essential: 'E', date: null, phase: null });
  expect(JSON.stringify(finding)).not.toContain('no newer definition');
});
