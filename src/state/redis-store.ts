import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { UpstreamError } from '../errors.ts';
import type { StateStore } from './state-store.ts';

/** What is kept matters more than a quick answer: a Redis that restarts gets this long. Milliseconds. */
const COMMAND_TIMEOUT = 3000;

/** KEYS[1] hash; ARGV: field, 'any' | 'none' | 'is', expected, 'set' | 'remove', next. */
const REPLACE = `
local there = redis.call('HGET', KEYS[1], ARGV[1])
if ARGV[2] == 'none' and there then return 0 end
if ARGV[2] == 'is' and there ~= ARGV[3] then return 0 end
if ARGV[4] == 'set' then redis.call('HSET', KEYS[1], ARGV[1], ARGV[5]) else redis.call('HDEL', KEYS[1], ARGV[1]) end
return 1`;

/** Keeps records in hashes, journals in sorted sets and claims in keys that run out, all below `prefix`. */
export function createRedisStore({ url, prefix }: { url: string; prefix: string }): StateStore {
  const redis = new Redis(url, {
    protocol: 2,
    maxRetriesPerRequest: 2,
    commandTimeout: COMMAND_TIMEOUT,
    connectTimeout: 2000,
    disableClientInfo: true,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1000),
  });
  // Without a listener the driver writes errors to the console; each command says itself that it failed.
  redis.on('error', () => {});
  const keyOf = (kind: string, name: string) => `${prefix}:state:${kind}:${name}`;

  return {
    durable: true,
    describe: () => 'Redis',
    read: (collection, id) => reached(redis.hget(keyOf('records', collection), id)),
    async list(collection) {
      const records = await reached(redis.hgetall(keyOf('records', collection)));
      return Object.entries(records)
        .map(([id, text]) => ({ id, text }))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    async replace(collection, id, next, expected) {
      const condition = expected === undefined ? 'any' : expected === null ? 'none' : 'is';
      const outcome = await reached(
        redis.eval(
          REPLACE,
          1,
          keyOf('records', collection),
          id,
          condition,
          expected ?? '',
          next === null ? 'remove' : 'set',
          next ?? '',
        ),
      );
      return outcome === 1;
    },
    async append(journal, { at, text }) {
      const key = keyOf('journal', journal);
      // Members of one score are ordered by their bytes: a counter first keeps them in the order in which they came.
      const turn = await reached(redis.incr(`${key}:turn`));
      await reached(redis.zadd(key, at, `${String(turn).padStart(15, '0')}:${randomUUID()}:${text}`));
    },
    async lines(journal, from, to) {
      const found = await reached(redis.zrangebyscore(keyOf('journal', journal), from, to, 'WITHSCORES'));
      const lines = [];
      for (let i = 0; i < found.length; i += 2) {
        const member = found[i] as string;
        lines.push({ at: Number(found[i + 1]), text: member.slice(member.indexOf(':', 16) + 1) });
      }
      return lines;
    },
    async trim(journal, before) {
      await reached(redis.zremrangebyscore(keyOf('journal', journal), '-inf', `(${before}`));
    },
    claim: async (key, ttlMs) =>
      (await reached(redis.set(keyOf('claim', key), '1', 'PX', Math.max(1, Math.floor(ttlMs)), 'NX'))) === 'OK',
    async close() {
      redis.disconnect();
    },
  };
}

/** The driver's own errors are not passed on: they carry commands with their arguments. */
async function reached<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw new UpstreamError('redis', 'STATE_UNREACHABLE', 'What SENTRY keeps in Redis cannot be reached.', {
      remedy: 'Look at Redis (REDIS_URL); nothing that was kept is lost by this.',
      cause: new Error(error instanceof Error ? error.name : 'unknown'),
    });
  }
}
