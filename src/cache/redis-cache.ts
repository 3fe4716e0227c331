import type { Redis } from 'ioredis';
import type { ZodType } from 'zod';
import { type Cache, type CacheKey, checkTtl, decodeValue, encodeValue, keyText } from './cache.ts';

interface RedisCacheOptions {
  redis: Redis;
  prefix: string;
}

/** Keeps values in Redis. Every method rejects with the driver's error while Redis is away: see `resilient-cache.ts`. */
export function createRedisCache({ redis, prefix }: RedisCacheOptions): Cache {
  return {
    async get<T>(key: CacheKey, schema: ZodType<T>) {
      const text = await redis.get(keyText(prefix, key));
      return text === null ? undefined : decodeValue(text, schema);
    },
    async set(key, value, ttlMs) {
      await redis.set(keyText(prefix, key), encodeValue(value), 'PX', checkTtl(ttlMs));
    },
    async delete(key) {
      await redis.del(keyText(prefix, key));
    },
  };
}
