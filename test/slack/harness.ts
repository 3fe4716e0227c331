import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../src/playground/slack/start-fake-slack.ts';
import type { SlackMessage } from '../../src/playground/slack/types.ts';
import type { ConnectionOptions } from '../../src/slack/connections/connection.ts';
import { createSlackApp, type SlackApp, type SlackAppOptions } from '../../src/slack/create-slack-app.ts';
import type { SlackLog } from '../../src/slack/slack-log.ts';
import { createFakeAsk, type FakeAsk } from './fake-ask.ts';

export const TOKENS = { botToken: 'xoxb-test', appToken: 'xapp-test', signingSecret: 'secret-of-a-test' };
export const ALICE = 'U0ALICE001';
export const BOB = 'U0BOB00001';
export const BOT = 'U0SENTRY01';
export const ALERTBOT = 'U0ALERT001';
/** SENTRY is a member. */
export const SUPPORT = 'C0BATCHSUP';
export const INCIDENT = 'C0INCDERIV';
/** SENTRY is no member. */
export const RANDOM = 'C0RANDOM01';
export const DM = 'D0ALICE001';

const PLENTY = { questions: 10_000, minutes: 1 };

export type Mode = 'socket' | 'http';

export interface LogLine {
  level: string;
  message: string;
  [field: string]: unknown;
}

export function createMemoryLog(): { log: SlackLog; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: string) => (fields: object, message: string) => void lines.push({ ...fields, level, message });
  return { lines, log: { info: at('info'), warn: at('warn'), error: at('error') } };
}

export interface Desk {
  slack: FakeSlack;
  app: SlackApp;
  agent: FakeAsk;
  lines: LogLine[];
  /** Resolves when every event was delivered and everything asked is answered. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** SENTRY's Slack side, with real receivers, against the fake workspace; only the agent is scripted. */
export async function startDesk(
  mode: Mode = 'socket',
  agent: FakeAsk = createFakeAsk(),
  options: { slack?: Partial<FakeSlackOptions>; app?: Partial<SlackAppOptions> } = {},
): Promise<Desk> {
  let app: SlackApp | null = null;
  const slack = await startFakeSlack({
    ...TOKENS,
    workspace: undefined,
    delivery:
      mode === 'socket' ? 'socket' : { kind: 'http', url: () => `http://127.0.0.1:${app?.port()}/slack/events` },
    ackTimeoutMs: 1000,
    retryDelaysMs: [0, 20, 40],
    ...options.slack,
  });
  const connection: ConnectionOptions =
    mode === 'socket'
      ? { kind: 'socket', botToken: TOKENS.botToken, appToken: TOKENS.appToken, apiUrl: slack.apiUrl }
      : { kind: 'http', botToken: TOKENS.botToken, signingSecret: TOKENS.signingSecret, port: 0, apiUrl: slack.apiUrl };
  const { log, lines } = createMemoryLog();
  app = createSlackApp({
    connection,
    ask: agent.ask,
    names: createEssentialNames(),
    logger: log,
    policy: () => ({ ...DEFAULT_POLICY, limits: { person: PLENTY, channel: PLENTY } }),
    timing: {
      updateGapMs: 20,
      retryDelaysMs: [10, 20, 40],
      questionMs: 5000,
      graceMs: 300,
      pongMs: 200,
      reconnectMs: 50,
    },
    ...options.app,
  });
  await app.start();
  const running = app;
  const settled = async () => {
    await slack.settled();
    await running.drained();
    await slack.settled();
  };
  return {
    slack,
    app: running,
    agent,
    lines,
    settled,
    async stop() {
      await running.stop({ deadlineMs: 1000 });
      await slack.stop();
    },
  };
}

/** What SENTRY wrote in a thread, the root aside. */
export function repliesOf(slack: FakeSlack, channel: string, root: string): SlackMessage[] {
  return slack.state.thread(channel, root).filter((message) => message.ts !== root && message.user === BOT);
}

export function callsOf(slack: FakeSlack, method: string) {
  return slack.state.calls.filter((call) => call.method === method);
}

/** Everything that a message shows, blocks included, as one string. */
export function shown(message: SlackMessage | undefined): string {
  return message ? `${message.text}\n${JSON.stringify(message.blocks ?? [])}` : '';
}
