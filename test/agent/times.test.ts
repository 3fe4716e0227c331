import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration } from '../../src/agent/compose/times.ts';

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [45.4, '45 s'],
    [60, '1 min'],
    [184.473, '3 min 4 s'],
    [720, '12 min'],
    [3599, '1 h'],
    [5100, '1 h 25 min'],
    [86_400, '1 d'],
    [100_800, '1 d 4 h'],
  ])('%d s is said as %s', (seconds, said) => {
    expect(duration(seconds)).toBe(said);
  });

  it('never say sixty of anything', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (seconds) => !/\b60 (s|min)\b|\b24 h\b/.test(duration(seconds)),
      ),
    );
  });
});
