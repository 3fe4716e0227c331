import { describe, expect, it } from 'vitest';
import { assessPhase } from '../../src/batch/night.ts';
import type { RunRow } from '../../src/batch/run.ts';
import { define, earlierDates, night, rerun, run } from './night-builder.ts';

const essential = define([{ datasetId: 'ds', slices: ['A', 'B', 'C'] }]);
const finalUnits = (rows: RunRow[], history: RunRow[], definition = essential) =>
  assessPhase(night(definition, rows, { history }), 'FINAL').datasets.flatMap((dataset) =>
    dataset.units.map((unit) => `${unit.slice}:${unit.status}`),
  );
const on = (dates: readonly string[], slice: string | null, dataset = 'ds') =>
  dates.map((date) => rerun({ date, slice, dataset }));
const nights = earlierDates(12);

describe('which units count in FINAL', () => {
  it('every unit, with fewer than three earlier FINAL dates', () => {
    expect(finalUnits([rerun()], on(nights.slice(0, 2), 'A'))).toEqual(['A:SUCCESS', 'B:NOT_STARTED', 'C:NOT_STARTED']);
  });

  it('those that ran tonight, with three', () => {
    expect(finalUnits([rerun({ slice: 'B' })], on(nights.slice(0, 3), 'A'))).toEqual(['A:NOT_STARTED', 'B:SUCCESS']);
  });

  it('those usual on at least half of the last ten FINAL dates', () => {
    const base = on(nights.slice(0, 10), 'A');
    expect(finalUnits([rerun()], [...base, ...on(nights.slice(0, 5), 'B')])).toEqual(['A:SUCCESS', 'B:NOT_STARTED']);
    expect(finalUnits([rerun()], [...base, ...on(nights.slice(0, 4), 'B')])).toEqual(['A:SUCCESS']);
  });

  it('looks at no more than the last ten', () => {
    const base = on(nights.slice(0, 10), 'A');
    expect(finalUnits([rerun()], [...base, ...on(nights.slice(10), 'B'), ...on(nights.slice(6, 10), 'B')])).toEqual([
      'A:SUCCESS',
    ]);
  });

  it('counts dates on which this essential had a FINAL run, not other slices of a shared dataset', () => {
    expect(finalUnits([rerun()], on(nights.slice(0, 5), 'FOREIGN'))).toHaveLength(3);
  });

  it('ignores PRELIM runs of earlier nights', () => {
    const prelim = nights.map((date) => run({ date, slice: 'C' }));
    expect(finalUnits([rerun()], [...on(nights.slice(0, 3), 'A'), ...prelim])).toEqual(['A:SUCCESS']);
  });

  it('ignores the night itself and later ones in history', () => {
    expect(finalUnits([rerun()], [...on(nights.slice(0, 2), 'A'), rerun({ date: '2026-02-16' })])).toHaveLength(3);
  });

  it('is not a fault when no FINAL run exists at all', () => {
    expect(assessPhase(night(essential, [run()]), 'FINAL').status).toBe('NOT_STARTED');
  });

  it('says what was rerun', () => {
    const state = assessPhase(night(essential, [run(), rerun()], { history: on(nights.slice(0, 3), 'A') }), 'FINAL');
    expect(state.ran).toEqual({ units: 1, of: 3 });
    expect(state.status).toBe('SUCCESS');
  });

  it('leaves datasets and steps without a unit that counts out of steps', () => {
    const two = define([
      { datasetId: 'first', slices: ['A'] },
      { datasetId: 'ds', slices: ['A'], sequenceOrder: 1 },
    ]);
    const state = assessPhase(night(two, [rerun()], { history: on(nights.slice(0, 3), 'A') }), 'FINAL');
    expect(state.progress).toMatchObject({ step: 1, of: 1, datasets: 1 });
  });

  describe('of a dataset without Lenz slices', () => {
    const sliceless = define([{ datasetId: 'ds' }, { datasetId: 'with', slices: ['A'] }]);
    const withFinal = on(nights.slice(0, 10), 'A', 'with');

    it('are those that ran; usual ones that did not are named as a gap, not counted', () => {
      const history = [...withFinal, ...on(nights.slice(0, 6), 'X'), ...on(nights.slice(0, 6), 'Y')];
      const input = night(sliceless, [rerun({ slice: 'X' }), rerun({ dataset: 'with' })], { history });
      const state = assessPhase(input, 'FINAL');
      expect(state.datasets[0]?.units.map((unit) => unit.slice)).toEqual(['X']);
      expect(state.status).toBe('SUCCESS');
      expect(state.gaps.join()).toContain('Y usually runs in FINAL and has not');
    });

    it('is one placeholder when none ran and any is usual', () => {
      const history = [...withFinal, ...on(nights.slice(0, 6), 'X'), ...on(nights.slice(0, 6), 'Y')];
      expect(finalUnits([rerun({ dataset: 'with' })], history, sliceless)).toEqual(['null:NOT_STARTED', 'A:SUCCESS']);
    });

    it('are none when none ran and none is usual', () => {
      expect(finalUnits([rerun({ dataset: 'with' })], withFinal, sliceless)).toEqual(['A:SUCCESS']);
    });
  });
});

describe('which units count in PRELIM', () => {
  it('every unit, whatever is usual', () => {
    const history = nights.map((date) => run({ date, slice: 'A' }));
    const state = assessPhase(night(essential, [run()], { history }), 'PRELIM');
    expect(state.progress.slices).toBe(3);
  });

  it('names usual units that Lenz does not define and that are absent tonight', () => {
    const history = nights.flatMap((date) => [run({ date, slice: 'X' }), run({ date, slice: 'Y' })]);
    const state = assessPhase(night(define([{ datasetId: 'ds' }]), [run({ slice: 'X' })], { history }), 'PRELIM');
    expect(state.status).toBe('SUCCESS');
    expect(state.progress.slices).toBe(1);
    expect(state.gaps.join()).toContain('Y usually runs in PRELIM and has not');
  });

  it('do not miss what still waits for a lower step, nor anything before the phase began', () => {
    const chain = define([
      { datasetId: 'with', slices: ['A'] },
      { datasetId: 'ds', sequenceOrder: 1 },
    ]);
    const history = nights.flatMap((date) => [run({ date, slice: 'X' }), run({ date, dataset: 'with' })]);
    const gaps = (...rows: RunRow[]) => assessPhase(night(chain, rows, { history }), 'PRELIM').gaps.join();
    expect(gaps(run({ dataset: 'with', status: 'FAILED' }))).toBe('');
    expect(gaps()).toBe('');
    expect(gaps(run({ dataset: 'with' }))).toContain('X usually runs in PRELIM and has not');
  });
});
