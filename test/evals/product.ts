import { Answer } from '../../src/agent/answer.ts';
import { type App, createApp } from '../../src/app.ts';
import { frozenClock } from '../../src/clock.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { connectSqlite } from '../../src/db/connect-sqlite.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { startLenz } from '../../src/playground/lenz/server.ts';
import { embeddedLenz } from '../../src/playground/open-world.ts';
import { loadSqlite } from '../../src/playground/world/load-sqlite.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';

/** The whole product over a night: embedded databases, Lenz over HTTP, the offline planner. */
export async function askAboutNight(night: GeneratedNight, text: string): Promise<Answer> {
  const databases = connectSqlite();
  loadSqlite(databases.sqlite, night.tables);
  databases.makeReadOnly();
  const lenz = await startLenz({ definitions: night.definitions, auth: 'none' });
  const app = createApp(configFor(night), createLogger({ level: 'silent' }), {
    clock: frozenClock(night.now),
    databases,
    lenz: embeddedLenz(lenz.url),
  });
  try {
    return await askOnce(app, text);
  } finally {
    await app.stop();
    await lenz.stop();
  }
}

/** Its essentials are named in what stands for `sentry.yml`, and nobody else's. */
function configFor(night: GeneratedNight): Config {
  const config = loadConfig({}, () => null);
  const names = Object.fromEntries(Object.keys(night.definitions).map((name) => [name, name]));
  return { ...config, now: night.now, timeZone: night.zone, file: { ...config.file, names } };
}

async function askOnce(app: App, text: string): Promise<Answer> {
  const question = { id: 'evaluation', text, context: null, turns: [] };
  for await (const event of app.ask(question, { signal: new AbortController().signal })) {
    if (event.type === 'answer') return Answer.parse(JSON.parse(JSON.stringify(event.answer)));
  }
  throw new Error('no answer came');
}
