import { type App, createApp } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { connectMysql } from '../../src/db/connect-mysql.ts';
import { connectSqlite } from '../../src/db/connect-sqlite.ts';
import type { Databases } from '../../src/db/databases.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { startLenz } from '../../src/playground/lenz/server.ts';
import { embeddedLenz, WORLD_SEED } from '../../src/playground/open-world.ts';
import { loadMysql } from '../../src/playground/world/load-mysql.ts';
import { loadSqlite } from '../../src/playground/world/load-sqlite.ts';
import { createWorld, type World } from '../../src/playground/world/world.ts';
import { frozenClock } from '../../src/wiring/clock.ts';
import { createDatabases, dropDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb } from '../servers/shared.ts';

/** Saturday 21 November 2026, 03:12 in New York. */
export const NIGHT = Date.parse('2026-11-21T08:12:00Z');

export interface WorldApp {
  app: App;
  world: World;
  stop(): Promise<void>;
}

/** The whole product, but for Slack, over a simulated world in one of the two kinds of database. */
export async function openWorldApp(kind: 'sqlite' | 'mariadb', now = NIGHT): Promise<WorldApp> {
  const world = createWorld({ seed: WORLD_SEED, now });
  const { databases, drop } = kind === 'sqlite' ? openSqlite(world) : await openMariaDb(world);
  const lenz = await startLenz({ definitions: world.definitions, auth: 'none' });
  const config: Config = { ...loadConfig({}, () => null), now };
  const app = createApp(config, createLogger({ level: 'silent' }), {
    clock: frozenClock(now),
    databases,
    lenz: embeddedLenz(lenz.url),
  });
  return {
    app,
    world,
    async stop() {
      await app.stop();
      await lenz.stop();
      await drop();
    },
  };
}

interface Opened {
  databases: Databases;
  drop(): Promise<void>;
}

function openSqlite(world: World): Opened {
  const databases = connectSqlite();
  loadSqlite(databases.sqlite, world.tables);
  databases.makeReadOnly();
  return { databases, drop: async () => {} };
}

async function openMariaDb(world: World): Promise<Opened> {
  const server = await sharedMariaDb();
  const admin = await openAdmin(server);
  const names = await createDatabases(admin);
  await loadMysql(admin, world.tables, { names });
  const { host, port, user, password, ca } = server;
  return {
    databases: connectMysql({ host, port, user, password, names, tls: { ca }, queryTimeoutS: 10 }),
    async drop() {
      await dropDatabases(admin, names);
      await admin.end();
    },
  };
}
