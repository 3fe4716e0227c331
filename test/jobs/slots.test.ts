import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { slotsOf } from '../../src/jobs/slots.ts';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

it.each([
  [
    '30 2 * * *',
    'America/New_York',
    '2026-03-08T00:00Z',
    '2026-03-08T07:00:00.000Z',
    'left out: when the clocks have moved',
  ],
  ['30 1 * * *', 'America/New_York', '2026-11-01T00:00Z', '2026-11-01T05:30:00.000Z', 'twice: the first time'],
  ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T15:00Z', '2026-10-03T15:30:00.000Z', 'half an hour left out'],
  ['0 7 * * 1-5', 'Europe/London', '2026-03-27T12:00Z', '2026-03-30T06:00:00.000Z', 'a weekend and a change between'],
])('%s in %s after %s is %s (%s)', (pattern, zone, after, next) => {
  expect(iso(slotsOf({ pattern, zone }).next(Date.parse(after)))).toBe(next);
});

it.each([
  { pattern: '61 2 * * *', zone: 'Europe/London' },
  { pattern: '* * * * * *', zone: 'Europe/London' },
  { pattern: '0 7 * * *', zone: 'Europe/Atlantis' },
  { pattern: '', zone: 'Europe/London' },
])('refuses $pattern in $zone', (timetable) => {
  expect(() => slotsOf(timetable)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

const zones = fc.constantFrom('America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Tokyo', 'UTC');
const times = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) });

it('has one slot a local day, at its time unless the clocks leave that out', () => {
  fc.assert(
    fc.property(zones, fc.nat(23), fc.nat(59), times, (zone, hour, minute, at) => {
      const slots = slotsOf({ pattern: `${minute} ${hour} * * *`, zone });
      const next = slots.next(at) as number;
      const after = slots.next(next) as number;
      const [first, second] = [next, after].map((slot) => DateTime.fromMillis(slot, { zone }));
      expect(first?.plus({ days: 1 }).toISODate()).toBe(second?.toISODate());
      const asked = DateTime.fromObject(
        { year: first?.year, month: first?.month, day: first?.day, hour, minute },
        { zone },
      );
      if (asked.hour === hour && asked.minute === minute) expect(first?.toFormat('H:m')).toBe(`${hour}:${minute}`);
    }),
    { numRuns: 300 },
  );
});

it('looks back as it looks ahead', () => {
  fc.assert(
    fc.property(zones, fc.nat(23), fc.nat(59), times, (zone, hour, minute, at) => {
      const slots = slotsOf({ pattern: `${minute} ${hour} * * *`, zone });
      const next = slots.next(at) as number;
      expect(slots.latest(next)).toBe(next);
      expect(slots.latest(next - 1)).toBeLessThan(next);
      expect(slots.next(slots.latest(at) as number)).toBe(next);
    }),
    { numRuns: 300 },
  );
});
