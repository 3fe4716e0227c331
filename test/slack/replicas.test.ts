import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import type { AgentEvent } from '../../src/agent/answer.ts';
import { type FakeSlack, startFakeSlack } from '../../src/playground/slack/start-fake-slack.ts';
import type { SlackMessage } from '../../src/playground/slack/types.ts';
import { freePort } from '../servers/free-port.ts';
import { sharedRedis } from '../servers/shared.ts';
import { createFakeAsk, type FakeAsk } from './fake-ask.ts';
import { ALICE, BOB, BOT, DM, RANDOM, repliesOf, SUPPORT, shown, TOKENS } from './harness.ts';
import { type Replica, startReplica } from './replica.ts';

const DOOMED = fileURLToPath(new URL('doomed-replica.ts', import.meta.url));
const RESTARTED = 'SENTRY was restarted';

let slack: FakeSlack;
let redis: Redis;
let redisUrl: string;
let prefix: string;
let eventsTo: () => string;
let started: Replica[];

beforeEach(async () => {
  ({ url: redisUrl } = await sharedRedis());
  redis = new Redis(redisUrl);
  prefix = `test-slack-replicas-${randomUUID()}`;
  started = [];
  slack = await startFakeSlack({
    ...TOKENS,
    delivery: { kind: 'http', url: () => eventsTo() },
    retryDelaysMs: [0, 20, 40],
  });
});
afterEach(async () => {
  await Promise.all(started.map(({ app }) => app.stop({ deadlineMs: 0 })));
  for (const { replicas } of started) replicas.close();
  await slack.stop();
  redis.disconnect();
});

async function replica(agent: FakeAsk = createFakeAsk(), policy = () => DEFAULT_POLICY): Promise<Replica> {
  const made = await startReplica({ agent, policy, apiUrl: slack.apiUrl, redisUrl, prefix });
  started.push(made);
  eventsTo = () => made.url;
  return made;
}

/** An agent that gets as far as the verdict, and then works until it is told to end. */
function tireless(): FakeAsk {
  return createFakeAsk(async function* (_question, signal): AsyncGenerator<AgentEvent> {
    yield { type: 'step', id: 's1', title: 'Reading everything', status: 'in_progress' };
    yield { type: 'verdict', verdict: 'TB-Derivatives PRELIM for 2026-02-13 is RUNNING.' };
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  });
}

/** The process is gone, and as much time has passed as others wait for a sign of life. */
async function die(lost: Replica): Promise<void> {
  lost.die();
  const index = `${prefix}:questions`;
  for (const reference of await redis.zrange(index, 0, '-1')) await redis.zadd(index, '1', reference);
  for (const turn of await redis.keys(`${prefix}:turn:*`)) await redis.del(turn);
}

const isFinal = (message: SlackMessage) => message.metadata?.event_type === 'sentry_answer';
const working = (root: string) =>
  slack.waitForMessage(
    (message) => message.user === BOT && message.thread_ts === root && shown(message).includes('RUNNING'),
  );

/** The one answer of a thread, once nobody works in it any more. */
async function answerIn(root: string, channel = SUPPORT): Promise<SlackMessage> {
  const answer = await slack.waitForMessage((message) => message.thread_ts === root && isFinal(message));
  await Promise.all(started.slice(-1).map(({ app }) => app.drained()));
  const replies = repliesOf(slack, channel, root).filter(
    (message) => message.metadata?.event_type !== 'sentry_question',
  );
  expect(replies.map(({ ts }) => ts)).toEqual([answer.ts]);
  expect(shown(answer)).not.toContain('Working on it');
  return answer;
}

/** Nothing is kept of a question that has its answer. */
const kept = async () => (await redis.keys(`${prefix}:question*`)).filter((key) => !key.endsWith(':signals'));

describe('two replicas', () => {
  it('answer what reaches both once, and let people ask as often as one would', async () => {
    const limits = { person: { questions: 5, minutes: 60 }, channel: { questions: 99, minutes: 1 } };
    const policy = () => ({ ...DEFAULT_POLICY, limits });
    const [one, two] = [await replica(createFakeAsk(), policy), await replica(createFakeAsk(), policy)];
    const asked = () => [one, two].flatMap(({ agent }) => agent.questions.map(({ text }) => text)).sort();
    const ask = async (...questions: string[]) => {
      for (const question of questions) slack.postAs(ALICE, SUPPORT, `@sentry ${question}`);
      await slack.settled();
      await Promise.all([one.app.drained(), two.app.drained()]);
    };
    // Each delivery goes to the other one: a mention comes as `message` and as `app_mention`, and each of them twice.
    let turn = 0;
    eventsTo = () => (turn++ % 2 === 0 ? one : two).url;
    slack.faults.duplicateEvents(8);
    const four = ['status of snu?', 'status of derivatives?', 'status of collateral?', 'status of securities?'];
    await ask(...four);
    expect(asked()).toEqual([...four].sort());
    await ask('why?', 'why late?');
    expect(asked()).toHaveLength(5);
    expect(slack.state.ephemerals.map(shown).join()).toContain('asked a lot');
  });

  it.each(['the button on the message', "Slack's own"])('stop by %s, whichever of them is told', async (button) => {
    const one = await replica(tireless());
    const root = slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?').ts;
    const { ts } = await working(root);
    await replica();
    if (button === "Slack's own") slack.stopSession(BOB, SUPPORT, root);
    else await slack.clickButton(BOB, SUPPORT, ts, { text: 'Stop' });
    const answer = await answerIn(root);
    expect(shown(answer)).toContain('Stopped');
    expect(shown(answer)).toContain(BOB);
    await one.app.drained();
    expect(await kept()).toEqual([]);
  });

  it('hand over what one of them cannot finish before it ends', async () => {
    const one = await replica(tireless());
    const root = slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?').ts;
    const { ts } = await working(root);
    const two = await replica();
    expect(await one.app.stop({ deadlineMs: 10 })).toEqual({ abandoned: 0 });
    const answer = await answerIn(root);
    expect(answer.ts).toBe(ts);
    expect(shown(answer)).toContain('PARTIAL_FAILURE');
    expect(shown(answer)).toContain(RESTARTED);
    expect(two.agent.options[0]?.asker).toEqual({ user: ALICE, channel: SUPPORT, threadTs: root });
    expect(await kept()).toEqual([]);
  });
});

describe('a question whose process is killed', () => {
  it('is answered by another, in the message that was begun, once', async () => {
    const port = await freePort();
    const child = spawn(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      ...[DOOMED, slack.apiUrl, redisUrl, prefix, String(port)],
    ]);
    await once(child.stdout, 'data');
    eventsTo = () => `http://127.0.0.1:${port}/slack/events`;
    const root = slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?').ts;
    const { ts } = await working(root);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const heir = await replica();
    const answer = await answerIn(root);
    expect(answer.ts).toBe(ts);
    expect(shown(answer)).toContain('PARTIAL_FAILURE');
    expect(shown(answer)).toContain(RESTARTED);
    expect(heir.agent.questions.map(({ text }) => text)).toEqual(['how is derivatives?']);
    expect(await kept()).toEqual([]);
  });

  it('is answered in its thread where a command had asked it, edited where nothing streams', async () => {
    slack.faults.fail('chat.startStream', 'unknown_method', { times: 9 });
    const lost = await replica(tireless());
    await slack.command(ALICE, SUPPORT, '/sentry ask how is derivatives?');
    const root = await slack.waitForMessage((message) => message.metadata?.event_type === 'sentry_question');
    const { ts } = await working(root.ts);
    await die(lost);
    await replica();
    expect((await answerIn(root.ts)).ts).toBe(ts);
    const roots = [...slack.state.messages.values()]
      .flat()
      .filter(({ metadata }) => metadata?.event_type === 'sentry_question');
    expect(roots).toHaveLength(1);
  });

  it.each([
    ['there', RANDOM],
    ['in a direct message where the address of the command has run out', DM],
  ])('is answered to the asker alone where it was asked alone, %s', async (_where, channel) => {
    const lost = await replica(tireless());
    await slack.command(ALICE, RANDOM, '/sentry ask how is derivatives?');
    await slack.waitFor((state) => state.ephemerals.length > 0);
    await expect.poll(() => lost.agent.questions.length).toBe(1);
    await die(lost);
    if (channel === DM) slack.faults.expireResponseUrls();
    await replica();
    const answer = await slack.waitForMessage((message) => shown(message).includes(RESTARTED));
    expect(shown(answer)).toContain('PARTIAL_FAILURE');
    expect(answer.channel).toBe(channel);
  });

  it('is not answered twice where only the word of it was lost', async () => {
    const lost = await replica();
    // The process ends when the answer is there, and what is kept is not forgotten.
    const root = slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?').ts;
    await slack.waitForMessage((message) => message.thread_ts === root && message.user === BOT);
    const [record = ''] = await redis.keys(`${prefix}:question:v1:*`);
    const data = await redis.hgetall(record);
    await lost.app.drained();
    expect(await kept()).toEqual([]);
    const before = repliesOf(slack, SUPPORT, root).map(shown);
    await redis.hset(record, data);
    await redis.zadd(`${prefix}:questions`, 1, record.split(':').at(-1) as string);
    const heir = await replica();
    await expect.poll(kept).toEqual([]);
    expect(repliesOf(slack, SUPPORT, root).map(shown)).toEqual(before);
    expect(heir.agent.questions).toEqual([]);
  });

  it('is asked of the policy anew', async () => {
    const lost = await replica(tireless());
    const root = slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?').ts;
    const { ts } = await working(root);
    await die(lost);
    const closed = { ...DEFAULT_POLICY, channels: { [SUPPORT]: { essentials: [], features: [] } } };
    const heir = await replica(createFakeAsk(), () => closed);
    const answer = await answerIn(root);
    expect(answer.ts).toBe(ts);
    expect(shown(answer)).toContain('not open here any more');
    expect(heir.agent.questions).toEqual([]);
  });

  it.each<[string, (record: string) => Promise<unknown>, string, boolean]>([
    ['twice', (record) => redis.hset(record, 'deaths', 1), 'stopped each time', false],
    ['long ago', (record) => redis.hincrby(record, 'asked', -16 * 60_000), 'Not answered', true],
  ])('%s is given up with an apology', async (_when, change, said, askAgain) => {
    const lost = await replica(tireless());
    const root = slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?').ts;
    const { ts } = await working(root);
    const [record = ''] = await redis.keys(`${prefix}:question:v1:*`);
    await change(record);
    await die(lost);
    const heir = await replica();
    const answer = await answerIn(root);
    expect(answer.ts).toBe(ts);
    expect(shown(answer)).toContain(said);
    expect(shown(answer).includes('Ask again')).toBe(askAgain);
    expect(heir.agent.questions).toEqual([]);
    expect(await kept()).toEqual([]);
  });
});

describe('without Redis', () => {
  it('a question in hand is told to be asked again when the process ends', async () => {
    redisUrl = 'redis://127.0.0.1:9';
    const one = await replica(tireless());
    const root = slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?').ts;
    await working(root);
    await one.app.stop({ deadlineMs: 10 });
    expect(shown(await answerIn(root))).toContain('I could not show you the answer');
  });
});
