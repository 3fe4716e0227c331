import { expect, it } from 'vitest';
import { FAMILIES } from '../../../src/playground/world/nights/generated-night.ts';
import { generateSecondNight } from './second-night.ts';
import { WITHHOLDABLE } from './withhold.ts';

it('gives the same night for the same request, and another for another seed', () => {
  const request = { seed: 'again', kind: 'single', families: ['task_failure'] } as const;
  expect(generateSecondNight(request)).toEqual(generateSecondNight(request));
  expect(generateSecondNight(request).tables).not.toEqual(generateSecondNight({ ...request, seed: 'other' }).tables);
});

it('blames nothing on healthy, noisy and withheld nights', () => {
  for (const kind of ['healthy', 'noisy', 'withheld'] as const) {
    expect(generateSecondNight({ seed: 'calm', kind }).truth.causes).toEqual([]);
  }
});

it('refuses to withhold what the status itself shows', () => {
  for (const family of FAMILIES.filter((each) => !WITHHOLDABLE.includes(each))) {
    expect(() => generateSecondNight({ seed: 'x', kind: 'withheld', families: [family] })).toThrow(RangeError);
  }
});
