import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Cache } from '../../src/cache/cache.ts';
import { createCache } from '../../src/cache/create-cache.ts';
import { createMemoryCache } from '../../src/cache/memory-cache.ts';
import { createRedisCache } from '../../src/cache/redis-cache.ts';
import { createRedisConnection } from '../../src/redis/redis-connection.ts';
import { logLines } from '../cache/log-lines.ts';
import { sharedRedis } from '../servers/shared.ts';

let redis: { url: string };
beforeAll(async () => {
  redis = await sharedRedis();
});

interface Backend {
  name: string;
  open(): Promise<{ cache: Cache; close(): unknown }>;
}

const quiet = logLines().logger;
// The server may be shared with other files, and may outlive the run.
const prefix = `test-cache-${randomUUID()}`;
const backends: Backend[] = [
  { name: 'memory', open: async () => ({ cache: createMemoryCache({ prefix }), close() {} }) },
  {
    name: 'redis',
    async open() {
      const connection = createRedisConnection(redis.url);
      await new Promise((resolve) => connection.once('ready', resolve));
      return { cache: createRedisCache({ redis: connection, prefix }), close: () => connection.disconnect() };
    },
  },
  {
    name: 'resilient, Redis there',
    async open() {
      const opened = createCache({ redisUrl: redis.url, logger: quiet, prefix });
      await vi.waitFor(() => expect(opened.describe()).toBe('redis'));
      return opened;
    },
  },
  { name: 'createCache without Redis', open: async () => createCache({ redisUrl: null, logger: quiet, prefix }) },
];

const shape = z.object({ name: z.string(), list: z.array(z.number()) });
let serial = 0;
const newKey = (version = 1) => ({ space: 'thing', version, id: `k${++serial} * ü:\n` });

describe.each(backends)('cache: $name', ({ open }) => {
  let cache: Cache;
  let close: () => unknown;
  beforeAll(async () => ({ cache, close } = await open()));
  afterAll(() => close());

  it('gives back what was put in, and not the same object', async () => {
    const key = newKey();
    const value = { name: 'ünï 💥', list: [1, 2.5] };
    await cache.set(key, value, 60_000);
    value.list.push(3);
    expect(await cache.get(key, shape)).toEqual({ name: 'ünï 💥', list: [1, 2.5] });
  });

  it('knows nothing of a key that was never set', async () => {
    expect(await cache.get(newKey(), shape)).toBeUndefined();
  });

  it('overwrites, with a new time to live', async () => {
    const key = newKey();
    await cache.set(key, 1, 20);
    await cache.set(key, 2, 60_000);
    const other = newKey();
    await cache.set(other, 1, 20);
    await expect.poll(() => cache.get(other, z.number()), { interval: 5 }).toBeUndefined();
    expect(await cache.get(key, z.number())).toBe(2);
  });

  it('forgets when the time is up, and not before', async () => {
    const key = newKey();
    const started = performance.now();
    await cache.set(key, 'x', 200);
    expect(await cache.get(key, z.string())).toBe('x');
    await expect.poll(() => cache.get(key, z.string()), { interval: 5 }).toBeUndefined();
    // Redis rounds to its own milliseconds.
    expect(performance.now() - started).toBeGreaterThan(190);
  });

  it('deletes, also what is not there', async () => {
    const key = newKey();
    await cache.set(key, 'x', 60_000);
    await cache.delete(key);
    await cache.delete(key);
    expect(await cache.get(key, z.string())).toBeUndefined();
  });

  it('treats a value of another shape as a miss', async () => {
    const key = newKey();
    await cache.set(key, { name: 1 }, 60_000);
    expect(await cache.get(key, shape)).toBeUndefined();
  });

  it('keeps versions and spaces of one id apart', async () => {
    const key = newKey(1);
    await cache.set(key, 'one', 60_000);
    expect(await cache.get({ ...key, version: 2 }, z.string())).toBeUndefined();
    expect(await cache.get({ ...key, space: 'other' }, z.string())).toBeUndefined();
    expect(await cache.get(key, z.string())).toBe('one');
  });

  it('tells a stored null from nothing', async () => {
    const key = newKey();
    await cache.set(key, null, 60_000);
    expect(await cache.get(key, z.null())).toBeNull();
  });

  it('refuses what JSON cannot hold, and a time to live that is none', async () => {
    await expect(cache.set(newKey(), undefined, 1000)).rejects.toThrow(TypeError);
    await expect(cache.set(newKey(), 1n, 1000)).rejects.toThrow(TypeError);
    for (const ttl of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(cache.set(newKey(), 1, ttl)).rejects.toThrow(RangeError);
    }
  });
});

describe('cache in Redis', () => {
  it('writes under the prefix, the space and the version, and misses on a value that is not JSON', async () => {
    const opened = createCache({ redisUrl: redis.url, logger: quiet, prefix });
    await expect.poll(opened.describe).toBe('redis');
    const raw = new Redis(redis.url);
    try {
      await opened.cache.set({ space: 's', version: 3, id: 'x' }, [1], 60_000);
      expect(await raw.get(`${prefix}:s:v3:x`)).toBe('[1]');
      expect(await raw.pttl(`${prefix}:s:v3:x`)).toBeGreaterThan(50_000);
      await raw.set(`${prefix}:s:v3:x`, '{broken');
      expect(await opened.cache.get({ space: 's', version: 3, id: 'x' }, z.unknown())).toBeUndefined();
    } finally {
      raw.disconnect();
      await opened.close();
    }
  });
});
