import { LRUCache } from 'lru-cache';
import type { Limit } from './policy.ts';

const MINUTE_MS = 60_000;
/** Fractions of a token add up to a little less than one: whoever waited as long as told gets it. */
const ONE_TOKEN = 1 - 1e-6;

/** Counts questions by name, e.g. `person:U1`, in this process. */
export interface Limiter {
  /** Takes one question from each; from none where one of them has none left, and says when it has (milliseconds from now). */
  take(
    of: readonly { key: string; limit: Limit }[],
  ): { allowed: true } | { allowed: false; key: string; waitMs: number };
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets: full at first, refilled steadily. `now`: any clock that only moves forward, in milliseconds. */
export function createLimiter({ now = () => performance.now(), max = 20_000 } = {}): Limiter {
  const buckets = new LRUCache<string, Bucket>({ max });

  function tokensOf(key: string, limit: Limit): number {
    const bucket = buckets.get(key);
    if (bucket === undefined) return limit.questions;
    const refilled = (Math.max(0, now() - bucket.at) / (limit.minutes * MINUTE_MS)) * limit.questions;
    return Math.min(limit.questions, bucket.tokens + refilled);
  }

  return {
    take(of) {
      const found = of.map(({ key, limit }) => ({ key, limit, tokens: tokensOf(key, limit) }));
      const waits = found.map(({ key, limit, tokens }) => ({
        key,
        waitMs: tokens >= ONE_TOKEN ? 0 : Math.ceil(((1 - tokens) / limit.questions) * limit.minutes * MINUTE_MS),
      }));
      const longest = waits.reduce((a, b) => (b.waitMs > a.waitMs ? b : a), { key: '', waitMs: 0 });
      if (longest.waitMs > 0) return { allowed: false, ...longest };
      for (const { key, tokens } of found) buckets.set(key, { tokens: tokens - 1, at: now() });
      return { allowed: true };
    },
  };
}
