import { createApp, type Overrides } from './app.ts';
import type { Config } from './config/config.ts';
import { loadConfig } from './config/load-config.ts';
import { readEnv } from './config/read-env.ts';
import { toSentryError } from './errors.ts';
import { createLogger, type Logger } from './observability/logger.ts';

/** What runs beside the app where something real is missing. */
interface Surroundings {
  config: Config;
  overrides: Overrides;
  /** Where a person can talk to SENTRY without Slack. */
  address: string | null;
  parts: { name: string; is: string }[];
  stop(): Promise<void>;
}

async function main(): Promise<void> {
  const configured = loadConfig(readEnv());
  const logger = createLogger({ level: configured.logLevel, secrets: configured.secrets });
  for (const warning of configured.warnings) process.stderr.write(`WARNING: ${warning}\n`);
  const surroundings = await surroundingsOf(configured, logger);
  const app = createApp(surroundings.config, logger, surroundings.overrides);
  stopOnSignal(logger, async () => {
    await app.stop();
    await surroundings.stop();
  });
  await app.start();
  announce(surroundings, app.parts());
}

/** Loads the playground only where something real is missing: it is no part of a configured bot. */
async function surroundingsOf(config: Config, logger: Logger): Promise<Surroundings> {
  if (config.slack !== null && config.sources.kind === 'real') {
    return { config, overrides: {}, address: null, parts: [{ name: 'Slack', is: 'real' }], stop: async () => {} };
  }
  const { startPlayground } = await import('./playground/start.ts');
  return startPlayground(config, logger);
}

function announce({ address, parts }: Surroundings, more: { name: string; is: string }[]): void {
  const lines = [...parts, ...more].map(({ name, is }) => `  ${name.padEnd(8)}${is}`);
  const title = address === null ? 'SENTRY is connected to Slack.' : `SENTRY is ready: ${address}`;
  process.stdout.write(`\n${title}\n\n${lines.join('\n')}\n\n`);
}

function stopOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A second signal is from somebody who does not want to wait.
      if (stopping) process.exit(1);
      stopping = true;
      logger.info({ signal }, 'stopping once the answers in flight are given');
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ err: error }, 'could not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => {
  const { message, remedy, cause } = toSentryError(error);
  const detail = cause instanceof Error ? `\n${cause.message}` : '';
  process.stderr.write(`SENTRY could not start.\n${message}\n${remedy}${detail}\n`);
  process.exit(1);
});
