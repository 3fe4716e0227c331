import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimateFrom } from '../../../../src/batch/timing/eta/ends.ts';

const sample = (count: number) => Array.from({ length: count }, (_, nth) => 1000 * (nth + 1));

it('gives the parts between possible ends equal chances', () => {
  const { p50, p90, chanceOfMissing } = estimateFrom(sample(9), 0, 9);
  expect([p50, p90]).toEqual([5000, 9000]);
  expect(chanceOfMissing(3000)).toBeCloseTo(0.7);
  expect(chanceOfMissing(3500)).toBeCloseTo(0.65);
});

it('looks beyond the latest of few ends', () => {
  const { p90, chanceOfMissing } = estimateFrom(sample(5), 0, 5);
  expect(p90).toBeGreaterThan(5000);
  expect(chanceOfMissing(5000)).toBeCloseTo(1 / 6);
  expect(chanceOfMissing(50_000)).toBeGreaterThan(0);
  expect(chanceOfMissing(50_000)).toBeLessThan(0.01);
});

it('misses its own percentiles as often as it should', () => {
  const ends = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 5, maxLength: 60 });
  fc.assert(
    fc.property(ends, (possible) => {
      const { p50, p90, chanceOfMissing } = estimateFrom(possible, 0, possible.length);
      expect(p90).toBeGreaterThanOrEqual(p50);
      expect(chanceOfMissing(p50 - 1)).toBeGreaterThanOrEqual(0.5);
      expect(chanceOfMissing(p50 + 1)).toBeLessThanOrEqual(0.5);
      expect(chanceOfMissing(p90 - 1)).toBeGreaterThanOrEqual(0.1 - 1e-9);
      expect(chanceOfMissing(p90 + 1)).toBeLessThanOrEqual(0.1 + 1e-9);
    }),
  );
});
