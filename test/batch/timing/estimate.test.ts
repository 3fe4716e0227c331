import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SceneInput } from '../../../src/batch/rca/scene.ts';
import type { RunRow } from '../../../src/batch/run.ts';
import { type Estimate, estimateEnd, whyNoEstimate } from '../../../src/batch/timing/estimate.ts';
import { DATE, define, earlierDates, manual, run } from '../night-builder.ts';
import { scene } from '../rca/scene-builder.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BASE = Date.parse(`${DATE}T20:00:00Z`);
const at = (minutes: number) => BASE + minutes * MINUTE;
const afterBase = (instant: number | undefined) => ((instant ?? Number.NaN) - BASE) / MINUTE;

const TWO_STEPS = define([
  { datasetId: 'low', slices: ['A', 'B'] },
  { datasetId: 'high', slices: ['A'], sequenceOrder: 1 },
]);

/** `low` takes 60 minutes, then `high` 120, five minutes later; all of it times the factor of the night. */
function courseOf(date: string, factor = 1): RunRow[] {
  const low = Math.round(60 * factor);
  return [
    run({ date, dataset: 'low', slice: 'A', ended: low }),
    run({ date, dataset: 'low', slice: 'B', ended: low - 1 }),
    run({ date, dataset: 'high', slice: 'A', created: low + 5, ended: low + 5 + Math.round(120 * factor) }),
  ];
}

/** Factors 0.8 to 1.2, in no order that goes with the calendar. */
const factorOf = (back: number) => 0.8 + (0.4 * ((back * 7) % 20)) / 19;
const ordinaryDates = earlierDates(21).filter((date) => date !== '2026-01-30');
const HISTORY = ordinaryDates.flatMap((date, back) => courseOf(date, factorOf(back)));

const estimate = (minutes: number, rows: readonly RunRow[], more: Partial<SceneInput> = {}): Estimate | null =>
  estimateEnd(scene(TWO_STEPS, { rows, history: HISTORY, asOf: at(minutes), ...more }));

describe('when a phase will be complete', () => {
  it('adds up what is left along the steps', () => {
    const found = estimate(70, courseOf(DATE));
    expect(afterBase(found?.p50)).toBeGreaterThan(175);
    expect(afterBase(found?.p50)).toBeLessThan(195);
    expect(found?.p90).toBeGreaterThan(found?.p50 ?? 0);
    expect(found?.basis).toBe(20);
  });

  it('takes a slow night to be slow throughout', () => {
    const [usual, slow] = [estimate(80, courseOf(DATE)), estimate(80, courseOf(DATE, 1.18))];
    expect(afterBase(usual?.p50)).toBeCloseTo(185, -1);
    expect(afterBase(slow?.p50)).toBeGreaterThan(210);
    // What is known of the pace makes the rest more certain than nights are different.
    expect((slow?.p90 ?? 0) - (slow?.p50 ?? 0)).toBeLessThan(10 * MINUTE);
  });

  it('never lies before the clock, however long a run has been going', () => {
    const rows = [...courseOf(DATE).slice(0, 2), run({ dataset: 'high', slice: 'A', created: 65, ended: 900 })];
    for (const minutes of [190, 250, 600]) {
      const found = estimate(minutes, rows);
      expect(afterBase(found?.p50)).toBeGreaterThan(minutes);
      expect(found?.p90).toBeGreaterThan(found?.p50 ?? 0);
    }
  });

  it('does not expect the only unit to end at once because it is overdue', () => {
    const alone = define([{ datasetId: 'low', slices: ['A'] }]);
    const rows = [run({ dataset: 'low', slice: 'A', ended: 900 })];
    const found = estimateEnd(scene(alone, { rows, history: HISTORY, asOf: at(90) }));
    expect(afterBase(found?.p90)).toBeGreaterThan(105);
  });

  it('counts a retry from its own start', () => {
    const rows = [
      ...courseOf(DATE).slice(0, 2),
      run({ dataset: 'high', slice: 'A', status: 'FAILED', created: 65, ended: 300 }),
      manual({ dataset: 'high', slice: 'A', created: 360, ended: 480 }),
    ];
    expect(afterBase(estimate(370, rows)?.p50)).toBeCloseTo(480, -1);
  });

  it('knows that things may still break, as often as they did', () => {
    const history = ordinaryDates.flatMap((date, back) => {
      const [a, b, high] = courseOf(date, factorOf(back)) as [RunRow, RunRow, RunRow];
      if (back % 4 !== 0) return [a, b, high];
      const failed = { ...high, status: 'FAILED' };
      const created = (high.updatedAt - Date.parse(`${date}T20:00:00Z`)) / MINUTE + 180;
      return [a, b, failed, manual({ date, dataset: 'high', slice: 'A', created, ended: created + 120 })];
    });
    const [calm, wary] = [estimate(70, courseOf(DATE)), estimate(70, courseOf(DATE), { history })];
    expect(Math.abs((wary?.p50 ?? 0) - (calm?.p50 ?? 0))).toBeLessThan(20 * MINUTE);
    expect(wary?.p90).toBeGreaterThan((calm?.p90 ?? 0) + 2 * HOUR);
  });

  it('waits for the slowest of the units that run side by side', () => {
    const slices = Array.from({ length: 12 }, (_, nth) => `S-${nth}`);
    const wide = define([{ datasetId: 'low', slices }]);
    const narrow = define([{ datasetId: 'low', slices: ['S-0'] }]);
    const night = (date: string, back: number) =>
      slices.map((slice, nth) => run({ date, dataset: 'low', slice, ended: 50 + ((back * 5 + nth * 7) % 21) }));
    const input = {
      rows: night(DATE, 3).map((row) => ({ ...row, updatedAt: at(90), status: 'SUCCESS' })),
      history: ordinaryDates.flatMap(night),
      asOf: at(20),
    };
    const [one, twelve] = [estimateEnd(scene(narrow, input)), estimateEnd(scene(wide, input))];
    expect((twelve?.p50 ?? 0) - (one?.p50 ?? 0)).toBeGreaterThan(5 * MINUTE);
  });

  it('expects month-ends to be as slow as month-ends are', () => {
    const weekdays = Array.from({ length: 42 }, (_, back) => new Date(Date.UTC(2026, 1, 26 - back)))
      .filter((day) => day.getUTCDay() % 6 !== 0)
      .map((day) => day.toISOString().slice(0, 10));
    const history = weekdays.flatMap((date, back) => courseOf(date, date === '2026-01-30' ? 1.5 : factorOf(back)));
    const on = (businessDate: string) => {
      const first = run({ date: businessDate, dataset: 'low', slice: 'A', ended: 300 });
      return estimateEnd(
        scene(TWO_STEPS, { businessDate, rows: [first], history, asOf: first.createdAt + 10 * MINUTE }),
      );
    };
    const minutes = (found: Estimate | null, date: string) =>
      ((found?.p50 ?? 0) - Date.parse(`${date}T20:00:00Z`)) / MINUTE;
    expect(minutes(on('2026-02-27'), '2026-02-27')).toBeGreaterThan(minutes(on('2026-02-26'), '2026-02-26') + 45);
  });

  it('allows for units that Lenz does not name and that have not come yet', () => {
    const definition = define([{ datasetId: 'low' }]);
    const night = (date: string) => [
      run({ date, dataset: 'low', slice: 'X', ended: 30 }),
      run({ date, dataset: 'low', slice: 'Y', created: 40, ended: 200 }),
    ];
    const input = { history: ordinaryDates.flatMap(night), rows: night(DATE), asOf: at(20) };
    expect(afterBase(estimateEnd(scene(definition, input))?.p50)).toBeCloseTo(200, -1);
  });

  it('says when a phase that has not begun will be complete, as long as it may still begin', () => {
    expect(afterBase(estimate(-120, [])?.p50)).toBeCloseTo(185, -1);
    expect(estimate(120, [])).toBeNull();
    expect(estimate(-120, [], { phase: 'FINAL' })).toBeNull();
  });
});

describe('when nobody can say', () => {
  const [a, b, high] = courseOf(DATE) as [RunRow, RunRow, RunRow];

  it.each([
    ['it is complete', 'complete', 600, courseOf(DATE)],
    ['a unit failed', 'stopped', 70, [a, { ...b, status: 'FAILED' }]],
    ['a unit was cancelled', 'stopped', 70, [a, { ...b, status: 'CANCELLED' }]],
    ['nobody knows what became of a unit', 'stopped', 70, [a, { ...b, status: 'PAUSED' }]],
    ['a run gives no sign of life', 'stopped', 170, [a, b, { ...high, status: 'RUNNING', updatedAt: at(80) }]],
    ['a unit has been due for much longer than ever', 'overdue', 180, [a, b]],
    ['nothing has begun long after it always had', 'overdue', 120, []],
  ] as const)('gives no time when %s', (_, why, minutes, rows) => {
    expect(estimate(minutes, rows)).toBeNull();
    expect(whyNoEstimate(scene(TWO_STEPS, { rows, history: HISTORY, asOf: at(minutes) }))).toBe(why);
  });

  it('expects a unit that has been due for long to keep one waiting', () => {
    const [soon, late] = [estimate(64, [a, b]), estimate(100, [a, b])];
    expect(afterBase(soon?.p50)).toBeCloseTo(185, -1);
    expect(afterBase(late?.p50)).toBeGreaterThan(225);
    expect(whyNoEstimate(scene(TWO_STEPS, { rows: [a, b], history: HISTORY, asOf: at(64) }))).toBeNull();
  });

  it('does not leave out a dataset of which nobody has ever seen a unit', () => {
    const definition = define([...TWO_STEPS.datasets, { datasetId: 'new', sequenceOrder: 2 }]);
    const input = { rows: courseOf(DATE), history: HISTORY, asOf: at(70) };
    expect(whyNoEstimate(scene(definition, input))).toBe('too_little_history');
  });

  it('gives no time with fewer than five earlier nights', () => {
    const history = (nights: number) =>
      ordinaryDates.slice(0, nights).flatMap((date, back) => courseOf(date, factorOf(back)));
    expect(estimate(70, courseOf(DATE), { history: history(4) })).toBeNull();
    expect(estimate(70, courseOf(DATE), { history: history(5) })?.basis).toBe(5);
  });

  it('gives no time while a unit is held up by what failed in another essential', () => {
    const other = define(
      [
        { datasetId: 'theirs', slices: ['A'] },
        { datasetId: 'high', slices: ['A'], sequenceOrder: 1 },
      ],
      'F',
    );
    const theirs = run({ dataset: 'theirs', slice: 'A', ended: 30 });
    expect(estimate(63, [a, b, theirs], { others: [other] })).not.toBeNull();
    expect(estimate(63, [a, b, { ...theirs, status: 'FAILED' }], { others: [other] })).toBeNull();
    expect(estimate(63, [a, b, { ...theirs, status: 'FAILED' }], { others: [] })).not.toBeNull();
  });

  it('gives no time while it is another essential’s slice of a shared dataset that failed', () => {
    const other = define(
      [
        { datasetId: 'low', slices: ['C'] },
        { datasetId: 'high', slices: ['A'], sequenceOrder: 1 },
      ],
      'F',
    );
    const theirs = run({ dataset: 'low', slice: 'C', status: 'FAILED', ended: 30 });
    const at63 = (others: SceneInput['others']) =>
      whyNoEstimate(scene(TWO_STEPS, { rows: [a, b, theirs], history: HISTORY, asOf: at(63), others }));
    expect(at63([other])).toBe('held_up');
    expect(at63([])).toBeNull();
    expect(at63([{ ...other, datasets: other.datasets.slice(0, 1) }])).toBeNull();
  });
});

describe('what holds of every estimate', () => {
  const nightArb = fc.record({
    factor: fc.double({ min: 0.5, max: 2, noNaN: true }),
    minutes: fc.integer({ min: -60, max: 400 }),
    nights: fc.integer({ min: 5, max: 20 }),
  });

  it('lies after the clock, and its parts agree with each other', () => {
    fc.assert(
      fc.property(nightArb, fc.array(fc.integer({ min: -100, max: 3000 })), ({ factor, minutes, nights }, targets) => {
        const history = HISTORY.slice(0, 3 * nights);
        const found = estimate(minutes, courseOf(DATE, factor), { history });
        if (found === null) return;
        const now = at(minutes);
        expect(found.p50).toBeGreaterThan(now);
        expect(found.p90).toBeGreaterThanOrEqual(found.p50);
        expect(found.chanceOfMissing(now)).toBe(1);
        expect(found.chanceOfMissing(found.p50 + 1)).toBeLessThanOrEqual(0.5);
        expect(found.chanceOfMissing(found.p90 + 1)).toBeLessThanOrEqual(0.1);
        const chances = targets.sort((x, y) => x - y).map((target) => found.chanceOfMissing(at(target)));
        expect(chances).toEqual([...chances].sort((x, y) => y - x));
        expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
      }),
    );
  });

  it('is the same whatever the order of the rows', () => {
    const shuffled = fc.shuffledSubarray(HISTORY, { minLength: HISTORY.length });
    fc.assert(
      fc.property(shuffled, (history) => {
        const [one, two] = [estimate(70, courseOf(DATE)), estimate(70, courseOf(DATE), { history })];
        expect([two?.p50, two?.p90]).toEqual([one?.p50, one?.p90]);
      }),
      { numRuns: 20 },
    );
  });
});
