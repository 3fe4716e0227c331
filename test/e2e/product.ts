import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { startPlayground } from '../../src/playground/start.ts';
import { NIGHT } from './world-app.ts';

export interface Product {
  /** The address of the page. */
  url: string;
  stop(): Promise<void>;
}

/** The whole product as `npm start` without configuration makes it, on a free port and with the clock stopped. */
export async function startProduct(now = NIGHT): Promise<Product> {
  const logger = createLogger({ level: 'silent' });
  const configured = { ...loadConfig({}, () => null), port: 0, now };
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
