import { describe, expect, it } from 'vitest';
import { FAMILIES, type TrueCause } from '../../src/playground/world/nights/generated-night.ts';
import { KEYS, wrongKeys } from './matching.ts';
import { scoreOf } from './score.ts';
import type { ToldCause } from './told.ts';

const FROM = Date.parse('2026-03-04T02:10:00Z');
const MINUTE = 60_000;

const truth = (family: TrueCause['family']): TrueCause => ({
  family,
  datasetId: 'ledger',
  slices: ['EMEA', 'NA'],
  taskIds: ['enrich'],
  operator: 'EpsExportOperator',
  host: 'worker-7',
  window: { from: '2026-03-04T02:10:00Z', to: '2026-03-04T02:25:00Z' },
});

const told = (family: ToldCause['family'], changes: Partial<ToldCause> = {}): ToldCause => ({
  family,
  datasetId: 'ledger',
  slice: 'NA',
  taskId: 'enrich',
  operator: 'EpsExportOperator',
  host: 'worker-7',
  window: { from: FROM, to: FROM + 15 * MINUTE },
  ...changes,
});

/** One way to be wrong in each key. */
const WRONG: Record<(typeof KEYS)[keyof typeof KEYS][number], Partial<ToldCause>> = {
  dataset: { datasetId: 'another' },
  slice: { slice: 'APAC' },
  task: { taskId: 'egress' },
  operator: { operator: 'EpsInitOperator' },
  window: { window: { from: FROM + 60 * MINUTE, to: FROM + 70 * MINUTE } },
  host: { host: 'worker-8' },
};

describe.each(FAMILIES)('a %s', (family) => {
  it('is right in family and keys', () => {
    expect(scoreOf([told(family)], [truth(family)])).toEqual({
      top1: true,
      top3: true,
      family: true,
      exact: true,
      blames: true,
    });
  });

  it.each(KEYS[family])('is wrong with another %s, and only that is wrong', (key) => {
    const wrong = told(family, WRONG[key]);
    expect(scoreOf([wrong], [truth(family)])).toMatchObject({ top1: false, top3: false, family: true, exact: false });
    expect(wrongKeys(wrong, truth(family))).toEqual([key]);
  });

  it.each(KEYS[family])('is wrong without its %s', (key) => {
    const field = key === 'dataset' ? 'datasetId' : key === 'task' ? 'taskId' : key;
    expect(scoreOf([told(family, { [field]: null })], [truth(family)]).top1).toBe(false);
  });

  it('is wrong under the name of another family', () => {
    const other = family === 'stuck' ? 'cancelled' : 'stuck';
    expect(scoreOf([told(other)], [truth(family)])).toMatchObject({
      top1: false,
      top3: false,
      family: false,
      exact: false,
    });
  });
});

describe('a list of causes', () => {
  const right = told('stuck');
  const wrong = told('cancelled');

  it('is no longer exact with one too many', () => {
    expect(scoreOf([right, wrong], [truth('stuck')])).toMatchObject({ top1: true, exact: false });
    expect(scoreOf([right, right], [truth('stuck')]).exact).toBe(false);
  });

  it('is right at the first place only when the first is', () => {
    expect(scoreOf([wrong, right], [truth('stuck')])).toMatchObject({ top1: false, top3: true, family: false });
    expect(scoreOf([wrong, wrong, right], [truth('stuck')]).top3).toBe(true);
    expect(scoreOf([wrong, wrong, wrong, right], [truth('stuck')]).top3).toBe(false);
  });

  it('names two faults in either order, and not one of them twice', () => {
    const both = [truth('stuck'), truth('cancelled')];
    expect(scoreOf([wrong, right], both)).toMatchObject({ top1: true, exact: true });
    expect(scoreOf([right, wrong], both).exact).toBe(true);
    expect(scoreOf([right, right], both).exact).toBe(false);
    expect(scoreOf([right], both)).toMatchObject({ top1: true, exact: false });
  });

  it('finds the one way in which two alike fit', () => {
    const narrow = { ...truth('stuck'), slices: ['NA'] };
    expect(scoreOf([told('stuck', { slice: 'EMEA' }), told('stuck')], [truth('stuck'), narrow]).exact).toBe(true);
    expect(scoreOf([told('stuck'), told('stuck', { slice: 'EMEA' })], [truth('stuck'), narrow]).exact).toBe(true);
  });

  it('blames as soon as it names anything', () => {
    expect(scoreOf([], []).blames).toBe(false);
    expect(scoreOf([right], []).blames).toBe(true);
    expect(scoreOf([], [truth('stuck')])).toMatchObject({ top1: false, exact: false });
  });
});

describe('a key that is null in the truth', () => {
  it('has to be null in the answer', () => {
    const everywhere = { ...truth('queue_delay'), datasetId: null };
    expect(scoreOf([told('queue_delay', { datasetId: null })], [everywhere]).top1).toBe(true);
    expect(scoreOf([told('queue_delay')], [everywhere]).top1).toBe(false);
    const unnamed = { ...truth('stuck'), slices: [null] };
    expect(scoreOf([told('stuck', { slice: null })], [unnamed]).top1).toBe(true);
    expect(scoreOf([told('stuck')], [unnamed]).top1).toBe(false);
  });
});

describe('a window', () => {
  const told15 = (from: number, to: number) => told('shared_dependency', { window: { from, to } });
  const right = (cause: ToldCause) => scoreOf([cause], [truth('shared_dependency')]).top1;

  it('may be a part of the true one, or stick out a little', () => {
    expect(right(told15(FROM + 5 * MINUTE, FROM + 6 * MINUTE))).toBe(true);
    expect(right(told15(FROM - 10 * MINUTE, FROM + 20 * MINUTE))).toBe(true);
  });

  it('is not the whole night, nor beside the true one', () => {
    expect(right(told15(FROM - 300 * MINUTE, FROM + 300 * MINUTE))).toBe(false);
    expect(right(told15(FROM - 10 * MINUTE, FROM - MINUTE))).toBe(false);
  });
});
