import type { RedisLink } from '../redis/redis-link.ts';

/** A question whose process is gone, or has handed it over. */
export interface Orphan {
  reference: string;
  /** As it was kept last. */
  data: unknown;
  /** What is kept for a short time only; null when that is over. */
  fleeting: string | null;
  /** How long ago it was asked. */
  ageMs: number;
  /** Processes that died with it in hand; handing it over is not dying. */
  deaths: number;
}

/** Keeps questions under a lease of whoever works on them. `away` means that nothing is known: Redis does not answer. */
export interface QuestionStore {
  /** Keeps it, or keeps it for another lease. `lost`: somebody else has it. */
  keep(reference: string, data: unknown, fleeting: string | null): Promise<'kept' | 'lost' | 'away'>;
  /** Forgets it, if it is ours. False where Redis does not answer. */
  forget(reference: string): Promise<boolean>;
  /** Lets another replica have it at once. False where it is not ours, or Redis does not answer. */
  handOver(reference: string): Promise<boolean>;
  /** The one that has waited longest for somebody; it is ours then. */
  takeOrphan(): Promise<Orphan | null>;
}

/** KEYS: index (reference → end of the lease), record, fleeting. ARGV: reference, owner, data, lease, how long, fleeting, how long. */
const KEEP = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local owner = redis.call('HGET', KEYS[2], 'owner')
if owner and owner ~= ARGV[2] then return 0 end
if not owner then
  redis.call('HSET', KEYS[2], 'asked', now, 'deaths', 0)
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
  if ARGV[6] ~= '' then redis.call('SET', KEYS[3], ARGV[6], 'PX', ARGV[7]) end
end
redis.call('HSET', KEYS[2], 'owner', ARGV[2], 'data', ARGV[3])
redis.call('ZADD', KEYS[1], now + ARGV[4], ARGV[1])
return 1`;

/** KEYS as above. ARGV: reference, owner. */
const FORGET = `
if redis.call('HGET', KEYS[2], 'owner') ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('ZREM', KEYS[1], ARGV[1])
return 1`;

/** KEYS as above. ARGV: reference, owner. A lease that ends at 0 was given back. */
const HAND_OVER = `
if redis.call('HGET', KEYS[2], 'owner') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[2], 'owner', '')
redis.call('ZADD', KEYS[1], 0, ARGV[1])
return 1`;

/** KEYS: index. ARGV: what the keys of records begin with, owner, lease. */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _ = 1, 100 do
  local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)
  if not due[1] then return nil end
  local record = ARGV[1] .. due[1]
  if redis.call('EXISTS', record) == 1 then
    if tonumber(due[2]) > 0 then redis.call('HINCRBY', record, 'deaths', 1) end
    redis.call('HSET', record, 'owner', ARGV[2])
    redis.call('ZADD', KEYS[1], now + ARGV[3], due[1])
    local kept = redis.call('HMGET', record, 'data', 'asked', 'deaths')
    return {due[1], kept[1], now - kept[2], tonumber(kept[3]), redis.call('GET', record .. ':fleeting') or ''}
  end
  redis.call('ZREM', KEYS[1], due[1])
end
return nil`;

/** Somebody may still look at a question that was never answered, and is told so. */
const KEPT_MS = 24 * 3_600_000;

interface RedisQuestionsOptions {
  link: RedisLink;
  prefix: string;
  /** Names this process among the replicas. */
  owner: string;
  /** How long nobody else takes a question after its process was last heard of. */
  leaseMs: number;
  fleetingMs: number;
}

/** A record and its lease change as one step; all times are by the clock of Redis. */
export function createRedisQuestions(options: RedisQuestionsOptions): QuestionStore {
  const { link, owner, leaseMs, fleetingMs } = options;
  const index = `${options.prefix}:questions`;
  const records = `${options.prefix}:question:v1:`;
  const keys = (reference: string) => [index, records + reference, `${records}${reference}:fleeting`] as const;
  /** 1 where it was ours, 0 where it was not, null where Redis does not answer. */
  const ifOurs = (script: string, reference: string) =>
    link.use(
      (redis) => redis.eval(script, 3, ...keys(reference), reference, owner),
      () => null,
    );

  return {
    keep: (reference, data, fleeting) =>
      link.use<'kept' | 'lost' | 'away'>(
        async (redis) => {
          const record = [
            reference,
            owner,
            JSON.stringify(data),
            leaseMs,
            KEPT_MS,
            fleeting ?? '',
            fleetingMs,
          ] as const;
          return (await redis.eval(KEEP, 3, ...keys(reference), ...record)) === 1 ? 'kept' : 'lost';
        },
        () => 'away',
      ),
    forget: async (reference) => (await ifOurs(FORGET, reference)) !== null,
    handOver: async (reference) => (await ifOurs(HAND_OVER, reference)) === 1,
    takeOrphan: () =>
      link.use(
        async (redis) => {
          const taken = (await redis.eval(TAKE, 1, index, records, owner, leaseMs)) as unknown[] | null;
          if (taken === null) return null;
          const [reference, data, ageMs, deaths, fleeting] = taken as [string, string, number, number, string];
          return { reference, data: JSON.parse(data), ageMs, deaths, fleeting: fleeting === '' ? null : fleeting };
        },
        () => null,
      ),
  };
}
