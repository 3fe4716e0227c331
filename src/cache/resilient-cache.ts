import type { Redis } from 'ioredis';
import type { ZodType } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { createRedisLink } from '../redis/redis-link.ts';
import { type Cache, type CacheKey, checkTtl, encodeValue, keyText } from './cache.ts';
import { createMemoryCache } from './memory-cache.ts';
import { createRedisCache } from './redis-cache.ts';

/** Keys changed while Redis was away are remembered up to this many; beyond it their time to live has to do. */
const MAX_CHANGED = 10_000;

interface ResilientCacheOptions {
  redis: Redis;
  prefix: string;
  logger: Logger;
  /** Told each time that Redis goes away. */
  onAway?: () => void;
  /** How soon after a failed command Redis is tried again. Milliseconds. */
  probeAfterMs?: number;
}

export interface ResilientCache {
  cache: Cache;
  /** Where values are read from at this moment. */
  describe(): 'redis' | 'memory';
  close(): void;
}

/**
 * Redis when it is there, memory whenever it is away. No method ever rejects because of Redis.
 *
 * Writes go to both, so that memory is warm when Redis leaves. What was changed in the meantime is removed from Redis
 * when it comes back: an older value there must not return from the dead.
 */
export function createResilientCache(options: ResilientCacheOptions): ResilientCache {
  const { prefix } = options;
  const memory = createMemoryCache({ prefix });
  const remote = createRedisCache({ redis: options.redis, prefix });
  const changed = new Set<string>();
  const link = createRedisLink({
    ...options,
    words: { away: 'caching in memory until it is back', there: 'caching in Redis' },
    async beforeUse(redis) {
      while (changed.size > 0) {
        const keys = [...changed].slice(0, 500);
        await redis.del(...keys);
        for (const key of keys) changed.delete(key);
      }
    },
  });

  async function change(key: CacheKey, act: (cache: Cache) => Promise<void>): Promise<void> {
    await act(memory);
    await link.use(
      () => act(remote),
      () => {
        if (changed.size < MAX_CHANGED) changed.add(keyText(prefix, key));
      },
    );
  }

  return {
    cache: {
      get: <T>(key: CacheKey, schema: ZodType<T>) =>
        link.use(
          () => remote.get(key, schema),
          () => memory.get(key, schema),
        ),
      async set(key, value, ttlMs) {
        // The caller's own mistakes are thrown before Redis could be blamed for them.
        encodeValue(value);
        checkTtl(ttlMs);
        await change(key, (cache) => cache.set(key, value, ttlMs));
      },
      delete: (key) => change(key, (cache) => cache.delete(key)),
    },
    describe: () => (link.isThere() ? 'redis' : 'memory'),
    close: link.close,
  };
}
