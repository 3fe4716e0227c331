import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRedisConnection } from '../../src/redis/redis-connection.ts';
import { createRedisLink, type RedisLink } from '../../src/redis/redis-link.ts';
import { createMemoryClaims, createSharedClaims } from '../../src/replicas/claims.ts';
import { createMemoryLimits, createSharedLimits, type Limits } from '../../src/replicas/limits.ts';
import { openReplicas, type Replicas } from '../../src/replicas/replicas.ts';
import { createStops, type StoppedByPerson } from '../../src/slack/stops.ts';
import { logLines } from '../cache/log-lines.ts';
import { sharedRedis } from '../servers/shared.ts';

const quiet = logLines().logger;
const prefix = `test-replicas-${randomUUID()}`;
const NOW = 1_800_000_000_000;
let url: string;
let link: RedisLink;
beforeAll(async () => {
  ({ url } = await sharedRedis());
  link = createRedisLink({
    redis: createRedisConnection(url),
    prefix,
    logger: quiet,
    words: { away: 'alone', there: 'together' },
  });
  await vi.waitFor(() => expect(link.isThere()).toBe(true));
});
afterAll(() => link.close());

describe.each([
  { name: 'memory', shared: false },
  { name: 'Redis', shared: true },
])('replicas: $name', ({ shared }) => {
  const limits = (now: () => number): Limits =>
    shared ? createSharedLimits(link, `${prefix}:${randomUUID()}`, { now }) : createMemoryLimits({ now });

  /** Without Redis the two are one. */
  async function twoReplicas(): Promise<[Replicas, Replicas]> {
    const open = async () => {
      const replicas = openReplicas({ redisUrl: shared ? url : null, prefix, logger: quiet });
      onTestFinished(() => replicas.close());
      await replicas.open();
      return replicas;
    };
    const first = await open();
    return [first, shared ? await open() : first];
  }

  it('let one of many claim a key, and somebody again when its time is over', async () => {
    const alone = createMemoryClaims();
    const many = [1, 2, 3, 4].map(() => (shared ? createSharedClaims(link, prefix) : alone));
    const key = randomUUID();
    const all = await Promise.all(many.map((claims) => claims.claim(key, 60_000)));
    expect(all.filter(Boolean)).toHaveLength(1);
    const [first = alone, second = alone] = many;
    expect(await first.claim(`${key}:brief`, 1)).toBe(true);
    await expect.poll(() => second.claim(`${key}:brief`, 1)).toBe(true);
  });

  it('let a burst through, then say exactly when the next may come', async () => {
    let time = NOW;
    const limiter = limits(() => time);
    const take = () => limiter.take([{ key: 'person:U1', limit: { questions: 3, minutes: 1 } }]);
    for (let turn = 0; turn < 3; turn += 1) expect(await take()).toEqual({ allowed: true });
    expect(await take()).toEqual({ allowed: false, key: 'person:U1', waitMs: 20_000 });
    time += 19_999;
    expect((await take()).allowed).toBe(false);
    time += 1;
    expect((await take()).allowed).toBe(true);
    expect((await take()).allowed).toBe(false);
  });

  it('take from no bucket when one has none left', async () => {
    const limiter = limits(() => NOW);
    const channel = { key: 'channel:C1', limit: { questions: 4, minutes: 1 } };
    const by = (user: string) =>
      limiter.take([{ key: `person:${user}`, limit: { questions: 3, minutes: 1 } }, channel]);
    for (let turn = 0; turn < 3; turn += 1) expect((await by('U1')).allowed).toBe(true);
    expect(await by('U1')).toMatchObject({ allowed: false, key: 'person:U1' });
    expect((await by('U2')).allowed).toBe(true);
    expect(await by('U2')).toMatchObject({ allowed: false, key: 'channel:C1' });
  });

  it('never let more through over any stretch of time, and waiting as long as told is enough', async () => {
    const limit = { questions: 3, minutes: 1 };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 40 }), async (pauses) => {
        let time = NOW;
        const limiter = limits(() => time);
        const taken: number[] = [];
        for (const pause of pauses) {
          time += pause;
          const result = await limiter.take([{ key: 'k', limit }]);
          if (!result.allowed) {
            time += result.waitMs;
            expect(await limiter.take([{ key: 'k', limit }])).toEqual({ allowed: true });
          }
          taken.push(time);
        }
        for (const from of taken) {
          const within = taken.filter((at) => at >= from && at < from + 60_000);
          expect(within.length).toBeLessThanOrEqual(2 * limit.questions);
        }
      }),
      { numRuns: shared ? 5 : 30 },
    );
  });

  it('stop a question wherever it is worked on, by its reference or by its thread, and no other', async () => {
    const [here, there] = await twoReplicas();
    const pressed = createStops(here.signals);
    const working = createStops(there.signals);
    const thread = { channel: randomUUID(), threadTs: '1.0' };
    const ended: unknown[] = [];
    const work = (reference: string, place = thread) =>
      working.during({ ...place, reference }, new AbortController().signal, async (signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        ended.push([reference, (signal.reason as StoppedByPerson).by]);
      });
    const works = ['a', 'b', 'c'].map((reference) => work(reference));
    void work('other', { ...thread, threadTs: '2.0' });
    // A replica that has just begun may not listen yet.
    await expect
      .poll(async () => {
        await pressed.stop({ reference: 'a' }, 'U1');
        return ended;
      })
      .toEqual([['a', 'U1']]);
    await pressed.stop(thread, null);
    await Promise.all(works);
    await pressed.stop({ reference: 'a' }, 'U2');
    // Pressed before anybody worked on it: a process died with it.
    await pressed.stop({ reference: 'orphan' }, 'U3');
    await expect
      .poll(() =>
        working.during(
          { ...thread, reference: 'orphan' },
          new AbortController().signal,
          async ({ aborted }) => aborted,
        ),
      )
      .toBe(true);
    expect(ended).toEqual([
      ['a', 'U1'],
      ['b', null],
      ['c', null],
    ]);
  });

  it('let one at a time have its turn in a thread, and hold up no other thread', async () => {
    const [here, there] = await twoReplicas();
    const key = randomUUID();
    let inside = 0;
    let most = 0;
    const done: number[] = [];
    const visit = async (number: number) => {
      inside += 1;
      most = Math.max(most, inside);
      await there.turns.take(randomUUID(), async () => {});
      inside -= 1;
      done.push(number);
    };
    await Promise.all([1, 2, 3, 4].map((number) => (number % 2 ? here : there).turns.take(key, () => visit(number))));
    await expect(here.turns.take(key, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    await there.turns.take(key, () => visit(5));
    expect(most).toBe(1);
    expect([...done].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('work on a question once, and leave nothing of it', async () => {
    const [here, there] = await twoReplicas();
    const found: string[] = [];
    const reference = randomUUID();
    await here.questions.during({ reference, data: { question: 'why?' } }, async (hold) => {
      expect(hold).toMatchObject({ reference, again: false });
      expect(await hold.stillMine()).toBe(true);
    });
    there.questions.start(async (orphan) => void found.push(orphan.reference));
    expect(await here.questions.handOver()).toBe(0);
    expect(found).toEqual([]);
  });
});
