import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordinaryDuration, ordinaryOffset } from '../../../src/batch/timing/ordinary.ts';

const limits = { factor: 1.75, floorS: 600, widen: 1 };
const durations = fc.array(fc.double({ min: 60, max: 20_000, noNaN: true }), { minLength: 5, maxLength: 60 });

describe('what is out of the ordinary', () => {
  it('is beyond everything in its own history, a real factor and real time', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const { medianS, upperS, basis } = ordinaryDuration(values, limits) ?? { medianS: 0, upperS: 0, basis: 0 };
        expect(basis).toBe(values.length);
        expect(upperS).toBeGreaterThan(Math.max(...values));
        expect(upperS).toBeGreaterThanOrEqual(medianS * limits.factor - 1e-6);
        expect(upperS).toBeGreaterThanOrEqual(medianS + limits.floorS - 1e-6);
      }),
    );
  });

  it('is the same multiple whatever the size, as long as the floor does not matter', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 2, max: 50, noNaN: true }), (values, scale) => {
        const free = { ...limits, floorS: 0 };
        const [small, large] = [values, values.map((value) => value * scale)].map((each) =>
          ordinaryDuration(each, free),
        );
        expect((large?.upperS ?? 0) / (small?.upperS ?? 1)).toBeCloseTo(scale, 3);
      }),
    );
  });

  it('moves with the hour, not with its size', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: -50_000, max: 50_000, noNaN: true }), (values, shift) => {
        const offset = { floorS: 2700, beyondLatestS: 1200 };
        const before = ordinaryOffset(values, offset);
        const after = ordinaryOffset(
          values.map((value) => value + shift),
          offset,
        );
        expect((after?.upperS ?? 0) - (before?.upperS ?? 0)).toBeCloseTo(shift, 3);
      }),
    );
  });

  it('cannot be told from four dates', () => {
    expect(ordinaryDuration([1, 1, 1, 1], limits)).toBeNull();
    expect(ordinaryOffset([1, 1, 1, 1], { floorS: 1, beyondLatestS: 1 })).toBeNull();
    expect(ordinaryDuration([600, 600, 600, 600, 600], limits)).toMatchObject({ upperS: 1200, basis: 5 });
  });
});
