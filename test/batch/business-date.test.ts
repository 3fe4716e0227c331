import { expect, it } from 'vitest';
import { spellDate } from '../../src/batch/business-date.ts';

it('spells a business date as a calendar date, without a zone', () => {
  expect(spellDate('2026-02-13')).toBe('Fri 13 Feb 2026');
});
