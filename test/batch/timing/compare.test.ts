import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/batch/rca/scene.ts';
import type { RunRow } from '../../../src/batch/run.ts';
import { compareNights } from '../../../src/batch/timing/compare.ts';
import { DATE, define, earlierDates, manual, run } from '../night-builder.ts';
import { scene } from '../rca/scene-builder.ts';

const YESTERDAY = earlierDates(1)[0] as string;
const DEFINITION = define([
  { datasetId: 'low', slices: ['A', 'B', 'C', 'D'] },
  { datasetId: 'high', slices: ['A'], sequenceOrder: 1 },
]);

const nightOf = (rows: readonly RunRow[], businessDate = DATE): Scene => scene(DEFINITION, { businessDate, rows });
const compare = (before: Scene, after: Scene) =>
  compareNights({ state: before.state, timeline: before.tonight }, { state: after.state, timeline: after.tonight });

/** Every unit ran, each step after the other. */
const ordinary = (date: string) => [
  ...['A', 'B', 'C', 'D'].map((slice, nth) => run({ date, dataset: 'low', slice, ended: 30 + 10 * nth })),
  run({ date, dataset: 'high', slice: 'A', created: 62, ended: 90 }),
];

describe('two nights beside each other', () => {
  it('finds nothing between equal nights of different dates', () => {
    const { differences, alike, before, after } = compare(
      nightOf(ordinary(YESTERDAY), YESTERDAY),
      nightOf(ordinary(DATE)),
    );
    expect(differences).toEqual([]);
    expect(alike).toBe(5);
    expect(before).toMatchObject({ businessDate: YESTERDAY, status: 'SUCCESS', durationS: 5400 });
    expect(after).toMatchObject({ businessDate: DATE, status: 'SUCCESS', durationS: 5400 });
  });

  it('tells a state before a duration, and a long delay before a short one', () => {
    const rows = [
      run({ dataset: 'low', slice: 'A', ended: 100 }),
      run({ dataset: 'low', slice: 'B', ended: 60 }),
      run({ dataset: 'low', slice: 'C', status: 'FAILED', ended: 20 }),
      run({ dataset: 'low', slice: 'D', ended: 61 }),
    ];
    const { differences } = compare(nightOf(ordinary(YESTERDAY), YESTERDAY), nightOf(rows));
    expect(differences.map(({ datasetId, slice, what }) => [datasetId, slice, what[0]])).toEqual([
      ['low', 'C', 'status'],
      ['high', 'A', 'status'],
      ['low', 'A', 'duration'],
      ['low', 'B', 'duration'],
    ]);
    expect(differences.find(({ datasetId }) => datasetId === 'high')?.what).toEqual(['status', 'presence']);
  });

  it('measures starts from the beginning of each phase', () => {
    const late = ordinary(DATE).map((row) => shifted(row, row.datasetId === 'high' ? 180 : 120));
    const { differences } = compare(nightOf(ordinary(YESTERDAY), YESTERDAY), nightOf(late));
    expect(differences).toMatchObject([
      { datasetId: 'high', what: ['start'], before: { startedAfterMin: 62 }, after: { startedAfterMin: 122 } },
    ]);
  });

  it('tells how often a unit was tried', () => {
    const [first, ...others] = ordinary(DATE);
    const failed = run({ dataset: 'low', slice: 'A', status: 'FAILED', ended: 1 });
    const again = manual({ dataset: 'low', slice: 'A', created: 2, ended: 32 });
    expect(first?.datasetId).toBe('low');
    const { differences } = compare(nightOf(ordinary(YESTERDAY), YESTERDAY), nightOf([failed, again, ...others]));
    expect(differences).toMatchObject([
      { slice: 'A', what: ['attempts'], before: { attempts: 1 }, after: { attempts: 2 } },
    ]);
  });

  it('tells a unit that only one night owed', () => {
    const wider = define([{ datasetId: 'low', slices: ['A', 'B'] }]);
    const narrower = define([{ datasetId: 'low', slices: ['A'] }]);
    const rows = [run({ dataset: 'low', slice: 'A' }), run({ dataset: 'low', slice: 'B' })];
    const { differences } = compare(scene(wider, { rows }), scene(narrower, { rows }));
    expect(differences).toMatchObject([{ slice: 'B', what: ['presence'], after: null }]);
  });

  it('pairs the units of a dataset without Lenz slices by name, also across versions of its DAG', () => {
    const definition = define([{ datasetId: 'low' }]);
    const before = scene(definition, {
      businessDate: YESTERDAY,
      rows: [run({ date: YESTERDAY, dataset: 'low', slice: 'X', dagId: 'low_V1' })],
    });
    const after = scene(definition, { rows: [run({ dataset: 'low', slice: 'X', dagId: 'low_V2' })] });
    expect(compare(before, after)).toMatchObject({ differences: [], alike: 1 });
  });
});

const rowsArb = fc
  .array(
    fc.record({
      dataset: fc.constantFrom('low', 'high'),
      slice: fc.constantFrom('A', 'B', 'C', 'D'),
      created: fc.integer({ min: 0, max: 300 }),
      took: fc.integer({ min: 0, max: 400 }),
      status: fc.constantFrom('SUCCESS', 'SUCCESS', 'SUCCESS', 'FAILED', 'CANCELLED', 'RUNNING', null),
      trigger: fc.constantFrom('ProcessTrigger', 'ManualTrigger'),
    }),
    { maxLength: 12 },
  )
  .map((sketches) => sketches.map(({ took, ...sketch }) => run({ ...sketch, ended: sketch.created + took })));

describe('properties of a comparison', () => {
  it('finds nothing between a night and itself', () => {
    fc.assert(
      fc.property(rowsArb, (rows) => {
        const night = nightOf(rows);
        const { differences, alike, before, after } = compare(night, night);
        expect(differences).toEqual([]);
        expect(alike).toBe(night.state.datasets.flatMap(({ units }) => units).length);
        expect(before).toEqual(after);
      }),
    );
  });

  it('says the same the other way round', () => {
    fc.assert(
      fc.property(rowsArb, rowsArb, (one, two) => {
        const [a, b] = [nightOf(one), nightOf(two)];
        const [there, back] = [compare(a, b), compare(b, a)];
        expect(back.alike).toBe(there.alike);
        expect(back.differences).toEqual(
          there.differences.map(({ before, after, ...rest }) => ({ ...rest, before: after, after: before })),
        );
      }),
    );
  });

  it('accounts for every unit that counts on either side', () => {
    fc.assert(
      fc.property(rowsArb, rowsArb, (one, two) => {
        const { differences, alike } = compare(nightOf(one), nightOf(two));
        expect(differences.length + alike).toBe(5);
      }),
    );
  });
});

function shifted(row: RunRow, minutes: number): RunRow {
  const by = minutes * 60_000;
  const epoch = Number(row.dagRunId?.slice(-13)) + by;
  return {
    ...row,
    createdAt: row.createdAt + by,
    updatedAt: row.updatedAt + by,
    dagRunId: `${row.dagRunId?.slice(0, -13)}${epoch}`,
  };
}
