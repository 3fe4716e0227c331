import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import {
  type FakeSlack,
  type FakeSlackOptions,
  startFakeSlack,
} from '../../../src/playground/slack/start-fake-slack.ts';

export const TOKENS = {
  botToken: 'xoxb-playground',
  appToken: 'xapp-playground',
  signingSecret: 'secret-of-the-playground',
};
export const ALICE = 'U0ALICE001';
export const BOB = 'U0BOB00001';
export const BOT = 'U0SENTRY01';
export const ALERTBOT = 'U0ALERT001';
export const SUPPORT = 'C0BATCHSUP';
export const INCIDENT = 'C0INCDERIV';
export const RANDOM = 'C0RANDOM01';
export const DM = 'D0ALICE001';

export type Mode = 'socket' | 'http';

export interface Running {
  slack: FakeSlack;
  app: App;
  stop(): Promise<void>;
}

/** A real Bolt app against the fake workspace, connected and ready. */
export async function startBolt(
  mode: Mode,
  listen: (app: App) => void,
  options: Partial<FakeSlackOptions> = {},
): Promise<Running> {
  let address = '';
  const slack = await startFakeSlack({
    ...TOKENS,
    delivery: mode === 'socket' ? 'socket' : { kind: 'http', url: () => address },
    ackTimeoutMs: 400,
    retryDelaysMs: [0, 20, 40],
    ...options,
  });
  const receiver =
    mode === 'socket'
      ? new SocketModeReceiver({
          appToken: TOKENS.appToken,
          logLevel: LogLevel.ERROR,
          installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
          ...({ clientPingTimeout: 300 } as object),
        })
      : new HTTPReceiver({ signingSecret: TOKENS.signingSecret, logLevel: LogLevel.ERROR, port: 0 });
  const app = new App({
    token: TOKENS.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 2, minTimeout: 10, maxTimeout: 20 } },
  });
  listen(app);
  const server = await app.start();
  if (mode === 'http') {
    const bound = (server as { address(): { port: number } }).address();
    address = `http://127.0.0.1:${bound.port}/slack/events`;
  } else {
    await slack.waitFor(() => slack.connected());
  }
  return {
    slack,
    app,
    stop: async () => {
      await app.stop();
      await slack.stop();
    },
  };
}
