import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../src/batch/run.ts';
import { endedNights, usualEnd } from '../../../src/batch/timing/phase-ends.ts';
import { earlierDates, run } from '../night-builder.ts';
import { at, MINUTE, tonight, USUAL, usualScene } from '../rca/rules/usual-night.ts';
import { history } from '../rca/scene-builder.ts';

const steady = (nights = 20) => history(nights, USUAL, 0);
const dates = earlierDates(20);
/** The last dataset of these nights failed and was run again an hour later. */
const repairedOn = (nights: readonly number[]): RunRow[] =>
  steady().flatMap((row) => {
    if (row.datasetId !== 'last' || !nights.some((night) => dates[night] === row.businessDate)) return [row];
    const again = { dataset: 'last', slice: null, date: row.businessDate, trigger: 'ManualTrigger' };
    return [{ ...row, status: 'FAILED' }, run({ ...again, created: 184, ended: 214 })];
  });

describe('when the phase usually ends', () => {
  it('is told of nights that ran what runs tonight', () => {
    const scene = usualScene(tonight(), { history: steady() });
    // One of the twenty weekdays is a month-end.
    expect(endedNights(scene)).toHaveLength(19);
    expect(usualEnd(scene)).toEqual({ medianAt: at(124), latestAt: at(134) });
  });

  it('is told for datasets that have not begun, too', () => {
    const scene = usualScene(tonight({ next: null, last: null }), { history: steady(), asOf: at(80) });
    expect(usualEnd(scene)?.medianAt).toBe(at(124));
  });

  it('leaves out nights that were late because of a repair, where enough others remain', () => {
    expect(usualEnd(usualScene(tonight(), { history: repairedOn([0, 1, 2, 5]) }))?.latestAt).toBe(at(134));
    const mostly = repairedOn(dates.map((_, night) => night).filter((night) => night % 4 !== 0));
    expect(usualEnd(usualScene(tonight(), { history: mostly }))?.latestAt).toBe(at(224));
  });

  it('stretches other days to a month-end by what the last one took', () => {
    const monthEnd = '2026-02-27';
    const before = history(25, USUAL, 0).map((row) =>
      row.businessDate !== '2026-01-30'
        ? row
        : run({
            ...USUAL.find(
              ({ dataset, slice }) =>
                dataset === row.datasetId && (slice === null || row.dagRunId?.includes(`_${slice}_`)),
            ),
            date: row.businessDate,
            created: ((row.createdAt - Date.parse('2026-01-30T20:00:00Z')) / MINUTE) * 1.5,
            ended: ((row.updatedAt - Date.parse('2026-01-30T20:00:00Z')) / MINUTE) * 1.5,
          }),
    );
    const rows = USUAL.map((sketch) => run({ ...sketch, date: monthEnd }));
    const scene = usualScene(rows, {
      businessDate: monthEnd,
      asOf: Date.parse('2026-02-28T08:00:00Z'),
      history: before,
    });
    expect(usualEnd(scene)?.medianAt).toBe(Date.parse('2026-02-27T20:00:00Z') + 1.5 * 124 * MINUTE);
  });

  it('is not told from four nights', () => {
    expect(usualEnd(usualScene(tonight(), { history: steady(4) }))).toBeNull();
  });
});
