import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { KNOWN_NAMES } from '../../src/batch/known-names.ts';

const names = createEssentialNames();
const find = (text: string) =>
  names.find(text).map((match) => (match.kind === 'ambiguous' ? match.candidates : `${match.kind} ${match.essential}`));

describe('names of essentials', () => {
  it.each(Object.entries(KNOWN_NAMES))('%s is %s, in any case', (said, essential) => {
    expect(find(`how is ${said} doing?`)).toEqual([`exact ${essential}`]);
    expect(find(`${said.toLowerCase()}?`)).toEqual([`exact ${essential}`]);
  });

  it.each(names.all)('%s, the exact Lenz name, is a name too', (name) => {
    expect(find(`status of ${name} prelim`)).toEqual([`exact ${name}`]);
  });

  it('the longest name said wins: SNU, SNU STRATEGIC and SNU REG STRATEGIC are three essentials', () => {
    expect(find('snu')).toEqual(['exact SNU']);
    expect(find('snu strategic')).toEqual(['exact SNU-Strategic']);
    expect(find('is snu reg strategic done')).toEqual(['exact SNU-REG-STRATEGIC']);
  });

  it.each([
    ['derivs', 'TB-Derivatives'],
    ['fr2052', '6G-FR2052a-E2E'],
    ['derivitives', 'TB-Derivatives'],
    ['collat', 'TB-Collateral'],
    ['snu strat', 'SNU-Strategic'],
    ['snu stratgic', 'SNU-Strategic'],
    ['snu reg', 'SNU-REG-STRATEGIC'],
    ['snu strategic reg', 'SNU-REG-STRATEGIC'],
    ['synthetics', 'PBSynthetics'],
  ])('the near miss %s is %s, and known to be one', (said, essential) => {
    expect(find(`what about ${said}?`)).toEqual([`near ${essential}`]);
  });

  it('a name that fits two is left to the person', () => {
    expect(find('how is strategic?')).toEqual([['SNU-Strategic', 'SNU-REG-STRATEGIC']]);
    expect(find('status of sec')).toEqual([['TB-Securities', 'TB-SecFIn']]);
    expect(find('status of TB')[0]).toHaveLength(6);
  });

  it('takes no other words for names', () => {
    for (const text of ['is it done yet?', 'runs over 30 sec', 'the EMEA slices of intercompany', 'restart that DAG'])
      expect(find(text)).toEqual([]);
  });

  it('finds several, each with the words it was said in', () => {
    const text = 'compare SNU and derivs please';
    expect(names.find(text).map((match) => text.slice(match.start, match.end))).toEqual(['SNU', 'derivs']);
  });

  it('knows names that a setting adds', () => {
    const more = createEssentialNames({ swaps: 'TB-Derivatives', 'brand new': 'NEW-Essential' });
    expect(more.find('swaps?')[0]).toMatchObject({ kind: 'exact', essential: 'TB-Derivatives' });
    expect(more.find('brand new')[0]).toMatchObject({ essential: 'NEW-Essential' });
    expect(more.all).toContain('NEW-Essential');
  });

  it('never fails, and its matches never overlap, whatever is typed (property)', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(...Object.keys(KNOWN_NAMES), 'snu', 'reg', 'tb-'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const text = words.join(' ');
        let end = 0;
        for (const match of names.find(text)) {
          expect(match.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(match.start, match.end)).toBe(match.said);
          end = match.end;
        }
      }),
    );
  });
});
