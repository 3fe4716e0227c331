import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/batch/rca/engine.ts';
import type { RunRow } from '../../../../src/batch/run.ts';
import { define, earlierDates, type RunSketch, run } from '../../night-builder.ts';
import { history, ordinaryTasks, scene } from '../scene-builder.ts';
import { at, definition, delayedFrom, MINUTE, past, tonight, USUAL, usualScene } from './usual-night.ts';

const causesOf = (rows: RunRow[], more = {}) => diagnose(usualScene(rows, more)).causes;
const DAY = 24 * 60;

describe('a dataset that began far later than it usually does', () => {
  it('is counted from the usual hour in the first step', () => {
    const causes = causesOf(tonight(delayedFrom(0, 150)));
    expect(causes).toMatchObject([{ family: 'late_start', datasetId: 'ds', slice: null, taskId: null, minutes: 150 }]);
    expect(causes[0]?.evidence).toMatchObject([{ kind: 'usual', what: 'start' }, { kind: 'run' }]);
  });

  it('is counted from the end of its predecessors in a later one', () => {
    expect(causesOf(tonight(delayedFrom(90, 100)))).toMatchObject([
      { family: 'late_start', datasetId: 'last', minutes: 100, evidence: [{ what: 'gap' }, { kind: 'run' }] },
    ]);
  });

  it('is told before it has begun, by its absence', () => {
    const rows = tonight({ last: null });
    expect(causesOf(rows, { asOf: at(124) })).toEqual([]);
    expect(causesOf(rows, { asOf: at(240) })).toMatchObject([
      { family: 'late_start', datasetId: 'last', evidence: [{ kind: 'usual' }, { kind: 'absence', whole: true }] },
    ]);
  });

  it('is told when nothing has begun at all', () => {
    expect(causesOf([], { asOf: at(40) })).toEqual([]);
    expect(causesOf([], { asOf: at(200) })).toMatchObject([{ family: 'late_start', datasetId: 'ds' }]);
  });

  it('counts from the end of what another essential makes it wait for', () => {
    const other = define(
      [
        { datasetId: 'below', sequenceOrder: 0 },
        { datasetId: 'ds', slices: ['A', 'B', 'C'], sequenceOrder: 1 },
      ],
      'other',
    );
    const rows = [run({ dataset: 'below', slice: null, ended: 148 }), ...tonight(delayedFrom(0, 150))];
    expect(causesOf(rows, { others: [other] })).toEqual([]);
  });
});

describe('what is no late start', () => {
  it('is a dataset that is late because those before it were repaired late', () => {
    const rows = [
      ...tonight({ ...delayedFrom(60, 200), 'ds/C': { status: 'FAILED', ended: 20 } }),
      run({ dataset: 'ds', slice: 'C', created: 200, ended: 260, trigger: 'ManualTrigger' }),
    ];
    expect(causesOf(rows)).toEqual([]);
  });

  it('is a start that one of the past was as late as', () => {
    const before = past();
    const date = earlierDates(20)[7];
    const late = before.map((row) =>
      row.businessDate === date ? run({ ...shifted(row, 160), date: row.businessDate }) : row,
    );
    expect(causesOf(tonight(delayedFrom(0, 150)), { history: late })).toEqual([]);
  });

  it.each([
    ['America/New_York, as clocks go back', '2025-11-03', 60],
    ['America/New_York, as clocks go forward', '2026-03-09', -60],
    ['Europe/London, as clocks go back', '2025-10-27', 60],
  ])('is an hour by the clock on the wall: %s', (_, date, by) => {
    const dates = weekdaysBefore(date, 20);
    const before = dates.flatMap((each) => USUAL.map((sketch) => run({ ...sketch, date: each })));
    const rows = USUAL.map((sketch) =>
      run({ ...sketch, date, created: sketch.created + by, ended: sketch.ended + by }),
    );
    const asOf = Date.parse(`${date}T23:00:00Z`);
    expect(causesOf(rows, { businessDate: date, history: before, asOf })).toEqual([]);
  });

  it('is a Friday that runs on Saturday, as Fridays do', () => {
    // DATE is a Friday.
    const fridays = past().map((row) =>
      new Date(`${row.businessDate}T00:00:00Z`).getUTCDay() === 5
        ? run({ ...shifted(row, DAY), date: row.businessDate })
        : row,
    );
    const more = { history: fridays, asOf: at(2 * DAY) };
    const saturday = tonight(delayedFrom(0, DAY));
    expect(diagnose(usualScene(saturday, more)).causes).toEqual([]);
  });

  it('cannot be told with four comparable dates', () => {
    const { causes, gaps } = diagnose(usualScene(tonight(delayedFrom(0, 150)), { history: history(4, USUAL) }));
    expect(causes).toEqual([]);
    expect(gaps.join(' ')).toContain('began late cannot be told');
  });

  it('is a late start that the rest of the night made up for', () => {
    // `early` has two hours to spare: nobody waits for it.
    const spare = define([{ datasetId: 'early' }, ...definition.datasets.slice(1)], 'spare');
    const sketches: RunSketch[] = [
      { dataset: 'early', slice: 'X', created: 0, ended: 10 },
      { dataset: 'early', slice: 'Y', created: 0, ended: 300 },
      { dataset: 'next', slice: null, created: 302, ended: 330 },
      { dataset: 'last', slice: null, created: 332, ended: 340 },
    ];
    const rows = sketches.map((sketch) =>
      run({ ...sketch, ...(sketch.slice === 'X' ? { created: 90, ended: 100 } : {}) }),
    );
    const before = history(20, sketches);
    expect(
      diagnose(scene(spare, { rows, history: before, tasks: rows.flatMap((row) => ordinaryTasks(row)) })).causes,
    ).toEqual([]);
  });
});

/** The sketch of a row of an earlier night, so many minutes later. */
function shifted(row: RunRow, by: number): RunSketch {
  const evening = Date.parse(`${row.businessDate}T20:00:00Z`);
  const minutes = (instant: number) => (instant - evening) / MINUTE + by;
  const slice = USUAL.find(({ slice }) => slice && row.dagRunId?.includes(`_${slice}_`))?.slice ?? null;
  return { dataset: row.datasetId, slice, created: minutes(row.createdAt), ended: minutes(row.updatedAt) };
}

function weekdaysBefore(date: string, n: number): string[] {
  const dates: string[] = [];
  for (let instant = Date.parse(date) - 86_400_000; dates.length < n; instant -= 86_400_000) {
    if (![0, 6].includes(new Date(instant).getUTCDay())) dates.push(new Date(instant).toISOString().slice(0, 10));
  }
  return dates;
}
