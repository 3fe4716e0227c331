import fc from 'fast-check';
import { expect, it } from 'vitest';
import { median } from '../../../../src/batch/percentile.ts';
import { usualRunOf } from '../../../../src/batch/timing/eta/usual-run.ts';

const value = fc.oneof(fc.double({ min: 0, max: 12, noNaN: true }), fc.constantFrom(3, 4, Number.NaN));

it('compares each night with the median of all the others', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (run) => {
      const known = run.filter((one) => !Number.isNaN(one));
      const usual = usualRunOf({ key: 'u', datasetId: 'd', run, span: run.map((one) => one + 1), gap: run });
      expect(usual.basis).toBe(known.length);
      expectSame(usual.median, median(known) ?? Number.NaN);
      run.forEach((one, night) => {
        const others = run.filter((other, at) => at !== night && !Number.isNaN(other));
        const expected = Number.isNaN(one) ? Number.NaN : one - (median(others) ?? Number.NaN);
        expectSame(usual.ratio[night], expected);
        expectSame(usual.spanRatio[night], expected + 1);
      });
    }),
  );
});

function expectSame(actual: number | undefined, expected: number): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(actual).toBeCloseTo(expected);
}
