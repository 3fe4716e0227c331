import { Redis } from 'ioredis';

/** A command that takes longer than this counts as a Redis that is away. Milliseconds. */
const COMMAND_TIMEOUT = 250;

/**
 * A connection made for a cache: it reconnects for ever in the background, and a command fails at once or fast, never
 * waits for Redis to come back.
 */
export function createRedisConnection(url: string): Redis {
  const redis = new Redis(url, {
    // GET, SET and DEL gain nothing from RESP3, and older servers do not speak it.
    protocol: 2,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT,
    connectTimeout: 2000,
    disableClientInfo: true,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1000),
  });
  // Without a listener the driver writes errors to the console; what matters is told by the resilient cache.
  redis.on('error', () => {});
  return redis;
}
