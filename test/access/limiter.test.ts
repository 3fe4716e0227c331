import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../src/access/limiter.ts';

const limit = { questions: 3, minutes: 1 };

describe('a limit', () => {
  it('lets a burst through, then says exactly when the next may come', () => {
    let time = 0;
    const limiter = createLimiter({ now: () => time });
    const take = () => limiter.take([{ key: 'person:U1', limit }]);
    expect([take(), take(), take()].every(({ allowed }) => allowed)).toBe(true);
    expect(take()).toEqual({ allowed: false, key: 'person:U1', waitMs: 20_000 });
    time = 19_999;
    expect(take().allowed).toBe(false);
    time = 20_000;
    expect(take().allowed).toBe(true);
    expect(take().allowed).toBe(false);
  });

  it('takes from none when one has none left', () => {
    const limiter = createLimiter({ now: () => 0 });
    const channel = { key: 'channel:C1', limit: { questions: 4, minutes: 1 } };
    const by = (user: string) => limiter.take([{ key: `person:${user}`, limit }, channel]);
    for (let turn = 0; turn < 3; turn += 1) expect(by('U1').allowed).toBe(true);
    expect(by('U1')).toMatchObject({ allowed: false, key: 'person:U1' });
    expect(by('U2').allowed).toBe(true);
    expect(by('U2')).toMatchObject({ allowed: false, key: 'channel:C1' });
  });

  it('is never exceeded over any stretch of time, and waiting as long as told is enough', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 60 }), (pauses) => {
        let time = 0;
        const limiter = createLimiter({ now: () => time });
        const taken: number[] = [];
        for (const pause of pauses) {
          time += pause;
          const result = limiter.take([{ key: 'k', limit }]);
          if (result.allowed) taken.push(time);
          else {
            time += result.waitMs;
            expect(limiter.take([{ key: 'k', limit }]).allowed).toBe(true);
            taken.push(time);
          }
        }
        for (const from of taken) {
          const within = taken.filter((at) => at >= from && at < from + 60_000);
          expect(within.length).toBeLessThanOrEqual(2 * limit.questions);
        }
      }),
    );
  });
});
