import type { Redis } from 'ioredis';
import type { Logger } from '../observability/logger.ts';
import { reasonOf } from './redis-reason.ts';

interface RedisLinkOptions {
  redis: Redis;
  /** First part of every key. */
  prefix: string;
  logger: Logger;
  /** What is done meanwhile and afterwards, for the log: `Redis is away: …`, `Redis is there: …`. */
  words: { away: string; there: string };
  /** Told each time that Redis goes away. */
  onAway?: () => void;
  /** Done each time that Redis is back, before anything else uses it. */
  beforeUse?: (redis: Redis) => Promise<void>;
  /** How soon after a failed command Redis is tried again. Milliseconds. */
  probeAfterMs?: number;
}

/** A Redis that may be away: at the start, after it went, until it is back. The log says so once each way. */
export interface RedisLink {
  /**
   * What `act` gives; where Redis is away, or fails meanwhile, what `otherwise` gives. Rejects only where that does, and nobody
   * waits for a Redis that hangs longer than one command's time-out.
   */
  use<T>(act: (redis: Redis) => Promise<T>, otherwise: () => T | Promise<T>): Promise<T>;
  isThere(): boolean;
  close(): void;
}

export function createRedisLink(options: RedisLinkOptions): RedisLink {
  const { redis, prefix, logger, words, onAway, beforeUse, probeAfterMs = 1000 } = options;
  let state: 'starting' | 'there' | 'away' | 'closed' = 'starting';
  let probing = false;
  let timer: NodeJS.Timeout | undefined;

  function away(reason: string): void {
    if (state === 'closed') return;
    if (state !== 'away') {
      state = 'away';
      onAway?.();
      logger.warn({ upstream: 'redis', reason }, `Redis is away: ${words.away}`);
    }
    clearTimeout(timer);
    timer = setTimeout(probe, probeAfterMs).unref();
  }

  /** Redis is believed to be there once it took a write: a replica or a full server answers reads and refuses these. */
  async function probe(): Promise<void> {
    if (probing || state === 'closed' || state === 'there' || redis.status !== 'ready') return;
    probing = true;
    try {
      await redis.set(`${prefix}:probe`, '1', 'PX', 1000);
      await beforeUse?.(redis);
      // The state may have become 'closed' during the awaits above.
      if ((state as string) !== 'closed') {
        state = 'there';
        logger.info({ upstream: 'redis' }, `Redis is there: ${words.there}`);
      }
    } catch (error) {
      away(reasonOf(error));
      // A connection that only looks alive (a hung server, a network that swallows packets) is replaced.
      if ((state as string) !== 'closed') redis.disconnect(true);
    } finally {
      probing = false;
    }
  }

  let lastError = 'connection closed';
  redis.on('error', (error) => {
    lastError = reasonOf(error);
  });
  redis.on('close', () => {
    away(lastError);
    lastError = 'connection closed';
  });
  redis.on('ready', () => void probe());
  if (redis.status === 'ready') void probe();

  return {
    async use(act, otherwise) {
      if (state === 'there') {
        try {
          return await act(redis);
        } catch (error) {
          away(reasonOf(error));
        }
      }
      return otherwise();
    },
    isThere: () => state === 'there',
    close() {
      state = 'closed';
      clearTimeout(timer);
      redis.disconnect();
    },
  };
}
