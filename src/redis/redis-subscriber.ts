import { Redis } from 'ioredis';
import { retryStrategy } from './redis-connection.ts';
import { reasonOf } from './redis-reason.ts';

/**
 * Hears what is published on a channel, for as long as Redis is there; what is said while it is away is lost. `refused` is told
 * why where Redis lets nobody listen.
 */
export function subscribe(
  url: string,
  channel: string,
  on: { heard: (text: string) => void; refused: (reason: string) => void },
): { close(): void } {
  const redis = new Redis(url, {
    protocol: 2,
    maxRetriesPerRequest: null,
    connectTimeout: 2000,
    disableClientInfo: true,
    retryStrategy,
  });
  redis.on('error', () => {});
  redis.on('message', (_channel, text) => on.heard(text));
  redis.subscribe(channel).catch((error) => {
    if (redis.status !== 'end') on.refused(reasonOf(error));
  });
  return { close: () => redis.disconnect() };
}
