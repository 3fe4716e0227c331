import { LRUCache } from 'lru-cache';

/** Remembers what was taken in hand, so that a second delivery of it is left alone. Replicas need a shared one. */
export interface Dedupe {
  /** True for the first to claim `key` within `ttlMs`. */
  claim(key: string, ttlMs: number): Promise<boolean>;
}

/** Slack's last retry comes about six minutes after the first delivery. */
export const DELIVERY_TTL_MS = 20 * 60_000;

/** For a single process. */
export function createMemoryDedupe(maxKeys = 20_000): Dedupe {
  const taken = new LRUCache<string, true>({ max: maxKeys });
  return {
    async claim(key, ttlMs) {
      if (taken.has(key)) return false;
      taken.set(key, true, { ttl: ttlMs });
      return true;
    },
  };
}
