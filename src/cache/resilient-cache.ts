import type { Redis } from 'ioredis';
import type { ZodType } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { type Cache, type CacheKey, checkTtl, encodeValue, keyText } from './cache.ts';
import { createMemoryCache } from './memory-cache.ts';
import { createRedisCache } from './redis-cache.ts';
import { reasonOf } from './redis-reason.ts';

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
 * Redis when it is there, memory whenever it is away: at the start, after it went, until it is back. No method ever
 * rejects because of Redis, and no caller waits for a Redis that hangs longer than one command's time-out.
 *
 * Writes go to both, so that memory is warm when Redis leaves. What was changed in the meantime is removed from Redis
 * when it comes back: an older value there must not return from the dead.
 */
export function createResilientCache(options: ResilientCacheOptions): ResilientCache {
  const { redis, prefix, logger, onAway, probeAfterMs = 1000 } = options;
  const memory = createMemoryCache({ prefix });
  const remote = createRedisCache({ redis, prefix });
  const changed = new Set<string>();
  let state: 'starting' | 'there' | 'away' | 'closed' = 'starting';
  let probing = false;
  let timer: NodeJS.Timeout | undefined;

  function away(reason: string): void {
    if (state === 'closed') return;
    if (state !== 'away') {
      state = 'away';
      onAway?.();
      logger.warn({ upstream: 'redis', reason }, 'Redis is away: caching in memory until it is back');
    }
    clearTimeout(timer);
    timer = setTimeout(probe, probeAfterMs).unref();
  }

  /** Redis is believed to be there once it took a write: a replica or a full server answers reads and refuses these. */
  async function probe(): Promise<void> {
    if (probing || state === 'closed' || state === 'there' || redis.status !== 'ready') return;
    probing = true;
    try {
      await redis.set(`${prefix}:probe`, '1', 'PX', 1000);
      while (changed.size > 0) {
        const keys = [...changed].slice(0, 500);
        await redis.del(...keys);
        for (const key of keys) changed.delete(key);
      }
      // The state may have become 'closed' during the awaits above.
      if ((state as string) !== 'closed') {
        state = 'there';
        logger.info({ upstream: 'redis' }, 'Redis is there: caching in Redis');
      }
    } catch (error) {
      away(reasonOf(error));
      // A connection that only looks alive (a hung server, a network that swallows packets) is replaced.
      if ((state as string) !== 'closed') redis.disconnect(true);
    } finally {
      probing = false;
    }
  }

  let lastError = 'connection closed';
  redis.on('error', (error) => {
    lastError = reasonOf(error);
  });
  redis.on('close', () => {
    away(lastError);
    lastError = 'connection closed';
  });
  redis.on('ready', () => void probe());
  if (redis.status === 'ready') void probe();

  async function change(key: CacheKey, act: (cache: Cache) => Promise<void>): Promise<void> {
    await act(memory);
    if (state === 'there') {
      try {
        await act(remote);
        return;
      } catch (error) {
        away(reasonOf(error));
      }
    }
    if (changed.size < MAX_CHANGED) changed.add(keyText(prefix, key));
  }

  return {
    cache: {
      async get<T>(key: CacheKey, schema: ZodType<T>) {
        if (state === 'there') {
          try {
            return await remote.get(key, schema);
          } catch (error) {
            away(reasonOf(error));
          }
        }
        return memory.get(key, schema);
      },
      async set(key, value, ttlMs) {
        // The caller's own mistakes are thrown before Redis could be blamed for them.
        encodeValue(value);
        checkTtl(ttlMs);
        await change(key, (cache) => cache.set(key, value, ttlMs));
      },
      delete: (key) => change(key, (cache) => cache.delete(key)),
    },
    describe: () => (state === 'there' ? 'redis' : 'memory'),
    close() {
      state = 'closed';
      clearTimeout(timer);
      redis.disconnect();
    },
  };
}
