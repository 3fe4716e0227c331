import { LRUCache } from 'lru-cache';
import type { ZodType } from 'zod';
import { type Cache, type CacheKey, checkTtl, decodeValue, encodeValue, keyText } from './cache.ts';

interface MemoryCacheOptions {
  prefix: string;
  /** The least recently used go first. */
  maxEntries?: number;
}

/** Keeps values in this process. */
export function createMemoryCache({ prefix, maxEntries = 1000 }: MemoryCacheOptions): Cache {
  const entries = new LRUCache<string, string>({ max: maxEntries });
  return {
    async get<T>(key: CacheKey, schema: ZodType<T>) {
      const text = entries.get(keyText(prefix, key));
      return text === undefined ? undefined : decodeValue(text, schema);
    },
    async set(key, value, ttlMs) {
      entries.set(keyText(prefix, key), encodeValue(value), { ttl: checkTtl(ttlMs) });
    },
    async delete(key) {
      entries.delete(keyText(prefix, key));
    },
  };
}
