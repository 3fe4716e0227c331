import { LRUCache } from 'lru-cache';
import type { RedisLink } from '../redis/redis-link.ts';

/** So many at once; after that as many in so many minutes. */
interface Limit {
  questions: number;
  minutes: number;
}

type Taken = { allowed: true } | { allowed: false; key: string; waitMs: number };

/** Counts questions by name, e.g. `person:U1`; over all replicas, while Redis is there. */
export interface Limits {
  /** Takes one question from each; from none where one of them has none left, and says when it has (milliseconds from now). */
  take(of: readonly { key: string; limit: Limit }[]): Promise<Taken>;
}

const MINUTE_MS = 60_000;
/** Fractions of a token add up to a little less than one: whoever waited as long as told gets it. */
const ONE_TOKEN = 1 - 1e-6;

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets: full at first, refilled steadily. `now`: any clock that only moves forward, in milliseconds. */
export function createMemoryLimits({ now = () => performance.now(), max = 20_000 } = {}): Limits {
  const buckets = new LRUCache<string, Bucket>({ max });

  function tokensOf(key: string, limit: Limit): number {
    const bucket = buckets.get(key);
    if (bucket === undefined) return limit.questions;
    const refilled = (Math.max(0, now() - bucket.at) / (limit.minutes * MINUTE_MS)) * limit.questions;
    return Math.min(limit.questions, bucket.tokens + refilled);
  }

  return {
    async take(of) {
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

/**
 * The same buckets as hashes in Redis, by its clock, all of them as one step. KEYS: buckets; ARGV: a clock that stands in for
 * Redis' own, or an empty text; then questions and milliseconds of each limit. Gives 0, or the number of the bucket and the wait.
 */
const TAKE = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + time[2] / 1000
end
local left, longest, whose = {}, 0, 0
for i, key in ipairs(KEYS) do
  local questions, stretch = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local bucket = redis.call('HMGET', key, 'tokens', 'at')
  left[i] = questions
  if bucket[1] then
    local refilled = math.max(0, now - tonumber(bucket[2])) / stretch * questions
    left[i] = math.min(questions, tonumber(bucket[1]) + refilled)
  end
  if left[i] < 1 - 1e-6 then
    local wait = math.ceil((1 - left[i]) / questions * stretch)
    if wait > longest then longest, whose = wait, i end
  end
end
if whose > 0 then return {whose, longest} end
for i, key in ipairs(KEYS) do
  redis.call('HSET', key, 'tokens', string.format('%.9f', left[i] - 1), 'at', string.format('%.3f', now))
  redis.call('PEXPIRE', key, math.ceil(tonumber(ARGV[2 * i + 1])))
end
return {0, 0}`;

/** `now`: stands in for the clock of Redis. */
export function createSharedLimits(link: RedisLink, prefix: string, { now }: { now?: () => number } = {}): Limits {
  const memory = createMemoryLimits(now ? { now } : {});
  return {
    take: (of) =>
      link.use(
        async (redis) => {
          const keys = of.map(({ key }) => `${prefix}:limit:${key}`);
          const limits = of.flatMap(({ limit }) => [limit.questions, limit.minutes * MINUTE_MS]);
          const [whose, waitMs] = (await redis.eval(TAKE, keys.length, ...keys, now?.() ?? '', ...limits)) as number[];
          const short = of[(whose ?? 0) - 1];
          return short === undefined ? { allowed: true } : { allowed: false, key: short.key, waitMs: waitMs ?? 0 };
        },
        () => memory.take(of),
      ),
  };
}
