import { afterEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/agent/answer.ts';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { startFakeSlack } from '../../src/playground/slack/start-fake-slack.ts';
import { createSlackApp } from '../../src/slack/create-slack-app.ts';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import {
  ALICE,
  createMemoryLog,
  type Desk,
  type Mode,
  repliesOf,
  SUPPORT,
  shown,
  startDesk,
  TOKENS,
} from './harness.ts';
import { startHoldingProxy } from './holding-proxy.ts';

let stop: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of stop.reverse()) await each();
  stop = [];
});

async function desk(...args: Parameters<typeof startDesk>): Promise<Desk> {
  const started = await startDesk(...args);
  stop.push(() => started.stop());
  return started;
}

/** An agent that waits to be released, or for its signal. */
function heldAgent() {
  const { promise: release, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: reached, resolve: arrived } = Promise.withResolvers<void>();
  const agent = createFakeAsk(async function* (question, signal): AsyncGenerator<AgentEvent> {
    arrived();
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([release, aborted]);
    const error = { code: 'CANCELLED', message: 'SENTRY is restarting.', remedy: 'Ask again in a minute.' };
    yield* ordinary(signal.aborted ? { error, kind: 'error', verdict: 'SENTRY is restarting.' } : {})(question, signal);
  });
  return { agent, reached, letGo };
}

describe('starting', () => {
  it.each<[string, object, string]>([
    ['bot token', { botToken: 'xoxb-wrong' }, 'SLACK_AUTH'],
    ['app token', { appToken: 'xapp-wrong' }, 'SLACK_AUTH'],
    ['address', { apiUrl: 'http://127.0.0.1:9/api/' }, 'SLACK_UNREACHABLE'],
  ])('with a wrong %s says so, with what to do, and no token', async (_what, wrong, code) => {
    const slack = await startFakeSlack({ ...TOKENS, delivery: 'socket' });
    stop.push(() => slack.stop());
    const connection = {
      kind: 'socket' as const,
      botToken: TOKENS.botToken,
      appToken: TOKENS.appToken,
      apiUrl: slack.apiUrl,
      ...wrong,
    };
    const { log, lines } = createMemoryLog();
    const app = createSlackApp({ connection, ask: createFakeAsk().ask, names: createEssentialNames(), logger: log });
    const error = await app.start().then(
      () => null,
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code, remedy: expect.stringContaining('start again') });
    expect(`${error.message} ${JSON.stringify(lines)}`).not.toContain('-wrong');
    expect(app.isConnected()).toBe(false);
    await app.stop();
  });
});

describe.each<Mode>(['socket', 'http'])('stopping over %s', (mode) => {
  it('waits for the question in flight and takes no further one', async () => {
    const { agent, reached, letGo } = heldAgent();
    const running = await desk(mode, agent);
    expect(running.app.isConnected()).toBe(true);
    const asked = running.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await reached;
    const stopped = running.app.stop({ deadlineMs: 5000 });
    expect(running.app.isConnected()).toBe(false);
    letGo();
    expect(await stopped).toEqual({ abandoned: 0 });
    expect(shown(repliesOf(running.slack, SUPPORT, asked.ts)[0])).toContain('PARTIAL_FAILURE');
    expect(running.app.inFlight).toBe(0);
  });

  it('ends what takes too long at the deadline, and tells the asker', async () => {
    const { agent, reached } = heldAgent();
    const running = await desk(mode, agent);
    const asked = running.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await reached;
    expect(await running.app.stop({ deadlineMs: 30 })).toEqual({ abandoned: 0 });
    expect(shown(repliesOf(running.slack, SUPPORT, asked.ts)[0])).toContain('Ask again in a minute.');
  });
});

describe('Socket Mode', () => {
  it('reconnects when Slack recycles the connection, and answers what is asked then', async () => {
    const running = await desk();
    running.slack.faults.refreshSockets();
    await running.slack.waitFor(() => !running.slack.connected());
    const asked = running.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    const answer = await running.slack.waitForMessage(
      (message) => message.thread_ts === asked.ts && message.metadata?.event_type === 'sentry_answer',
      15_000,
    );
    expect(shown(answer)).toContain('PARTIAL_FAILURE');
  }, 20_000);

  it('stays down when it is stopped in the middle of a reconnect', async () => {
    const slack = await startFakeSlack({ ...TOKENS, delivery: 'socket' });
    stop.push(() => slack.stop());
    const proxy = await startHoldingProxy(slack.apiUrl);
    stop.push(() => proxy.stop());
    const connection = {
      kind: 'socket' as const,
      botToken: TOKENS.botToken,
      appToken: TOKENS.appToken,
      apiUrl: proxy.url,
    };
    const options = {
      connection,
      ask: createFakeAsk().ask,
      names: createEssentialNames(),
      logger: createMemoryLog().log,
    };
    const app = createSlackApp({ ...options, timing: { pongMs: 20 } });
    await app.start();
    const reconnecting = proxy.hold('apps.connections.open');
    slack.faults.dropSockets();
    await reconnecting;
    await app.stop({ deadlineMs: 10 });
    const cameBack = slack
      .waitFor(() => slack.connected(), 500)
      .then(
        () => slack.waitFor(() => !slack.connected(), 2000).then(() => 'came and went'),
        () => 'stayed away',
      );
    proxy.release();
    expect(['came and went', 'stayed away']).toContain(await cameBack);
    expect(slack.connected()).toBe(false);
    expect(app.isConnected()).toBe(false);
  });

  it('survives that Slack refuses a reconnect', async () => {
    const running = await desk();
    running.slack.faults.fail('apps.connections.open', 'invalid_auth', { times: 1 });
    running.slack.faults.dropSockets();
    await running.slack.waitFor(() => !running.slack.connected());
    await running.slack.waitFor(() => running.slack.connected());
    expect(running.lines.some((line) => line.level === 'error' && line.code === 'invalid_auth')).toBe(true);
  });
});

describe('HTTP', () => {
  it('lets nobody in without the signature or with an old one', async () => {
    const running = await desk('http');
    running.slack.faults.wrongSignature(9);
    running.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await running.settled();
    running.slack.faults.clear();
    running.slack.faults.staleTimestamp(9);
    running.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await running.settled();
    expect(running.agent.questions).toEqual([]);
  });

  it('fails to start on a port that is taken, and does not crash', async () => {
    const running = await desk('http');
    const port = running.app.port() as number;
    const connection = {
      kind: 'http' as const,
      botToken: TOKENS.botToken,
      signingSecret: 'x',
      port,
      apiUrl: running.slack.apiUrl,
    };
    const second = createSlackApp({
      connection,
      ask: createFakeAsk().ask,
      names: createEssentialNames(),
      logger: createMemoryLog().log,
    });
    await expect(second.start()).rejects.toMatchObject({ code: 'SLACK_UNREACHABLE' });
    expect(running.app.isConnected()).toBe(true);
  });
});
