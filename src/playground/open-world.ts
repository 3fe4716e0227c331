import type { Overrides } from '../app.ts';
import type { Config, LenzConfig } from '../config/config.ts';
import { connectSqlite } from '../db/connect-sqlite.ts';
import { frozenClock, runningClock } from '../wiring/clock.ts';
import { startLenz } from './lenz/server.ts';
import { type MovableClock, movableClock } from './movable-clock.ts';
import { defaultNow } from './world/calendar.ts';
import { loadSqlite } from './world/load-sqlite.ts';
import { createWorld } from './world/world.ts';

/** The simulated world is the same on every machine; only the clock moves it. */
export const WORLD_SEED = 'night-desk';

export interface EmbeddedWorld {
  overrides: Overrides;
  /** The one of `overrides`. */
  clock: MovableClock;
  stop(): Promise<void>;
}

/**
 * Opens the simulated world: SQLite under the production names, and Lenz over HTTP. Unless SENTRY_NOW stops the clock, it is
 * 03:12 in New York on the morning after the latest business date, and time passes from there. Moved on, the last night plays out.
 */
export async function openWorld(config: Pick<Config, 'now' | 'timeZone'>): Promise<EmbeddedWorld> {
  const openedAt = config.now ?? defaultNow(Date.now());
  const clock = movableClock(config.now === null ? runningClock(openedAt) : frozenClock(config.now));
  const world = createWorld({ seed: WORLD_SEED, now: openedAt });
  const databases = connectSqlite();
  loadSqlite(databases.sqlite, world.tables);
  databases.makeReadOnly();
  const lenz = await startLenz({ definitions: world.definitions, auth: 'none' });
  return {
    clock,
    overrides: {
      clock,
      databases,
      lenz: embeddedLenz(lenz.url),
    },
    stop: () => lenz.stop(),
  };
}

/** How to reach the simulated Lenz, which asks nobody to sign in. */
export function embeddedLenz(baseUrl: string): LenzConfig {
  return {
    baseUrl,
    auth: 'none',
    username: null,
    password: null,
    domain: '',
    ca: null,
    userAgent: null,
    adfsOrigins: [],
  };
}
