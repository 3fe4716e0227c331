import type { ZodType } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { type Collection, openCollection } from './collection.ts';
import { type Journal, openJournal } from './journal.ts';
import type { StateStore } from './state-store.ts';

/**
 * What SENTRY itself keeps: subscriptions, watches, mutes, feedback, the audit trail. Every method rejects with
 * UpstreamError `STATE_UNREACHABLE` while the store is away: what was kept is never taken for gone.
 */
export interface State {
  /** Records by id, e.g. `subscriptions`. A stored record that does not fit `schema` is logged and left out. */
  collection<T>(name: string, schema: ZodType<T>): Collection<T>;
  /** Lines in order of time that are forgotten after a while, e.g. `audit`. */
  journal<T>(name: string, schema: ZodType<T>, options: { keepDays: number }): Journal<T>;
  /** True for exactly one of all callers, replicas included, until `ttlMs` has passed: what must be done once, e.g. post a digest. */
  claim(key: string, ttlMs: number): Promise<boolean>;
  /** Whether what is kept outlives this process; whoever creates something to last is told when it does not. */
  readonly durable: boolean;
  /** Where it is kept, for a person: `Redis`, a folder, `memory`. */
  describe(): string;
  close(): Promise<void>;
}

/** Gives a store records with a shape. `now` is real time: how long something is kept does not follow a frozen clock. */
export function createState(
  store: StateStore,
  { logger, now = Date.now }: { logger: Logger; now?: () => number },
): State {
  return {
    collection: (name, schema) => openCollection(store, { name: checkedName(name), schema, logger }),
    journal: (name, schema, { keepDays }) =>
      openJournal(store, { name: checkedName(name), schema, keepDays, logger, now }),
    claim: (key, ttlMs) => store.claim(key, ttlMs),
    durable: store.durable,
    describe: () => store.describe(),
    close: () => store.close(),
  };
}

/** Names become file names and keys. */
function checkedName(name: string): string {
  if (!/^[a-z][a-z-]{1,30}$/.test(name)) throw new TypeError(`"${name}" cannot name a collection.`);
  return name;
}
