import { Redis } from 'ioredis';
import { reasonOf } from '../redis/redis-reason.ts';

/** What a look at Redis found. Holds no secret. */
export interface RedisCheck {
  /** Host and port. */
  address: string;
  tls: boolean;
  /** Null where it answered; otherwise a word for what is wrong, e.g. `ECONNREFUSED`, `WRONGPASS`, `time-out`. */
  failure: string | null;
}

/** Opens a connection of its own, writes a short-lived key as the cache would, and closes it. Never throws. */
export async function checkRedis(
  url: string,
  { prefix, signal }: { prefix: string; signal: AbortSignal },
): Promise<RedisCheck> {
  const { hostname, port, protocol } = new URL(url);
  const seen = { address: `${hostname}:${port || '6379'}`, tls: protocol === 'rediss:' };
  const redis = new Redis(url, {
    protocol: 2,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    connectTimeout: 3000,
    commandTimeout: 3000,
    disableClientInfo: true,
    disconnectTimeout: 100,
    retryStrategy: () => null,
  });
  // A connection that is refused tells why only here; `connect` rejects with words that say less.
  let first: unknown;
  redis.on('error', (error) => {
    first ??= error;
  });
  const leave = () => redis.disconnect();
  signal.addEventListener('abort', leave, { once: true });
  try {
    await redis.connect();
    await redis.set(`${prefix}:probe`, '1', 'PX', 1000);
    return { ...seen, failure: null };
  } catch (error) {
    return { ...seen, failure: signal.aborted ? 'time-out' : reasonOf(first ?? error) };
  } finally {
    signal.removeEventListener('abort', leave);
    redis.disconnect();
  }
}
