import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSpokenDate } from '../../src/batch/spoken-date.ts';

/** Saturday 14 February 2026, 03:12 in New York. */
const at = { now: Date.parse('2026-02-14T08:12:00Z'), zone: 'America/New_York' };
const find = (text: string) => findSpokenDate(text, at);
const date = (text: string) => {
  const found = find(text);
  return found?.kind === 'date' ? found.date : found;
};

describe('dates as people write them', () => {
  it.each([
    ['2026-02-13', '2026-02-13'],
    ['Feb 13', '2026-02-13'],
    ['13 february', '2026-02-13'],
    ['fri 13 feb', '2026-02-13'],
    ['the 13th of February', '2026-02-13'],
    ['friday', '2026-02-13'],
    ['friday night', '2026-02-13'],
    ['last friday', '2026-02-13'],
    ['friday the 6th of February', '2026-02-06'],
    ['Friday, February 6', '2026-02-06'],
    ['Friday, 6 Feb', '2026-02-06'],
    ['friday the latest', '2026-02-13'],
    ['the 10th', '2026-02-10'],
    ['the 20th', '2026-01-20'],
    ['the 31st', '2026-01-31'],
    ['Friday the 13th', '2026-02-13'],
    ['friday the 30th', '2026-01-30'],
    ['month end', '2026-01-30'],
    ['20260213', '2026-02-13'],
    ['13/02', '2026-02-13'],
    ['02/13/2026', '2026-02-13'],
    ['13.02.2026', '2026-02-13'],
    ['3 days ago', '2026-02-11'],
    ['3 business days ago', '2026-02-11'],
    ['one working day ago', '2026-02-13'],
    ['six business days ago', '2026-02-06'],
    ['today', '2026-02-14'],
    ['the day before yesterday', '2026-02-12'],
    ['FGW_calc_V2_2026-02-12_EMEA_1770934076695', '2026-02-12'],
  ])('%s is %s', (text, expected) => {
    expect(date(`status of snu for ${text}`)).toBe(expected);
  });

  it('a whole month is not taken for one date, nor for none', () => {
    expect(find('how was snu in October?')).toMatchObject({ kind: 'vague', said: 'in October' });
    expect(find('it may fail in the 2nd step')).toBeNull();
  });

  it('a weekday or a date without a year is never in the future', () => {
    expect(date('saturday')).toBe('2026-02-14');
    expect(date('sunday')).toBe('2026-02-08');
    expect(date('Feb 15')).toBe('2025-02-15');
    expect(date('dec 25')).toBe('2025-12-25');
    expect(date('feb 29')).toBe('2024-02-29');
  });

  it('03/04 is asked about, 03/03 is not', () => {
    expect(find('derivatives on 03/04')).toMatchObject({ kind: 'ambiguous', options: ['2025-03-04', '2025-04-03'] });
    expect(date('03/03')).toBe('2025-03-03');
  });

  it('"last night" and "yesterday" are left to the runs', () => {
    expect(find('why did snu fail last night?')).toMatchObject({ kind: 'last_night', said: 'last night' });
    expect(find("yesterday's derivatives")).toMatchObject({ kind: 'yesterday' });
  });

  it.each(['2026-02-30', 'Feb 30', '31 april', '2/30', '2026-13-45'])('%s does not exist', (text) => {
    expect(find(text)).toMatchObject({ kind: 'impossible' });
  });

  it.each(['2027-01-01', 'dec 25 2026', 'tomorrow', 'next friday'])('%s is in the future', (text) => {
    expect(find(text)).toMatchObject({ kind: 'future' });
  });

  it.each(['at 7am', 'step 3 of 6', 'may it finish?', 'how long did it take', 'e15', 'will it make 7:30?', '5 slices'])(
    '%s is no date',
    (text) => {
      expect(find(text)).toBeNull();
    },
  );

  it.each([
    'will snu make 6am tomorrow?',
    'will it be done by 7 tomorrow morning',
    'done tomorrow by 06:30 UTC?',
    'will derivatives finish tomorrow',
    'can it still be ready by tomorrow',
    'make 7am today?',
  ])('%s names a time to make, and no business date', (text) => {
    expect(find(text)).toBeNull();
  });

  it('a business date beside a time to make is still read', () => {
    expect(date('will snu of 2026-02-13 make 6am tomorrow?')).toBe('2026-02-13');
    expect(find('how is snu doing tomorrow?')).toMatchObject({ kind: 'future' });
  });

  it('the clock of the zone decides what today is', () => {
    const lateEvening = { now: Date.parse('2026-02-14T03:00:00Z'), zone: 'America/New_York' };
    expect(findSpokenDate('today', lateEvening)).toMatchObject({ date: '2026-02-13' });
    expect(findSpokenDate('2026-02-14', lateEvening)).toMatchObject({ kind: 'future' });
  });

  it('never fails and never leads into the future unsaid, whatever is typed (property)', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 10 }),
      fc.constantFrom('feb', '30', '13', '/', '-', 'friday', 'last', 'ago', '2026', 'days', 'night'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom('', ' '), (pieces, separator) => {
        const text = pieces.join(separator);
        const found = find(text);
        if (found === null) return;
        expect(text.slice(found.start, found.end)).toBe(found.said);
        if (found.kind === 'date') expect(found.date <= '2026-02-14').toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
