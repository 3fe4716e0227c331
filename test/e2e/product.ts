import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { parseSentryFile } from '../../src/config/sentry-file.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { startPlayground } from '../../src/playground/start.ts';
import { NIGHT } from './world-app.ts';

export interface Product {
  /** The address of the page. */
  url: string;
  stop(): Promise<void>;
}

/**
 * The whole product as `npm start` without configuration makes it, on a free port and with the clock stopped. `sentryYml`: the
 * text of a `sentry.yml`.
 */
export async function startProduct(now = NIGHT, sentryYml = ''): Promise<Product> {
  const logger = createLogger({ level: 'silent' });
  const parsed = parseSentryFile(sentryYml, 'sentry.yml');
  if ('problems' in parsed) throw new Error(parsed.problems.join(' '));
  const configured = { ...loadConfig({}, () => null), port: 0, now, file: { ...parsed.file, path: null } };
  const playground = await startPlayground(configured, logger);
  const app = createApp(playground.config, logger, playground.overrides);
  await app.start();
  if (playground.address === null) throw new Error('the playground has no page');
  return {
    url: playground.address,
    stop: async () => {
      await app.stop();
      await playground.stop();
    },
  };
}
