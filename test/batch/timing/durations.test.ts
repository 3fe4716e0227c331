import { describe, expect, it } from 'vitest';
import { durationsOf } from '../../../src/batch/timing/durations.ts';
import { DATE, define, earlierDates, MORNING, manual, run } from '../night-builder.ts';
import { scene } from '../rca/scene-builder.ts';

const SLICES = ['EMEA', 'NA', 'APAC'];
const DEFINITION = define([{ datasetId: 'ds', slices: SLICES }]);

/** Nights on which EMEA took 30 minutes and a little more each day further back, and NA an hour. */
const history = earlierDates(12)
  .filter((date) => date !== '2026-01-30')
  .flatMap((date, back) => [
    run({ date, slice: 'EMEA', ended: 30 + back }),
    run({ date, slice: 'NA', ended: 60 }),
    run({ date, slice: 'APAC', ended: 20 }),
  ]);

describe('durations beside what they usually are', () => {
  it('puts the most unusual first, and says how unusual', () => {
    const rows = [
      run({ slice: 'EMEA', ended: 90 }),
      run({ slice: 'NA', ended: 61 }),
      run({ slice: 'APAC', status: 'CANCELLED', ended: 1 }),
    ];
    const [first, second] = durationsOf(scene(DEFINITION, { rows, history }));

    expect(first).toMatchObject({ slice: 'EMEA', actualS: 5400, running: false, lastAsLong: null });
    expect(first?.longerThan).toEqual({ of: 11, dates: 11 });
    expect(first?.usual).toMatchObject({ p50: 35 * 60, basis: 11, calendar: 'ordinary' });
    expect(second).toMatchObject({ slice: 'NA', longerThan: { of: 11, dates: 11 } });
  });

  it('names the latest date on which a unit took as long', () => {
    const [only] = durationsOf(scene(DEFINITION, { rows: [run({ slice: 'EMEA', ended: 32 })], history }), (unit) => {
      return unit.slice === 'EMEA';
    });
    expect(only?.longerThan).toEqual({ of: 2, dates: 11 });
    expect(only?.lastAsLong).toBe(earlierDates(3)[2]);
  });

  it('counts a running unit up to the clock, and a retry from its own start', () => {
    const asOf = Date.parse(`${DATE}T20:45:00Z`);
    const rows = [
      run({ slice: 'EMEA', ended: 90 }),
      run({ slice: 'NA', status: 'FAILED', ended: 20 }),
      manual({ slice: 'NA', created: 30, ended: 80 }),
    ];
    const units = durationsOf(scene(DEFINITION, { rows, history, asOf }));
    expect(units.find((unit) => unit.slice === 'EMEA')).toMatchObject({ actualS: 2700, running: true });
    expect(units.find((unit) => unit.slice === 'NA')).toMatchObject({ actualS: 900, running: true });
    expect(units.find((unit) => unit.slice === 'APAC')).toMatchObject({
      actualS: null,
      running: false,
      longerThan: null,
    });
  });

  it('compares a rewritten row by its retry, not by its creation', () => {
    const rows = [run({ slice: 'EMEA', created: 0, epoch: 600, ended: 613, trigger: 'ManualTrigger' })];
    const [unit] = durationsOf(scene(DEFINITION, { rows, history, asOf: MORNING + 86_400_000 }));
    expect(unit).toMatchObject({ slice: 'EMEA', actualS: 780 });
  });

  it('has nothing to compare with on the first nights', () => {
    const [unit] = durationsOf(scene(DEFINITION, { rows: [run({ slice: 'EMEA', ended: 90 })] }));
    expect(unit).toMatchObject({ slice: 'EMEA', actualS: 5400, usual: null, longerThan: null, lastAsLong: null });
    expect(durationsOf(scene(DEFINITION, { rows: [] }))).toHaveLength(3);
  });

  it('leaves month-ends out of what is usual on an ordinary day', () => {
    const monthEnd = run({ date: '2026-01-30', slice: 'EMEA', ended: 300 });
    const [unit] = durationsOf(
      scene(DEFINITION, { rows: [run({ slice: 'EMEA', ended: 90 })], history: [...history, monthEnd] }),
    );
    expect(unit?.longerThan).toEqual({ of: 11, dates: 11 });
  });
});
