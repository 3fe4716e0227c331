import type { RedisLink } from '../redis/redis-link.ts';

/** Words to all replicas that are there at this moment, the one that speaks included. Nothing is kept, nobody answers. */
export interface Signals {
  send(message: object): Promise<void>;
  /** What is heard may come from another release: whoever listens looks at its shape. */
  listen(heard: (message: unknown) => void): void;
}

/** A process by itself: it hears itself alone. */
export function createMemorySignals(): Signals {
  const listeners: ((message: unknown) => void)[] = [];
  return {
    async send(message) {
      for (const heard of listeners) heard(structuredClone(message));
    },
    listen: (heard) => void listeners.push(heard),
  };
}

/** Through a channel in Redis; `heard` is to be given what arrives there. Whoever sends hears it at once, also without Redis. */
export function createSharedSignals(link: RedisLink, channel: string): Signals & { heard(text: string): void } {
  const memory = createMemorySignals();
  return {
    async send(message) {
      await memory.send(message);
      await link.use(
        async (redis) => void (await redis.publish(channel, JSON.stringify(message))),
        () => {},
      );
    },
    listen: memory.listen,
    heard(text) {
      try {
        void memory.send(JSON.parse(text));
      } catch {
        // Not ours.
      }
    },
  };
}
