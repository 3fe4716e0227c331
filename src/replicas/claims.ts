import { LRUCache } from 'lru-cache';
import type { RedisLink } from '../redis/redis-link.ts';

/** Remembers what was taken in hand, so that a second delivery of it is left alone. */
export interface Claims {
  /** True for the first to claim `key` within `ttlMs`; of all replicas, while Redis is there. */
  claim(key: string, ttlMs: number): Promise<boolean>;
}

/** For a single process. */
export function createMemoryClaims(maxKeys = 20_000): Claims {
  const taken = new LRUCache<string, true>({ max: maxKeys });
  return {
    async claim(key, ttlMs) {
      if (taken.has(key)) return false;
      taken.set(key, true, { ttl: ttlMs });
      return true;
    },
  };
}

/** Memory first: what this process has claimed needs no question, and is known to it when Redis goes away. */
export function createSharedClaims(link: RedisLink, prefix: string): Claims {
  const memory = createMemoryClaims();
  return {
    async claim(key, ttlMs) {
      if (!(await memory.claim(key, ttlMs))) return false;
      return link.use(
        async (redis) => (await redis.set(`${prefix}:claimed:${key}`, '1', 'PX', Math.ceil(ttlMs), 'NX')) === 'OK',
        () => true,
      );
    },
  };
}
