import type { App, Receiver } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { startFakeSlack } from '../../src/playground/slack/start-fake-slack.ts';
import { createSlackApp } from '../../src/slack/create-slack-app.ts';
import { createFakeAsk } from './fake-ask.ts';
import { ALICE, createMemoryLog, SUPPORT, TOKENS } from './harness.ts';

/** A receiver that hands over what a test gives it. */
class HandReceiver implements Receiver {
  #app: App | null = null;
  acknowledged = 0;

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async give(body: Record<string, unknown>): Promise<void> {
    const ack = async () => {
      this.acknowledged += 1;
    };
    await this.#app?.processEvent({ body, ack });
  }
}

let close: () => Promise<unknown> = async () => undefined;
afterEach(() => close());

async function start() {
  const slack = await startFakeSlack({ ...TOKENS, delivery: { kind: 'http', url: 'http://127.0.0.1:9' } });
  const receiver = new HandReceiver();
  const agent = createFakeAsk();
  const { log, lines } = createMemoryLog();
  const connection = { kind: 'receiver' as const, botToken: TOKENS.botToken, receiver, apiUrl: slack.apiUrl };
  const app = createSlackApp({ connection, ask: agent.ask, names: createEssentialNames(), logger: log });
  await app.start();
  close = async () => {
    await app.stop();
    await slack.stop();
  };
  return { receiver, agent, lines };
}

const event = (fields: object, id = 'Ev1') => ({
  type: 'event_callback',
  team_id: 'T0NIGHTDSK',
  event_id: id,
  event: { type: 'message', ...fields },
});

describe('odd deliveries', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a message without channel and ts', event({ user: ALICE, text: '<@U0SENTRY01> status?' })],
    ['a message with numbers for texts', event({ channel: SUPPORT, ts: '1.0', user: ALICE, text: 7 })],
    [
      'a press without actions',
      {
        type: 'block_actions',
        team: { id: 'T0NIGHTDSK' },
        user: { id: ALICE },
        actions: [{ action_id: 'sentry_ask:0', type: 'button' }],
      },
    ],
    [
      'a command without words',
      {
        command: '/sentry',
        team_id: 'T0NIGHTDSK',
        channel_id: SUPPORT,
        user_id: ALICE,
        response_url: 'http://127.0.0.1:9/x',
      },
    ],
  ])('%s is acknowledged and harms nothing', async (_what, body) => {
    const { receiver, agent } = await start();
    await receiver.give(body);
    expect(receiver.acknowledged).toBe(1);
    expect(agent.questions).toEqual([]);
  });

  it('a mention that comes as message and as app_mention, in either order, is answered once', async () => {
    const { receiver, agent } = await start();
    const fields = { channel: SUPPORT, ts: '1.000100', user: ALICE, text: '<@U0SENTRY01> status of SNU?' };
    await Promise.all([
      receiver.give(event({ ...fields, type: 'app_mention' }, 'Ev1')),
      receiver.give(event({ ...fields, channel_type: 'channel' }, 'Ev2')),
    ]);
    await receiver.give(event({ ...fields, type: 'app_mention' }, 'Ev1'));
    expect(agent.questions).toHaveLength(1);
  });
});
