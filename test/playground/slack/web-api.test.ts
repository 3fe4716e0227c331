import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../../src/playground/slack/start-fake-slack.ts';
import { ALICE, BOT, DM, RANDOM, SUPPORT, TOKENS } from './bolt.ts';

let slack: FakeSlack;
let client: WebClient;
let now: number;

const connect = (token = TOKENS.botToken) =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 1, minTimeout: 5, maxTimeout: 10 },
    rejectRateLimitedCalls: true,
  });

beforeEach(async () => {
  now = Date.now();
  slack = await startFakeSlack({
    ...TOKENS,
    delivery: { kind: 'http', url: 'http://127.0.0.1:9/' },
    retryDelaysMs: [],
    now: () => now,
  });
  client = connect();
});
afterEach(() => slack.stop());

const refusal = (error: string) => ({ data: { ok: false, error } });
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

describe('tokens and channels', () => {
  it('knows its bot', async () => {
    expect(await client.auth.test()).toMatchObject({ user_id: BOT, bot_id: 'B0SENTRY01', team: 'Night Desk' });
  });

  it('refuses wrong and missing tokens and the wrong kind of token', async () => {
    await expect(connect('xoxb-other').auth.test()).rejects.toMatchObject(refusal('invalid_auth'));
    await expect(new WebClient(undefined, { slackApiUrl: slack.apiUrl }).auth.test()).rejects.toMatchObject(
      refusal('not_authed'),
    );
    await expect(connect().apps.connections.open()).rejects.toMatchObject(refusal('not_allowed_token_type'));
    await expect(connect(TOKENS.appToken).auth.test()).rejects.toMatchObject(refusal('not_allowed_token_type'));
  });

  it('checks conversations, membership and threads', async () => {
    const post = (channel: string, thread_ts?: string) => client.chat.postMessage({ channel, text: 'x', thread_ts });
    await expect(post('C0NOWHERE1')).rejects.toMatchObject(refusal('channel_not_found'));
    await expect(post(RANDOM)).rejects.toMatchObject(refusal('not_in_channel'));
    await expect(post(SUPPORT, '1234567890.000001')).rejects.toMatchObject(refusal('thread_not_found'));
    await expect(client.conversations.history({ channel: RANDOM })).rejects.toMatchObject(refusal('not_in_channel'));
    await expect(client.chat.postEphemeral({ channel: SUPPORT, user: 'U0NOBODY01', text: 'x' })).rejects.toMatchObject(
      refusal('user_not_found'),
    );
    expect(await post(ALICE)).toMatchObject({ channel: DM });
  });

  it('pages through history, newest first, and a thread, oldest first', async () => {
    const root = await client.chat.postMessage({ channel: SUPPORT, text: 'root' });
    for (const text of ['one', 'two', 'three'])
      await client.chat.postMessage({ channel: SUPPORT, text, thread_ts: root.ts });
    const texts: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.conversations.replies({ channel: SUPPORT, ts: root.ts ?? '', limit: 2, cursor });
      texts.push(...(page.messages ?? []).map((message) => message.text));
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
    expect(texts).toEqual(['root', 'one', 'two', 'three']);
    const history = await client.conversations.history({ channel: SUPPORT, limit: 1 });
    expect(history.messages).toMatchObject([{ text: 'root', reply_count: 3 }]);
    expect(history.has_more).toBe(true);
  });
});

describe('messages', () => {
  it('escapes stray angle brackets and leaves control sequences alone', async () => {
    const posted = await client.chat.postMessage({
      channel: SUPPORT,
      text: `1 < 2 <@${ALICE}> <!here> <https://a.test|a> </b>`,
    });
    expect(posted.message?.text).toBe(`1 &lt; 2 <@${ALICE}> <!here> <https://a.test|a> &lt;/b&gt;`);
  });

  it('updates: text replaces blocks, metadata alone keeps both, foreign messages are refused', async () => {
    const posted = await client.chat.postMessage({ channel: SUPPORT, text: 'a', blocks: [section('A')] });
    const ts = posted.ts ?? '';
    await client.chat.update({ channel: SUPPORT, ts, metadata: { event_type: 'e', event_payload: { n: 1 } } } as never);
    expect(slack.state.find(SUPPORT, ts)).toMatchObject({
      text: 'a',
      blocks: [{ type: 'section' }],
      metadata: { event_type: 'e' },
    });
    await client.chat.update({ channel: SUPPORT, ts, text: 'b' });
    expect(slack.state.find(SUPPORT, ts)?.blocks).toBeUndefined();
    const foreign = slack.postAs(ALICE, SUPPORT, 'mine');
    await expect(client.chat.update({ channel: SUPPORT, ts: foreign.ts, text: 'x' })).rejects.toMatchObject(
      refusal('cant_update_message'),
    );
    await expect(client.chat.update({ channel: SUPPORT, ts: '1.000001', text: 'x' })).rejects.toMatchObject(
      refusal('message_not_found'),
    );
  });

  it('refuses nothing, too much, and metadata without a type', async () => {
    const post = (content: object) => client.chat.postMessage({ channel: SUPPORT, ...content } as never);
    await expect(post({})).rejects.toMatchObject(refusal('no_text'));
    await expect(post({ text: 'x'.repeat(40_001) })).rejects.toMatchObject(refusal('msg_too_long'));
    await expect(post({ markdown_text: 'x'.repeat(12_001) })).rejects.toMatchObject(refusal('msg_too_long'));
    await expect(post({ text: 'x', metadata: { event_payload: {} } })).rejects.toMatchObject(
      refusal('invalid_metadata_format'),
    );
  });

  it('shares a file in a thread', async () => {
    const root = await client.chat.postMessage({ channel: SUPPORT, text: 'root' });
    await client.filesUploadV2({
      channel_id: SUPPORT,
      thread_ts: root.ts ?? '',
      filename: 'chart.png',
      alt_text: 'a chart',
      file: Buffer.from('not really a picture'),
      initial_comment: 'see',
    });
    const shared = slack.state.thread(SUPPORT, root.ts ?? '')[1];
    expect(shared).toMatchObject({ subtype: 'file_share', text: 'see' });
    const answer = await fetch(`${slack.url}/files/${shared?.files?.[0]}/chart.png`);
    expect(await answer.text()).toBe('not really a picture');
    expect(answer.headers.get('content-type')).toBe('image/png');
  });

  it('keeps a status until the bot speaks or two minutes have gone', async () => {
    const root = slack.postAs(ALICE, DM, 'hello');
    const status = { channel_id: DM, thread_ts: root.ts, status: 'is looking', loading_messages: ['Reading runs'] };
    await client.assistant.threads.setStatus(status);
    expect(slack.state.statusOf(DM, root.ts)).toMatchObject({
      status: 'is looking',
      loadingMessages: ['Reading runs'],
    });
    await client.chat.postMessage({ channel: DM, thread_ts: root.ts, text: 'done' });
    expect(slack.state.statusOf(DM, root.ts)).toBeUndefined();
    await client.assistant.threads.setStatus(status);
    now += 121_000;
    expect(slack.state.statusOf(DM, root.ts)).toBeUndefined();
  });
});

describe('streams', () => {
  const start = async () => {
    const root = slack.postAs(ALICE, SUPPORT, 'question');
    return client.chatStream({
      channel: SUPPORT,
      thread_ts: root.ts,
      recipient_team_id: slack.state.team.id,
      recipient_user_id: ALICE,
      buffer_size: 1,
    });
  };

  it('collects text, tasks, and the blocks of the end', async () => {
    const stream = await start();
    await stream.append({ chunks: [{ type: 'task_update', id: 't1', title: 'Reading', status: 'in_progress' }] });
    await stream.append({ chunks: [{ type: 'task_update', id: 't1', title: 'Reading', status: 'complete' }] });
    await stream.append({ markdown_text: 'All ' });
    await stream.append({ markdown_text: 'well.' });
    await stream.stop({ blocks: [section('more')], metadata: { event_type: 'answer', event_payload: { a: 1 } } });
    const message = slack.state.find(SUPPORT, stream.ts ?? '');
    expect(message).toMatchObject({ text: 'All well.', metadata: { event_type: 'answer' } });
    expect(message?.blocks).toMatchObject([
      { type: 'task_card', status: 'complete' },
      { type: 'markdown', text: 'All well.' },
      { type: 'section' },
    ]);
    await expect(
      client.chat.appendStream({ channel: SUPPORT, ts: stream.ts ?? '', markdown_text: 'x' }),
    ).rejects.toMatchObject(refusal('message_not_in_streaming_state'));
  });

  it('end after five minutes or 12,000 characters, and need a recipient in channels', async () => {
    const long = await start();
    await long.append({ markdown_text: 'x'.repeat(12_000) });
    await expect(long.append({ markdown_text: 'y' })).rejects.toMatchObject(refusal('msg_too_long'));
    now += 300_001;
    await expect(long.append({ chunks: [{ type: 'plan_update', title: 'late' }] })).rejects.toMatchObject(
      refusal('message_not_in_streaming_state'),
    );
    const root = slack.postAs(ALICE, SUPPORT, 'q');
    await expect(client.chat.startStream({ channel: SUPPORT, thread_ts: root.ts })).rejects.toMatchObject(
      refusal('missing_recipient_user_id'),
    );
  });
});

describe('faults', () => {
  it('429 has no effect and names the seconds', async () => {
    slack.faults.rateLimit('chat.postMessage', { retryAfter: 7 });
    await expect(client.chat.postMessage({ channel: SUPPORT, text: 'limited' })).rejects.toMatchObject({
      retryAfter: 7,
    });
    expect(slack.state.messages.get(SUPPORT)?.some((message) => message.text === 'limited')).toBe(false);
    expect(slack.state.calls.at(-1)).toMatchObject({ method: 'chat.postMessage', ok: false, error: 'ratelimited' });
  });

  it('500 after the effect makes the client post twice', async () => {
    slack.faults.failAfterEffect('chat.postMessage');
    await client.chat.postMessage({ channel: SUPPORT, text: 'twice' });
    expect(slack.state.messages.get(SUPPORT)?.filter((message) => message.text === 'twice')).toHaveLength(2);
  });

  it('other answers on demand, then as before', async () => {
    slack.faults.fail('chat.postMessage', 'fatal_error');
    await expect(client.chat.postMessage({ channel: SUPPORT, text: 'x' })).rejects.toMatchObject(
      refusal('fatal_error'),
    );
    slack.faults.slow('auth.test', 30);
    const before = performance.now();
    await client.auth.test();
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
    slack.faults.fail('auth.test', 'fatal_error');
    slack.faults.clear();
    expect(await client.auth.test()).toMatchObject({ ok: true });
  });
});

describe('response addresses', () => {
  const use = async (path: string) => {
    const answer = await fetch(`${slack.url}${path}`, {
      method: 'POST',
      body: JSON.stringify({ text: 'x' }),
      headers: { 'content-type': 'application/json' },
    });
    return { status: answer.status, ...((await answer.json()) as object) };
  };

  it('work five times within half an hour, and only when handed out', async () => {
    expect(await use('/response/T0NIGHTDSK/guessed')).toMatchObject({ status: 404, error: 'expired_url' });
    const path = slack.newResponsePath({ channel: RANDOM, user: ALICE });
    for (let count = 0; count < 5; count += 1) expect(await use(path)).toMatchObject({ status: 200, ok: true });
    expect(await use(path)).toMatchObject({ status: 404, error: 'used_url' });
    const late = slack.newResponsePath({ channel: RANDOM, user: ALICE });
    now += 30 * 60_000 + 1;
    expect(await use(late)).toMatchObject({ status: 404, error: 'expired_url' });
    const cut = slack.newResponsePath({ channel: RANDOM, user: ALICE });
    slack.faults.expireResponseUrls();
    expect(await use(cut)).toMatchObject({ status: 404, error: 'expired_url' });
    expect(slack.state.ephemerals).toHaveLength(5);
  });
});
