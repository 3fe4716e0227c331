import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import {
  ALERTBOT,
  ALICE,
  BOB,
  BOT,
  DM,
  INCIDENT,
  type Mode,
  RANDOM,
  type Running,
  SUPPORT,
  startBolt,
} from './bolt.ts';

interface Heard {
  kind: string;
  body: Record<string, unknown>;
  retryNum?: number;
}

let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** An app that notes all that it hears, and answers a few things. */
async function start(mode: Mode, more: (app: App) => void = () => {}, options = {}) {
  const heard: Heard[] = [];
  running = await startBolt(
    mode,
    (app) => {
      app.use(async ({ body, context, next }) => {
        const event = (body as { event?: { type: string } }).event;
        heard.push({
          kind: event?.type ?? body.type ?? 'command',
          body: body as unknown as Heard['body'],
          retryNum: context.retryNum,
        });
        await next();
      });
      more(app);
    },
    options,
  );
  return { slack: running.slack, heard };
}

const eventsOf = (heard: Heard[], kind: string) =>
  heard.filter((one) => one.kind === kind).map((one) => one.body.event as Record<string, unknown>);

describe.each<Mode>(['socket', 'http'])('delivery by %s', (mode) => {
  it('delivers a mention twice, as app_mention and as message, with the same ts', async () => {
    const { slack, heard } = await start(mode);
    const posted = slack.postAs(ALICE, SUPPORT, 'hey @sentry, is a < b & c?');
    await slack.settled();
    const [mention] = eventsOf(heard, 'app_mention');
    const [message] = eventsOf(heard, 'message');
    expect(mention).toMatchObject({
      ts: posted.ts,
      channel: SUPPORT,
      user: ALICE,
      text: `hey <@${BOT}>, is a &lt; b &amp; c?`,
    });
    expect(message).toMatchObject({ ts: posted.ts, channel_type: 'channel' });
    expect(new Set(heard.map((one) => one.body.event_id)).size).toBe(2);
  });

  it('tells nothing of channels where the bot is no member, and offers to invite it', async () => {
    const { slack, heard } = await start(mode);
    slack.postAs(ALICE, RANDOM, '@sentry hello?');
    await slack.settled();
    expect(heard).toEqual([]);
    expect(slack.state.ephemerals).toMatchObject([{ onlyFor: ALICE, inviteTo: RANDOM }]);
    slack.invite(RANDOM);
    slack.postAs(ALICE, RANDOM, '@sentry hello?');
    await slack.settled();
    expect(eventsOf(heard, 'app_mention')).toHaveLength(1);
    expect(slack.state.ephemerals).toEqual([]);
  });

  it('answers in the thread, and metadata comes back when asked for', async () => {
    const { slack } = await start(mode, (app) => {
      app.event('app_mention', async ({ event, client }) => {
        await client.chat.postMessage({
          channel: event.channel,
          thread_ts: event.ts,
          text: 'pong',
          metadata: { event_type: 'answer', event_payload: { essential: 'TB-Derivatives', nested: { n: 1 } } },
        });
      });
    });
    const posted = slack.postAs(ALICE, SUPPORT, '@sentry ping');
    const reply = await slack.waitForMessage((message) => message.text === 'pong');
    expect(reply.thread_ts).toBe(posted.ts);
    const client = running?.app.client;
    const plain = await client?.conversations.replies({ channel: SUPPORT, ts: posted.ts });
    const full = await client?.conversations.replies({ channel: SUPPORT, ts: posted.ts, include_all_metadata: true });
    expect(plain?.messages?.[1]?.metadata).toBeUndefined();
    expect(full?.messages?.[0]).toMatchObject({ reply_count: 1, latest_reply: reply.ts });
    expect(full?.messages?.[1]?.metadata).toEqual({
      event_type: 'answer',
      event_payload: { essential: 'TB-Derivatives', nested: { n: 1 } },
    });
  });

  it('runs slash commands: acknowledgement, response address, and where the bot is no member', async () => {
    const { slack } = await start(mode, (app) => {
      app.command('/sentry', async ({ ack, command, respond }) => {
        await ack({ text: `working on ${command.text}`, response_type: 'ephemeral' });
        await respond({ text: `done in ${command.channel_name}`, response_type: 'in_channel' });
      });
    });
    const outcome = await slack.command(ALICE, RANDOM, '/sentry ask how is derivatives doing?');
    expect(outcome.ok).toBe(true);
    expect(slack.state.ephemerals.at(-1)).toMatchObject({
      text: 'working on ask how is derivatives doing?',
      onlyFor: ALICE,
    });
    const done = await slack.waitForMessage((message) => message.text === 'done in random');
    expect(done.channel).toBe(RANDOM);
    await expect(running?.app.client.chat.postMessage({ channel: RANDOM, text: 'x' })).rejects.toMatchObject({
      data: { error: 'not_in_channel' },
    });
  });

  it('says so when a command is not answered', async () => {
    const { slack } = await start(mode, (app) => {
      app.command('/sentry', async () => {});
    });
    await slack.command(ALICE, SUPPORT, '/sentry help');
    expect(slack.state.ephemerals.at(-1)?.text).toContain('did not respond');
    await slack.command(ALICE, SUPPORT, '/nonsense');
    expect(slack.state.ephemerals.at(-1)?.text).toContain('not a valid command');
  });

  it('presses buttons, in messages and in ephemeral ones', async () => {
    const button = {
      type: 'button' as const,
      text: { type: 'plain_text' as const, text: 'More' },
      action_id: 'more',
      value: 'v1',
    };
    const { slack } = await start(mode, (app) => {
      app.event('app_mention', async ({ event, client }) => {
        await client.chat.postMessage({
          channel: event.channel,
          text: 'pick',
          blocks: [{ type: 'actions', elements: [button] }],
        });
        await client.chat.postEphemeral({
          channel: event.channel,
          user: ALICE,
          text: 'pick',
          blocks: [{ type: 'actions', elements: [button] }],
        });
      });
      app.action('more', async ({ ack, body, respond, action }) => {
        await ack();
        const container = (body as unknown as { container: { is_ephemeral?: boolean } }).container;
        await respond({
          text: `${container.is_ephemeral ? 'private' : 'public'} ${(action as { value: string }).value}`,
          replace_original: true,
        });
      });
    });
    slack.postAs(ALICE, SUPPORT, '@sentry choices');
    const open = await slack.waitForMessage((message) => message.text === 'pick' && !message.onlyFor);
    const hidden = await slack.waitForMessage((message) => message.text === 'pick' && message.onlyFor === ALICE);
    await slack.clickButton(BOB, SUPPORT, open.ts, { text: 'More' });
    await slack.waitFor(() => open.text === 'public v1' && open.blocks === undefined);
    await slack.clickButton(ALICE, SUPPORT, hidden.ts, { actionId: 'more' });
    await slack.waitFor(() => hidden.text === 'private v1');
    await expect(slack.clickButton(ALICE, SUPPORT, open.ts, { text: 'More' })).rejects.toThrow('action_not_found');
  });

  it('delivers direct messages, other bots, edits and deletions', async () => {
    const { slack, heard } = await start(mode);
    slack.postAs(ALICE, DM, 'hello');
    slack.postAs(ALERTBOT, INCIDENT, 'batch is late @sentry');
    const mine = slack.postAs(BOB, SUPPORT, 'one');
    slack.editMessage(BOB, SUPPORT, mine.ts, 'two');
    slack.deleteMessage(BOB, SUPPORT, mine.ts);
    await slack.settled();
    const messages = eventsOf(heard, 'message');
    expect(messages).toContainEqual(expect.objectContaining({ channel: DM, channel_type: 'im', text: 'hello' }));
    expect(messages).toContainEqual(
      expect.objectContaining({ channel: INCIDENT, subtype: 'bot_message', bot_id: 'B0ALERT001' }),
    );
    expect(messages).toContainEqual(
      expect.objectContaining({
        subtype: 'message_changed',
        message: expect.objectContaining({ text: 'two' }),
        previous_message: expect.objectContaining({ text: 'one' }),
      }),
    );
    expect(messages).toContainEqual(expect.objectContaining({ subtype: 'message_deleted', deleted_ts: mine.ts }));
    expect(eventsOf(heard, 'app_mention')).toHaveLength(1);
  });

  it('keeps a thread whose root was deleted as a tombstone', async () => {
    const { slack, heard } = await start(mode);
    const root = slack.postAs(BOB, SUPPORT, 'root');
    slack.postAs(ALICE, SUPPORT, 'reply', { threadTs: root.ts });
    slack.deleteMessage(BOB, SUPPORT, root.ts);
    await slack.settled();
    expect(slack.state.thread(SUPPORT, root.ts)).toMatchObject([{ subtype: 'tombstone' }, { text: 'reply' }]);
    expect(eventsOf(heard, 'message').at(-1)).toMatchObject({
      subtype: 'message_changed',
      message: { subtype: 'tombstone' },
    });
  });

  it('opens the home and the direct conversation, and suggests prompts there', async () => {
    const { slack, heard } = await start(mode, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        if (event.tab !== 'messages') return;
        await client.assistant.threads.setSuggestedPrompts({
          channel_id: event.channel,
          prompts: [{ title: 'Derivatives', message: 'how is derivatives doing?' }],
        });
      });
    });
    slack.openHome(ALICE, 'messages');
    const prompts = await slack.waitFor((state) => state.prompts.get(DM));
    expect(prompts.prompts).toHaveLength(1);
    expect(eventsOf(heard, 'app_home_opened')[0]).toMatchObject({ user: ALICE, channel: DM, tab: 'messages' });
  });

  it('retries what was not acknowledged, with a number and a reason', async () => {
    const { slack, heard } = await start(mode);
    slack.faults.loseAcks(2);
    slack.postAs(ALICE, DM, 'are you there?');
    await slack.settled();
    expect(heard.map((one) => one.retryNum ?? 0)).toEqual([0, 1, 2]);
    expect(new Set(heard.map((one) => one.body.event_id)).size).toBe(1);
  });

  it('delivers an acknowledged event again when told to', async () => {
    const { slack, heard } = await start(mode);
    slack.faults.duplicateEvents();
    slack.postAs(ALICE, DM, 'once');
    await slack.settled();
    expect(heard).toHaveLength(2);
    expect(heard[0]?.body.event_id).toBe(heard[1]?.body.event_id);
  });

  it('opens a modal within the life of its trigger and takes the submission', async () => {
    const { slack } = await start(mode, (app) => {
      app.command('/sentry', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'ask',
            title: { type: 'plain_text', text: 'Ask' },
            submit: { type: 'plain_text', text: 'Go' },
            blocks: [
              {
                type: 'input',
                block_id: 'q',
                label: { type: 'plain_text', text: 'Q' },
                element: { type: 'plain_text_input', action_id: 'a' },
              },
            ],
          },
        });
      });
      app.view('ask', async ({ ack, view }) => {
        const value = view.state.values.q?.a?.value;
        if (value) await ack();
        else await ack({ response_action: 'errors', errors: { q: 'say something' } });
      });
    });
    await slack.command(ALICE, SUPPORT, '/sentry form');
    const view = await slack.waitFor((state) => [...state.views.values()][0]);
    const refused = await slack.submitView(ALICE, view.id, { q: { a: { type: 'plain_text_input', value: null } } });
    expect(refused).toEqual({ ok: false, errors: { q: 'say something' } });
    const taken = await slack.submitView(ALICE, view.id, { q: { a: { type: 'plain_text_input', value: 'why?' } } });
    expect(taken.ok).toBe(true);
    expect(slack.state.views.size).toBe(0);
  });
});

describe('socket mode', () => {
  it('brings an event over after the socket was cut', async () => {
    const { slack, heard } = await start('socket', () => {}, { ackTimeoutMs: 8000 });
    slack.faults.dropSockets();
    slack.postAs(ALICE, DM, 'still there?');
    await slack.settled();
    expect(eventsOf(heard, 'message')).toMatchObject([{ text: 'still there?' }]);
  }, 15_000);

  it('refuses a wrong app token and a socket without a ticket', async () => {
    const { slack } = await start('socket');
    const refused = await fetch(`${slack.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: 'Bearer xapp-wrong' },
    });
    expect(await refused.json()).toMatchObject({ ok: false, error: 'invalid_auth' });
    const opened = new WebSocket(`${slack.url.replace('http', 'ws')}/link/?ticket=guessed`);
    await new Promise((resolve) => opened.addEventListener('error', resolve));
    expect(opened.readyState).toBe(WebSocket.CLOSED);
  });
});

describe('http mode', () => {
  it.each([['wrongSignature'], ['staleTimestamp']] as const)(
    'an app refuses %s, and the retry is taken',
    async (fault) => {
      const { slack, heard } = await start('http');
      slack.faults[fault]();
      slack.postAs(ALICE, DM, 'hello');
      await slack.settled();
      expect(heard).toHaveLength(1);
      expect(heard[0]?.retryNum).toBe(1);
    },
  );
});
