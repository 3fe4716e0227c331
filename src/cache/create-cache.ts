import type { Logger } from '../observability/logger.ts';
import { createRedisConnection } from '../redis/redis-connection.ts';
import type { Cache } from './cache.ts';
import { createMemoryCache } from './memory-cache.ts';
import { createResilientCache } from './resilient-cache.ts';

interface CacheOptions {
  /** `redis://…` or `rediss://…`; null keeps everything in this process. */
  redisUrl: string | null;
  logger: Logger;
  /** First part of every key, so that several installations can share a server. */
  prefix: string;
  /** Told each time that Redis goes away. */
  onAway?: () => void;
}

export interface OpenCache {
  cache: Cache;
  /** Where values are kept at this moment. */
  describe(): 'redis' | 'memory';
  close(): Promise<void>;
}

/** Opens the cache without waiting for Redis: until it is there, and whenever it is away, memory serves. */
export function createCache({ redisUrl, logger, prefix, onAway }: CacheOptions): OpenCache {
  if (redisUrl === null) {
    return { cache: createMemoryCache({ prefix }), describe: () => 'memory', close: async () => {} };
  }
  const resilient = createResilientCache({ redis: createRedisConnection(redisUrl), prefix, logger, onAway });
  return { cache: resilient.cache, describe: resilient.describe, close: async () => resilient.close() };
}
