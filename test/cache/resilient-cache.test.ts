import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCache, type OpenCache } from '../../src/cache/create-cache.ts';
import { createResilientCache } from '../../src/cache/resilient-cache.ts';
import { createRedisConnection } from '../../src/redis/redis-connection.ts';
import { freePort } from '../servers/free-port.ts';
import { logLines } from './log-lines.ts';
import { type ThrowawayRedis, throwawayRedis } from './throwaway-redis.ts';

const key = (id: string) => ({ space: 'thing', version: 1, id });
const text = z.string();

/** Slower than this and a person would notice; a hanging Redis costs at most one command's time-out. */
const FAST = 2000;

async function quick<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  expect(performance.now() - started).toBeLessThan(FAST);
  return result;
}

describe('cache with a Redis that comes and goes', () => {
  let redis: ThrowawayRedis;
  let opened: OpenCache | undefined;
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown) => void unhandled.push(error);

  beforeEach(async () => {
    redis = await throwawayRedis();
    unhandled.length = 0;
    process.on('unhandledRejection', onUnhandled);
  });
  afterEach(async () => {
    await opened?.close();
    await redis.dispose();
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });

  it('serves from memory at once when Redis is away at the start, and moves over when it comes', async () => {
    const log = logLines();
    opened = createCache({ redisUrl: redis.url, logger: log.logger, prefix: 'p' });
    const { cache, describe } = opened;
    expect(describe()).toBe('memory');
    await quick(() => cache.set(key('a'), 'early', 60_000));
    expect(await quick(() => cache.get(key('a'), text))).toBe('early');
    await expect.poll(() => log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatch(/ECONNREFUSED.*away/);
    await redis.start();
    await expect.poll(describe, { timeout: 5000 }).toBe('redis');
    await cache.set(key('b'), 'late', 60_000);
    expect(await cache.get(key('b'), text)).toBe('late');
    expect(log.lines).toHaveLength(2);
  });

  it('survives Redis killed and started again under use, with one line each way', async () => {
    await redis.start();
    const log = logLines();
    opened = createCache({ redisUrl: redis.url, logger: log.logger, prefix: 'p' });
    const { cache, describe } = opened;
    await expect.poll(describe).toBe('redis');

    let stop = false;
    let rounds = 0;
    const use = Promise.all(
      [1, 2, 3, 4].map(async (user) => {
        while (!stop) {
          const value = `${user}-${rounds++}`;
          await quick(() => cache.set(key(`u${user}`), value, 60_000));
          const back = await quick(() => cache.get(key(`u${user}`), text));
          // Lost at a change of backend, perhaps; never another's or an older value.
          if (back !== undefined) expect(back).toBe(value);
          await new Promise((resolve) => setImmediate(resolve));
        }
      }),
    );
    for (let times = 0; times < 2; times++) {
      const before = rounds;
      await redis.kill();
      await expect.poll(describe).toBe('memory');
      await expect.poll(() => rounds).toBeGreaterThan(before + 20);
      await redis.start();
      await expect.poll(describe, { timeout: 5000 }).toBe('redis');
    }
    stop = true;
    await use;
    expect(log.lines.map((line) => (line.includes('away') ? 'away' : 'there'))).toEqual([
      'there',
      'away',
      'there',
      'away',
      'there',
    ]);
  });

  it('keeps serving what was written before Redis went', async () => {
    await redis.start();
    opened = createCache({ redisUrl: redis.url, logger: logLines().logger, prefix: 'p' });
    const { cache, describe } = opened;
    await expect.poll(describe).toBe('redis');
    await cache.set(key('a'), 'warm', 60_000);
    await redis.kill();
    expect(await quick(() => cache.get(key('a'), text))).toBe('warm');
    await expect.poll(describe).toBe('memory');
  });

  it('is not slowed down by a Redis that hangs, and takes it back when it answers', async () => {
    await redis.start();
    const log = logLines();
    opened = createCache({ redisUrl: redis.url, logger: log.logger, prefix: 'p' });
    const { cache, describe } = opened;
    await expect.poll(describe).toBe('redis');
    await cache.set(key('a'), 'old', 60_000);
    redis.freeze();
    expect(await quick(() => cache.get(key('a'), text))).toBe('old');
    expect(describe()).toBe('memory');
    const started = performance.now();
    for (let i = 0; i < 50; i++) await cache.get(key('a'), text);
    expect(performance.now() - started).toBeLessThan(FAST);
    expect(log.lines.at(-1)).toMatch(/time-out.*away/);
    redis.thaw();
    await expect.poll(describe, { timeout: 8000 }).toBe('redis');
  });

  it('does not bring back from Redis what was deleted or replaced while it hung', async () => {
    await redis.start();
    opened = createCache({ redisUrl: redis.url, logger: logLines().logger, prefix: 'p' });
    const { cache, describe } = opened;
    await expect.poll(describe).toBe('redis');
    await cache.set(key('deleted'), 'stale', 60_000);
    await cache.set(key('replaced'), 'stale', 60_000);
    await cache.set(key('untouched'), 'kept', 60_000);
    redis.freeze();
    await cache.delete(key('deleted'));
    await cache.set(key('replaced'), 'new', 60_000);
    expect(await cache.get(key('replaced'), text)).toBe('new');
    redis.thaw();
    await expect.poll(describe, { timeout: 8000 }).toBe('redis');
    expect(await cache.get(key('deleted'), text)).toBeUndefined();
    expect(await cache.get(key('replaced'), text)).not.toBe('stale');
    expect(await cache.get(key('untouched'), text)).toBe('kept');
  });

  it('moves to memory when Redis refuses writes, and back', async () => {
    await redis.start();
    const log = logLines();
    const resilient = createResilientCache({
      redis: createRedisConnection(redis.url),
      prefix: 'p',
      logger: log.logger,
      probeAfterMs: 20,
    });
    opened = { ...resilient, close: async () => resilient.close() };
    const admin = new Redis(redis.url);
    try {
      await expect.poll(resilient.describe).toBe('redis');
      await admin.call('REPLICAOF', '127.0.0.1', String(await freePort()));
      await resilient.cache.set(key('a'), 'x', 60_000);
      expect(resilient.describe()).toBe('memory');
      expect(await resilient.cache.get(key('a'), text)).toBe('x');
      expect(log.lines.at(-1)).toContain('READONLY');
      await admin.call('REPLICAOF', 'NO', 'ONE');
      await expect.poll(resilient.describe, { timeout: 5000 }).toBe('redis');
    } finally {
      admin.disconnect();
    }
  });

  it('never shows the password of Redis', async () => {
    await redis.dispose();
    redis = await throwawayRedis({ args: ['--requirepass', 'right'] });
    await redis.start();
    const log = logLines();
    const url = redis.url.replace('redis://', 'redis://user:planted-secret@');
    opened = createCache({ redisUrl: url, logger: log.logger, prefix: 'p' });
    await expect.poll(() => log.lines).toHaveLength(1);
    expect(log.lines[0]).toContain('WRONGPASS');
    expect(log.lines.join()).not.toContain('planted-secret');
    await opened.cache.set(key('a'), 'x', 1000);
    expect(await opened.cache.get(key('a'), text)).toBe('x');
  });
});
