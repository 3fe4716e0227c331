import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOptions } from '../../src/agent/create-agent.ts';
import type { OpenSources } from '../../src/batch/ports.ts';
import { createModelFactory } from '../../src/llm/create-model.ts';
import { planner, smallAgent } from '../agent/asking.ts';
import { names, openSmallWorld } from '../agent/small-world.ts';
import { startCompletions } from '../llm/completions-server.ts';
import { gated } from '../llm/gated.ts';
import { CALL, keptLog } from '../llm/script.ts';
import { ALICE, BOT, type Desk, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

/** Nothing here is about a question that takes too long. */
const UNHURRIED = { updateGapMs: 20, questionMs: 60_000 };

let desk: Desk;
let model: Awaited<ReturnType<typeof startCompletions>>;
let words: ReturnType<typeof gated>;

/** The model says a true sentence, one with a number that it made up, a true one again, and is asked for nothing more. */
async function start(how: string, more: Partial<AgentOptions> = {}): Promise<string> {
  model = await startCompletions([CALL, { pieces: words.pieces }]);
  const createModel = createModelFactory(
    { kind: 'openai', baseUrl: `${model.url}/v1`, apiKey: 'k', model: 'm' },
    { planner: { names }, logger: keptLog() },
  );
  const ask = smallAgent({ createModel, createFallbackModel: planner, ...more });
  desk = await startDesk('socket', { ask, questions: [], options: [] }, { app: { timing: UNHURRIED } });
  if (how === 'edited') desk.slack.faults.fail('chat.startStream', 'unknown_method');
  return desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives prelim doing?').ts;
}

beforeEach(() => {
  words = gated('Step 3 waits for it. 4', '711 slices failed. 1 of 7', ' slices failed. SN', 'U failed as well.');
});
afterEach(async () => {
  await desk.stop();
  await model[Symbol.asyncDispose]();
});

async function showing(...texts: string[]): Promise<string> {
  return shown(
    await desk.slack.waitForMessage(
      (message) => message.user === BOT && texts.every((text) => shown(message).includes(text)),
    ),
  );
}

/** Of what Slack draws; a streamed message has its words in its text as well. */
async function timesDrawn(part: string, text: string): Promise<number> {
  const message = await desk.slack.waitForMessage(({ blocks = [] }) => JSON.stringify(blocks).includes(text));
  return JSON.stringify(message.blocks).split(part).length - 1;
}

const VERDICT = 'PARTIAL_FAILURE';
const FIRST = 'Step 3 waits for it';
/** The verdict counts them as well. */
const BOTH = `${FIRST}. 1 of 7 slices failed`;

describe.each(['streamed', 'edited'])('the words of the model, while a message is %s', (how) => {
  it('come under the verdict sentence by sentence, and never one with a number that is made up', async () => {
    const root = await start(how);
    const known = await showing(VERDICT);
    expect(known).not.toContain(FIRST);
    words.letGo(2);
    expect(await showing(VERDICT, FIRST)).not.toContain(BOTH);
    words.letGo(3);
    const second = await showing(BOTH);
    expect(second.indexOf(VERDICT)).toBeLessThan(second.indexOf(FIRST));
    words.letGo(4);
    await desk.settled();
    const replies = repliesOf(desk.slack, SUPPORT, root);
    expect(replies).toHaveLength(1);
    expect(shown(replies[0])).toContain(`${BOTH}.`);
    expect(replies[0]?.metadata?.event_type).toBe('sentry_answer');
    expect(JSON.stringify(desk.slack.state.calls)).not.toMatch(/4711|711 slices|SNU failed/);
  });

  it('stay with the verdict when somebody presses Stop, which ends the request to the model', async () => {
    const root = await start(how);
    words.letGo(2);
    await showing(VERDICT, FIRST);
    desk.slack.stopSession(ALICE, SUPPORT, root);
    await desk.settled();
    const replies = repliesOf(desk.slack, SUPPORT, root);
    expect(replies).toHaveLength(1);
    for (const part of ['Stopped', VERDICT, FIRST]) expect(shown(replies[0])).toContain(part);
    await model.received[1]?.left;
    expect(model.received).toHaveLength(2);
  });
});

it('words that a stream takes no more of are edited in, and stand there once', async () => {
  const root = await start('streamed');
  words.letGo(2);
  await showing(VERDICT, FIRST);
  desk.slack.faults.expireStreams();
  words.letGo(3);
  expect(await timesDrawn(FIRST, BOTH)).toBe(1);
  words.letGo(4);
  await desk.settled();
  expect(repliesOf(desk.slack, SUPPORT, root)).toHaveLength(1);
});

it('words whose call Slack took and answered with a failure stand there once', async () => {
  await start('streamed');
  await showing(VERDICT);
  desk.slack.faults.failAfterEffect('chat.appendStream', { times: 1 });
  words.letGo(3);
  expect(await timesDrawn(FIRST, BOTH)).toBe(1);
  words.letGo(4);
  await desk.settled();
});

it('Stop while the database reads ends that query, and begins no other and no call to the model', async () => {
  const begun = Promise.withResolvers<void>();
  const reads: string[] = [];
  const hanging = openSmallWorld({ runsHang: true });
  const openSources: OpenSources = (scope) => {
    const sources = hanging(scope);
    const watched = Object.entries(sources.runs).map(([name, read]) => [
      name,
      (...args: unknown[]) => {
        reads.push('begun');
        begun.resolve();
        return (read as (...args: unknown[]) => Promise<unknown>)(...args).finally(() => reads.push('ended'));
      },
    ]);
    return { ...sources, runs: Object.fromEntries(watched) as typeof sources.runs };
  };
  const root = await start('streamed', { openSources });
  await begun.promise;
  desk.slack.stopSession(ALICE, SUPPORT, root);
  await desk.settled();
  expect(repliesOf(desk.slack, SUPPORT, root).map(shown).join()).toContain('Nothing was found out yet');
  expect(reads).toEqual(['begun', 'ended']);
  expect(model.received).toHaveLength(1);
});
