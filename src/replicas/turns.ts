import { setTimeout as pause } from 'node:timers/promises';
import type { RedisLink } from '../redis/redis-link.ts';

/** One at a time per key: a follow-up needs the answer before it. */
export interface Turns {
  take<T>(key: string, task: () => Promise<T>): Promise<T>;
}

/** In the order of arrival. */
export function createMemoryTurns(): Turns {
  const tails = new Map<string, Promise<void>>();
  return {
    async take(key, task) {
      const before = tails.get(key) ?? Promise.resolve();
      const mine = before.then(task);
      const tail = mine.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, tail);
      try {
        return await mine;
      } finally {
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}

/** KEYS: turn. ARGV: owner, how long it lasts from now on: 0 ends it. A turn that is another's by now stays. */
const PROLONG = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1`;

interface SharedTurnsOptions {
  link: RedisLink;
  prefix: string;
  /** Names this process among the replicas. */
  owner: string;
  /** How long the turn of a process that is gone lasts. */
  leaseMs: number;
  /** Between two looks whether it is our turn, and how long somebody else is waited for at most. */
  lookMs?: number;
  mostMs?: number;
}

/** In the order of arrival in each process; between processes, whoever looks first. Without Redis each has turns of its own. */
export function createSharedTurns(options: SharedTurnsOptions): Turns {
  const { link, owner, leaseMs, lookMs = 150, mostMs = 150_000 } = options;
  const here = createMemoryTurns();

  async function comesUp(turn: string): Promise<void> {
    const patience = performance.now() + mostMs;
    while (performance.now() < patience) {
      const mine = await link.use(
        async (redis) => (await redis.set(turn, owner, 'PX', leaseMs, 'NX')) === 'OK',
        () => true,
      );
      if (mine) return;
      await pause(lookMs);
    }
  }

  return {
    take: (key, task) =>
      here.take(key, async () => {
        const turn = `${options.prefix}:turn:${key}`;
        await comesUp(turn);
        const prolong = (ms: number) =>
          link.use(
            async (redis) => void (await redis.eval(PROLONG, 1, turn, owner, ms)),
            () => {},
          );
        const prolonging = setInterval(prolong, leaseMs / 3, leaseMs);
        try {
          return await task();
        } finally {
          clearInterval(prolonging);
          void prolong(0);
        }
      }),
  };
}
