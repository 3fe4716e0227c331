import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultNow, isMonthEnd, lastNightOf, weekdaysUntil } from '../../../src/playground/world/calendar.ts';

const NEW_YORK = 'America/New_York';
const at = (iso: string) => Date.parse(iso);

describe('the clock of the playground', () => {
  it.each([
    ['a Sunday', '2026-11-22T17:00:00-05:00', '2026-11-21T03:12:00-05:00'],
    ['a Saturday night before 03:12', '2026-11-21T01:00:00-05:00', '2026-11-20T03:12:00-05:00'],
    ['a Saturday at 03:12', '2026-11-21T03:12:00-05:00', '2026-11-21T03:12:00-05:00'],
    ['a Monday noon', '2026-11-23T12:00:00-05:00', '2026-11-21T03:12:00-05:00'],
    ['a Tuesday noon in summer', '2026-07-07T12:00:00-04:00', '2026-07-07T03:12:00-04:00'],
    ['the Sunday on which summer time begins', '2026-03-08T12:00:00-04:00', '2026-03-07T03:12:00-05:00'],
  ])('starts on the morning after the latest weekday that is over: %s', (_, real, start) => {
    expect(new Date(defaultNow(at(real))).toISOString()).toBe(new Date(at(start)).toISOString());
  });

  it('never runs ahead of real time, and follows a weekday', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (real) => {
          const now = defaultNow(real.getTime());
          expect(now).toBeLessThanOrEqual(real.getTime());
          expect(real.getTime() - now).toBeLessThan(4 * 86_400_000);
          const night = lastNightOf(now, NEW_YORK);
          expect(now - at(`${night}T00:00:00Z`)).toBeLessThan(1.5 * 86_400_000);
          expect([1, 2, 3, 4, 5]).toContain(new Date(`${night}T00:00:00Z`).getUTCDay());
        },
      ),
    );
  });
});

describe('the last night', () => {
  it.each([
    ['one minute before 19:00', '2026-11-20T18:59:00-05:00', '2026-11-19'],
    ['at 19:00', '2026-11-20T19:00:00-05:00', '2026-11-20'],
    ['after midnight', '2026-11-21T00:30:00-05:00', '2026-11-20'],
    ['on a Sunday evening', '2026-11-22T21:00:00-05:00', '2026-11-20'],
    ['on a Monday noon', '2026-11-23T12:00:00-05:00', '2026-11-20'],
  ])('is that of the latest weekday whose evening has come: %s', (_, now, night) => {
    expect(lastNightOf(at(now), NEW_YORK)).toBe(night);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => lastNightOf(0, 'Mars/Olympus')).toThrow(expect.objectContaining({ code: 'CONFIG' }));
  });
});

it('knows weekdays and month-ends', () => {
  expect(weekdaysUntil('2026-11-23', 3)).toEqual(['2026-11-19', '2026-11-20', '2026-11-23']);
  expect(['2026-10-30', '2026-10-29', '2026-11-30', '2026-12-31', '2026-01-30'].map(isMonthEnd)).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
});
