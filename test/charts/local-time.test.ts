import { expect, it } from 'vitest';
import { footnoteOf, ticksBetween } from '../../src/charts/local-time.ts';

const ZONE = 'America/New_York';

it('says both offsets of a night on which clocks change, and keeps to its hours', () => {
  const [from, to] = [Date.parse('2026-03-08T04:00:00Z'), Date.parse('2026-03-08T10:00:00Z')];
  expect(footnoteOf('2026-03-06', ZONE, from, to)).toContain('times in America/New_York (UTC−5, then UTC−4)');
  expect(footnoteOf('2026-03-06', ZONE, from)).toContain('(UTC−5)');
  expect(footnoteOf('2026-03-06', 'UTC', from, to)).toBe('Business date Fri 6 Mar 2026 · times in UTC');
  expect(ticksBetween(from, to, ZONE, 7).map(({ label }) => label)).toEqual([
    '23:00',
    '00:00\nSun 8',
    '01:00',
    '03:00',
    '04:00',
    '05:00',
    '06:00',
  ]);
});
