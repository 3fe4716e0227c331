import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { movableClock } from '../../src/playground/movable-clock.ts';
import { afterMove } from '../../src/playground/page/clock-move.ts';
import { frozenClock } from '../../src/wiring/clock.ts';

const AT = Date.parse('2026-11-19T08:12:00Z');
const DAY = 86_400_000;

describe('a clock that can be moved', () => {
  it('goes on from where it was moved to, at its own pace', () => {
    let real = AT;
    const clock = movableClock({ now: () => real, frozen: false });
    expect(clock.moveTo(AT + DAY)).toBe(true);
    real += 1500;
    expect(clock.now()).toBe(AT + DAY + 1500);
    expect(movableClock(frozenClock(AT)).frozen).toBe(true);
  });

  it('never goes back, wherever it is sent', () => {
    const moment = fc.oneof(fc.integer({ min: -DAY, max: DAY }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(moment), (moments) => {
        const clock = movableClock(frozenClock(AT));
        for (const at of moments) {
          const before = clock.now();
          const moved = clock.moveTo(AT + at);
          expect(moved).toBe(AT + at >= before);
          expect(clock.now()).toBe(moved ? AT + at : before);
        }
      }),
    );
  });
});

describe('a move of the clock', () => {
  it('leads to the next 07:00, over changes of the clocks too', () => {
    const zone = fc.constantFrom('America/New_York', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * 365 * DAY }), zone, (after, there) => {
        const now = AT + after;
        const morning = DateTime.fromMillis(afterMove('07:00', now, there), { zone: there });
        expect(morning.toFormat('HH:mm:ss.SSS')).toBe('07:00:00.000');
        const passed = morning.toMillis() - now;
        expect(passed).toBeGreaterThan(0);
        expect(passed).toBeLessThanOrEqual(DAY + 3_600_000);
      }),
    );
  });

  it('is as long as it says', () => {
    expect(afterMove('10 min', AT, 'UTC') - AT).toBe(600_000);
    expect(afterMove('1 h', AT, 'UTC') - AT).toBe(3_600_000);
  });
});
