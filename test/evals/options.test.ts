import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/playground/world/nights/generated-night.ts';
import { readOptions } from './options.ts';
import { COUNTED, planNights, sizesOf } from './plan.ts';

describe('options', () => {
  it('are all optional', () => {
    expect(readOptions([])).toEqual({
      dev: false,
      report: false,
      night: null,
      kind: null,
      only: null,
      world: null,
      n: null,
    });
  });

  it('pick a part of the nights, or one', () => {
    const options = readOptions(['--dev', '--only', 'stuck+cancelled', '--world', 'second', '--n', '20']);
    expect(options).toMatchObject({ dev: true, only: ['stuck', 'cancelled'], world: 'second', n: 20 });
    expect(readOptions(['--night', 'x-1', '--kind', 'pair'])).toMatchObject({ night: 'x-1', kind: 'pair' });
  });

  it.each([
    [['--kind', 'odd']],
    [['--only', 'odd']],
    [['--only', 'stuck+odd']],
    [['--world', 'third']],
    [['--n', '0']],
    [['--n', 'many']],
    [['--report', '--dev']],
    [['--report', '--n', '3']],
    [['--fast']],
  ])('are refused when they mean nothing: %j', (args) => {
    expect(() => readOptions(args)).toThrow();
  });
});

describe('the plan', () => {
  it('counts more than a thousand nights with a fault, every family alike', () => {
    const jobs = planNights('first', 'seed', COUNTED.first);
    const single = jobs.filter(({ kind }) => kind === 'single');
    expect(single.length + jobs.filter(({ kind }) => kind === 'pair').length).toBeGreaterThanOrEqual(1000);
    for (const family of FAMILIES) {
      expect(single.filter(({ families }) => families?.[0] === family)).toHaveLength(COUNTED.first.single);
    }
  });

  it('has no night twice, and none of another prefix', () => {
    const named = (prefix: string) =>
      planNights('first', prefix, sizesOf(9)).map(({ seed, kind }) => `${kind} ${seed}`);
    expect(new Set(named('a')).size).toBe(9 * 15);
    expect(new Set([...named('a'), ...named('b')]).size).toBe(2 * 9 * 15);
  });
});
