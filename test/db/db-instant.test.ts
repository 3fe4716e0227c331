import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDbInstant, parseDbInstantOrNull } from '../../src/db/db-instant.ts';

const pad = (value: number, width: number) => String(value).padStart(width, '0');

describe('a timestamp of the databases', () => {
  it('is UTC milliseconds, with up to six further digits cut to three', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 999 }),
        (date, digits, micro) => {
          const seconds = date.toISOString().slice(0, 19).replace('T', ' ');
          const fraction = `${pad(date.getUTCMilliseconds(), 3)}${pad(micro, 3)}`.slice(0, digits);
          const text = digits === 0 ? seconds : `${seconds}.${fraction}`;
          const expected = Math.floor(date.getTime() / 1000) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
          expect(parseDbInstant(text)).toBe(expected);
        },
      ),
    );
  });

  it.each([
    '',
    '2026-02-13',
    '2026-02-13T16:37:56',
    '2026-02-13 16:37:56Z',
    '2026-02-13 16:37:56+00:00',
    '2026-02-13 16:37:56.',
    '2026-02-13 16:37:56.1234567',
    ' 2026-02-13 16:37:56',
    '2026-02-13 16:37:56\n',
    '2026-02-30 16:37:56',
    '2026-13-01 00:00:00',
    '2026-02-13 24:00:00',
    '2026-02-13 23:60:00',
    '2026-02-13 23:59:60',
    '0000-00-00 00:00:00',
    '0099-01-01 00:00:00',
  ])('refuses %j instead of guessing', (text) => {
    expect(() => parseDbInstant(text)).toThrow(expect.objectContaining({ code: 'RDS_QUERY', upstream: 'rds' }));
  });

  it('refuses what is not text, and lets only NULL be nothing', () => {
    expect(() => parseDbInstant(new Date() as unknown as string)).toThrow();
    expect(parseDbInstantOrNull(null)).toBeNull();
    expect(() => parseDbInstantOrNull('')).toThrow();
  });
});
