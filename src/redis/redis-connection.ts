import { Redis } from 'ioredis';

/**
 * A connection for what can do without Redis: it reconnects for ever in the background, and a command fails at once or fast,
 * never waits for Redis to come back. `patienceMs`: after so long Redis counts as away; `lazy`: connects when it is told to.
 */
export function createRedisConnection(url: string, { patienceMs = 250, lazy = false } = {}): Redis {
  const redis = new Redis(url, {
    // Nothing here gains from RESP3, and older servers do not speak it.
    protocol: 2,
    lazyConnect: lazy,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: patienceMs,
    connectTimeout: 2000,
    disableClientInfo: true,
    retryStrategy,
  });
  // Without a listener the driver writes errors to the console; what matters is told by the link.
  redis.on('error', () => {});
  return redis;
}

/** Milliseconds before the next attempt to connect. */
export function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 5), 1000);
}
