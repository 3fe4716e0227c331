import { Answer } from '../../src/agent/answer.ts';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { connectSqlite } from '../../src/db/connect-sqlite.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { startLenz } from '../../src/playground/lenz/server.ts';
import { embeddedLenz } from '../../src/playground/open-world.ts';
import { loadSqlite } from '../../src/playground/world/load-sqlite.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import { frozenClock } from '../../src/wiring/clock.ts';

export interface Product {
  ask(text: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** The whole product, but for Slack, over a world: embedded databases, Lenz over HTTP, the offline planner. */
export async function openProduct(
  world: Pick<GeneratedNight, 'tables' | 'definitions' | 'now' | 'zone'>,
): Promise<Product> {
  const { tables, definitions, now, zone } = world;
  const databases = connectSqlite();
  loadSqlite(databases.sqlite, tables);
  databases.makeReadOnly();
  const lenz = await startLenz({ definitions, auth: 'none' });
  const settings = loadConfig({}, () => null);
  // What sentry.yml would say: essentials that the built-in map does not have go by the names that Lenz has for them.
  const names = Object.fromEntries(Object.keys(definitions).map((name) => [name, name]));
  const config = { ...settings, now, timeZone: zone, file: { ...settings.file, names } };
  const app = createApp(config, createLogger({ level: 'silent' }), {
    clock: frozenClock(now),
    databases,
    lenz: embeddedLenz(lenz.url),
  });
  return {
    async ask(text) {
      const question = { id: 'evaluation', text, context: null, turns: [] };
      for await (const event of app.ask(question, { signal: new AbortController().signal })) {
        if (event.type === 'answer') return Answer.parse(JSON.parse(JSON.stringify(event.answer)));
      }
      throw new Error('no answer came');
    },
    async stop() {
      await app.stop();
      await lenz.stop();
    },
  };
}
