import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTime, readClockTime } from '../../src/agent/tools/clock-time.ts';

const ZONE = 'America/New_York';

describe('a time of day as people say it', () => {
  it.each([
    ['7am', 7, 0, ZONE],
    ['7 AM', 7, 0, ZONE],
    ['7:30pm', 19, 30, ZONE],
    ['7.15 a.m.', 7, 15, ZONE],
    ['12am', 0, 0, ZONE],
    ['12pm', 12, 0, ZONE],
    ['07:00', 7, 0, ZONE],
    ['7:00 UTC', 7, 0, 'UTC'],
    ['0700', 7, 0, ZONE],
    ['6', 6, 0, ZONE],
    ['6 o’clock', 6, 0, ZONE],
    ['06:30Z', 6, 30, 'UTC'],
    ['8am london time', 8, 0, 'Europe/London'],
    ['7 et', 7, 0, 'America/New_York'],
    ['07:30 Asia/Tokyo', 7, 30, 'Asia/Tokyo'],
    ['noon', 12, 0, ZONE],
    ['midnight UTC', 0, 0, 'UTC'],
  ])('%s', (said, hour, minute, zone) => {
    expect(readClockTime(said, ZONE)).toEqual({ hour, minute, zone });
  });

  it.each(['', 'deadline', 'soon', '25:00', '13pm', '7:75', '2026-02-13', 'step 3 of 7 please'])('not: %s', (said) => {
    expect(readClockTime(said, ZONE)).toBeNull();
  });

  it('keeps the day that was said with it', () => {
    expect(readClockTime('6am tomorrow', ZONE)).toEqual({ hour: 6, minute: 0, zone: ZONE, day: 'tomorrow' });
    expect(readClockTime('tomorrow morning by 7', ZONE)).toEqual({ hour: 7, minute: 0, zone: ZONE, day: 'tomorrow' });
    expect(readClockTime('7 today', ZONE)).toEqual({ hour: 7, minute: 0, zone: ZONE, day: 'today' });
  });

  it('is on that day, and at night "tomorrow" is the morning that comes', () => {
    const at = (day: 'today' | 'tomorrow', now: string) =>
      new Date(nextTime({ hour: 6, minute: 0, zone: ZONE, day }, 0, Date.parse(now))).toISOString();
    expect(at('tomorrow', '2026-02-14T03:00:00Z')).toBe('2026-02-14T11:00:00.000Z');
    expect(at('tomorrow', '2026-02-14T08:12:00Z')).toBe('2026-02-14T11:00:00.000Z');
    expect(at('tomorrow', '2026-02-14T12:00:00Z')).toBe('2026-02-15T11:00:00.000Z');
    expect(at('today', '2026-02-14T12:00:00Z')).toBe('2026-02-14T11:00:00.000Z');
  });

  it('means the first such time after the phase began, in its own zone', () => {
    const began = Date.parse('2026-02-13T21:00:00Z');
    expect(nextTime({ hour: 7, minute: 0, zone: ZONE }, began)).toBe(Date.parse('2026-02-14T12:00:00Z'));
    expect(nextTime({ hour: 23, minute: 0, zone: ZONE }, began)).toBe(Date.parse('2026-02-14T04:00:00Z'));
    expect(nextTime({ hour: 21, minute: 30, zone: 'UTC' }, began)).toBe(Date.parse('2026-02-13T21:30:00Z'));
  });

  it('is later than the begin and within a day of it, clock changes included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2026-12-31T00:00:00Z') }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (after, hour, minute) => {
          const at = nextTime({ hour, minute, zone: ZONE }, after);
          expect(at).toBeGreaterThan(after);
          expect(at - after).toBeLessThanOrEqual(25 * 3600 * 1000);
        },
      ),
    );
  });
});
