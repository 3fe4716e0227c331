import { DateTime } from 'luxon';
import type { Overrides } from '../app.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../observability/logger.ts';
import type { MovableClock } from './movable-clock.ts';
import { openWorld } from './open-world.ts';
import { type FakeSlack, startFakeSlack } from './slack/start-fake-slack.ts';

const HOST = '127.0.0.1';
/** Tokens of the simulated workspace: they open nothing. */
const TOKENS = { botToken: 'xoxb-playground', appToken: 'xapp-playground', signingSecret: 'playground' };

export interface Playground {
  /** The configuration with the simulated parts filled in. */
  config: Config;
  overrides: Overrides;
  /** The address of the page; null where a real workspace is configured. */
  address: string | null;
  parts: { name: string; is: string }[];
  stop(): Promise<void>;
}

/** Stands in for whatever is not configured: the simulated world, a workspace with a page to talk in, or both. */
export async function startPlayground(config: Config, logger: Logger): Promise<Playground> {
  const world = config.sources.kind === 'embedded' ? await openWorld(config) : null;
  const slack = config.slack === null ? await startSlack(config.port, world?.clock, logger) : null;
  return {
    config: {
      ...config,
      slack: slack === null ? config.slack : { kind: 'socket', ...TOKENS, apiUrl: slack.apiUrl },
      // The page has the configured port.
      port: slack === null ? config.port : 0,
    },
    overrides: { ...world?.overrides, ...(slack === null ? {} : { endpointHost: HOST }) },
    address: slack?.url ?? null,
    parts: [
      { name: 'Slack', is: slack === null ? 'real' : 'embedded (the page above)' },
      ...(world === null ? [] : [{ name: 'Clock', is: spell(world.clock, config.timeZone, slack !== null) }]),
    ],
    async stop() {
      await slack?.stop();
      await world?.stop();
    },
  };
}

async function startSlack(port: number, clock: MovableClock | undefined, logger: Logger): Promise<FakeSlack> {
  const start = (on: number) => startFakeSlack({ port: on, host: HOST, ...TOKENS, delivery: 'socket', clock });
  try {
    return await start(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    logger.warn({ port }, 'the port is taken; another one is used');
    return start(0);
  }
}

function spell(clock: MovableClock, zone: string, hasPage: boolean): string {
  const time = DateTime.fromMillis(clock.now(), { zone }).setLocale('en-GB').toFormat('ccc d LLL yyyy, HH:mm');
  const moving = clock.frozen ? 'standing still' : 'ticking';
  return `simulated (${time} ${zone}, ${moving}${hasPage ? '; the page can move it on' : ''})`;
}
