import { randomUUID } from 'node:crypto';
import type { Logger } from '../observability/logger.ts';
import { createRedisConnection } from '../redis/redis-connection.ts';
import { createRedisLink } from '../redis/redis-link.ts';
import { subscribe } from '../redis/redis-subscriber.ts';
import { type Claims, createMemoryClaims, createSharedClaims } from './claims.ts';
import { createMemoryLimits, createSharedLimits, type Limits } from './limits.ts';
import { createRedisQuestions } from './question-store.ts';
import { createMemoryQuestions, type Questions } from './questions.ts';
import { createSharedQuestions } from './shared-questions.ts';
import { createMemorySignals, createSharedSignals, type Signals } from './signals.ts';
import { createMemoryTurns, createSharedTurns, type Turns } from './turns.ts';

/**
 * What several processes have to agree on to be one service. Through Redis; without it, and while it is away, each goes on by
 * itself. Nothing here rejects because of Redis, or waits for it for more than a moment.
 */
export interface Replicas {
  claims: Claims;
  limits: Limits;
  signals: Signals;
  questions: Questions;
  turns: Turns;
  /** Connects, and waits for that no longer than a second. */
  open(): Promise<void>;
  close(): void;
}

interface ReplicasOptions {
  /** Null for a process that is by itself. */
  redisUrl: string | null;
  /** First part of every key. */
  prefix: string;
  logger: Logger;
  timing?: Partial<ReplicasTiming>;
}

/** Milliseconds. */
interface ReplicasTiming {
  /** A process that was not heard of for so long counts as gone. */
  leaseMs: number;
  beatMs: number;
}

const TIMING: ReplicasTiming = { leaseMs: 12_000, beatMs: 3000 };
/** As long as Slack takes answers at the address that came with a command. */
const FLEETING_MS = 30 * 60_000;
/** Longer than this process itself may stand still: who is taken for away by mistake is agreed with no more. Milliseconds. */
const PATIENCE_MS = 1000;

/** Opens no connection before it is told to. */
export function openReplicas(options: ReplicasOptions): Replicas {
  const { redisUrl, prefix, logger } = options;
  if (redisUrl === null) return memoryReplicas();
  const { leaseMs, beatMs } = { ...TIMING, ...options.timing };
  const redis = createRedisConnection(redisUrl, { patienceMs: PATIENCE_MS, lazy: true });
  const { promise: waited, resolve: goOn } = Promise.withResolvers<void>();
  const words = { away: 'this replica goes on by itself until it is back', there: 'replicas are one service' };
  const link = createRedisLink({ redis, prefix, logger, words, beforeUse: async () => goOn() });
  const channel = `${prefix}:signals`;
  const signals = createSharedSignals(link, channel);
  const owner = randomUUID();
  const store = createRedisQuestions({ link, prefix, owner, leaseMs, fleetingMs: FLEETING_MS });
  const questions = createSharedQuestions({ store, logger, beatMs });
  let subscription: { close(): void } | null = null;

  return {
    claims: createSharedClaims(link, prefix),
    limits: createSharedLimits(link, prefix),
    signals,
    questions,
    turns: createSharedTurns({ link, prefix, owner, leaseMs }),
    async open() {
      subscription = subscribe(redisUrl, channel, {
        heard: signals.heard,
        refused: (reason) =>
          logger.warn({ upstream: 'redis', reason }, 'Redis lets nobody listen: Stop ends what runs here alone'),
      });
      redis.connect().catch(() => {});
      const timer = setTimeout(goOn, PATIENCE_MS);
      await waited;
      clearTimeout(timer);
    },
    close() {
      questions.close();
      subscription?.close();
      link.close();
    },
  };
}

export function memoryReplicas(): Replicas {
  return {
    claims: createMemoryClaims(),
    limits: createMemoryLimits(),
    signals: createMemorySignals(),
    questions: createMemoryQuestions(),
    turns: createMemoryTurns(),
    open: async () => {},
    close: () => {},
  };
}
