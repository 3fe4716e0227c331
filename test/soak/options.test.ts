import { describe, expect, it } from 'vitest';
import { PARTS, readOptions } from './options.ts';
import { propertyFiles } from './properties/properties.ts';
import { renderReport } from './render-report.ts';

describe('the command line of the soak', () => {
  it('runs everything where nothing is said, and what is named where something is', () => {
    expect(readOptions([])).toMatchObject({ only: PARTS, seed: 1, nights: 1000, report: false });
    expect(readOptions(['--only', 'nights+states', '--seed', '5', '--nights', '20'])).toMatchObject({
      only: ['nights', 'states'],
      seed: 5,
      nights: 20,
    });
  });

  it.each([['--only', 'everything'], ['--nights', '0'], ['--seed', 'x'], ['--report', '--only', 'nights'], ['--what']])(
    'refuses %s %s',
    (...args) => {
      expect(() => readOptions(args.filter((arg) => arg !== undefined))).toThrow();
    },
  );
});

it('finds the property tests by themselves', () => {
  expect(propertyFiles()).toEqual(
    expect.arrayContaining(['test/batch/spoken-date.test.ts', 'test/db/tiers/check-filter-soundness.test.ts']),
  );
});

describe('the report', () => {
  const part = { title: 'Nights', what: 'Nights.', figures: [['nights', '3']] as const, seconds: 60 };
  const soaked = { commit: 'c'.repeat(40), date: '2026-03-04', seed: 5 };

  it('names commit and seed, and says that nothing failed', () => {
    const page = renderReport({
      ...soaked,
      parts: [
        {
          ...part,
          table: [
            ['shown', 'often'],
            ['a', '1'],
          ],
          failures: [],
        },
      ],
    });
    expect(page).toContain(`| commit | \`${'c'.repeat(40)}\` |\n| seed | 5 |\n| failures | none |`);
    expect(page).toContain('| shown | often |\n|---|---:|\n| a | 1 |');
  });

  it('names what failed', () => {
    const page = renderReport({ ...soaked, parts: [{ ...part, failures: ['soak-5-1: `x` broke'] }] });
    expect(page).toContain('| failures | **1** |');
    expect(page).toContain("- `soak-5-1: 'x' broke`");
  });
});
