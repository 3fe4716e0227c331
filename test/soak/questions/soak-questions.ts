import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../src/access/policy.ts';
import type { AgentEvent } from '../../../src/agent/answer.ts';
import type { FakeSlack } from '../../../src/playground/slack/start-fake-slack.ts';
import { createFakeAsk, ordinary } from '../../slack/fake-ask.ts';
import { ALICE, BOB, BOT, type Desk, DM, SUPPORT, shown, startDesk } from '../../slack/harness.ts';

export interface SoakReport {
  questions: number;
  /** How many finals each question got that did not get exactly one, by its name. */
  wrong: { question: string; finals: number; plan: object; asked: number }[];
  faults: Record<string, number>;
  streamed: number;
  stopped: number;
  unfinished: number;
}

const UNLIMITED = { questions: 1_000_000, minutes: 1 };

type Fault = (slack: FakeSlack) => void;

const METHODS = ['chat.startStream', 'chat.appendStream', 'chat.stopStream', 'chat.postMessage', 'chat.update'];
const forEach = (make: (method: string) => Fault) => METHODS.map((method): [string, Fault] => [method, make(method)]);

/** Each as Slack does it: for one call, or for two in a row. */
const FAULTS: Record<string, [string, Fault][]> = {
  '500 after effect': forEach(
    (method) =>
      ({ faults }) =>
        faults.failAfterEffect(method),
  ),
  '500 twice after effect': forEach(
    (method) =>
      ({ faults }) =>
        faults.failAfterEffect(method, { times: 2 }),
  ),
  '503 without effect': forEach(
    (method) =>
      ({ faults }) =>
        faults.failHttp(method, { times: 2 }),
  ),
  '429': forEach(
    (method) =>
      ({ faults }) =>
        faults.rateLimit(method, { retryAfter: 0.1 }),
  ),
  'expired stream': [['*', ({ faults }) => faults.expireStreams()]],
  'stream is over': ['chat.appendStream', 'chat.stopStream'].map((method): [string, Fault] => [
    method,
    ({ faults }) => faults.fail(method, 'message_not_in_streaming_state'),
  ]),
  msg_too_long: ['chat.appendStream', 'chat.update'].map((method): [string, Fault] => [
    method,
    ({ faults }) => faults.fail(method, 'msg_too_long'),
  ]),
  invalid_blocks: ['chat.update', 'chat.startStream'].map((method): [string, Fault] => [
    method,
    ({ faults }) => faults.fail(method, 'invalid_blocks'),
  ]),
  'dropped socket': [['*', ({ faults }) => faults.dropSockets()]],
  'delivered twice': [['*', ({ faults }) => faults.duplicateEvents()]],
  'lost acknowledgement': [['*', ({ faults }) => faults.loseAcks()]],
  'expired response_url': [['*', ({ faults }) => faults.expireResponseUrls()]],
  slow: forEach(
    (method) =>
      ({ faults }) =>
        faults.slow(method, 50),
  ),
  none: [['*', () => {}]],
};

/** Questions one after the other and side by side, each of which has to be answered exactly once whatever Slack does. */
export async function soakQuestions(options: { questions: number; seed: number }): Promise<SoakReport> {
  const names = Object.keys(FAULTS);
  const plans = fc.sample(
    fc.record({
      fault: fc.constantFrom(...names),
      pick: fc.nat(100),
      steps: fc.integer({ min: 0, max: 4 }),
      pauseMs: fc.integer({ min: 0, max: 25 }),
      way: fc.constantFrom('mention', 'mention', 'direct', 'command', 'stop'),
      together: fc.boolean(),
    }),
    { numRuns: options.questions, seed: options.seed },
  );
  const faults: Record<string, number> = {};
  const desk = await startDesk('socket', createFakeAsk(script(plans)), {
    slack: { ackTimeoutMs: 300, retryDelaysMs: [0, 400, 1200] },
    app: {
      timing: {
        updateGapMs: 5,
        retryDelaysMs: [5, 10, 20, 40],
        questionMs: 5000,
        graceMs: 300,
        pongMs: 200,
        reconnectMs: 20,
      },
      // Nobody may be kept from asking here: that is what is measured.
      policy: () => ({ ...DEFAULT_POLICY, limits: { person: UNLIMITED, channel: UNLIMITED } }),
    },
  });
  try {
    for (const [index, plan] of plans.entries()) {
      faults[plan.fault] = (faults[plan.fault] ?? 0) + 1;
      await desk.slack.waitFor(() => desk.slack.connected());
      const choices = FAULTS[plan.fault] ?? [];
      choices[plan.pick % choices.length]?.[1](desk.slack);
      await put(desk, index, plan.way);
      if (!plan.together) await desk.settled();
      desk.slack.faults.responseUrlsExpiredBefore = 0;
    }
    await desk.settled();
    return reportOf(desk, plans, faults);
  } finally {
    await desk.stop();
  }
}

const nameOf = (index: number) => `question-${index}-end`;

function script(plans: readonly { steps: number; pauseMs: number }[]) {
  return async function* (
    question: Parameters<ReturnType<typeof ordinary>>[0],
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent> {
    const index = Number(/question-(\d+)-end/.exec(question.text)?.[1]);
    const plan = plans[index];
    for (let step = 0; step < (plan?.steps ?? 0); step += 1) {
      const known = { id: `s${step}`, title: `Step ${step} of ${nameOf(index)}` };
      yield { type: 'step', ...known, status: 'in_progress' };
      await new Promise((resolve) => setTimeout(resolve, plan?.pauseMs));
      yield { type: 'step', ...known, status: 'complete' };
    }
    yield* ordinary({ verdict: `The answer to ${nameOf(index)} is PARTIAL_FAILURE.` })(question, signal);
  };
}

async function put(desk: Desk, index: number, way: string): Promise<void> {
  const { slack } = desk;
  const text = `how is derivatives doing, ${nameOf(index)}?`;
  const person = index % 2 === 0 ? ALICE : BOB;
  if (way === 'direct') slack.postAs(ALICE, DM, text);
  else if (way === 'command') await command(desk, person, `/sentry ask ${text}`);
  else {
    const asked = slack.postAs(person, SUPPORT, `@sentry ${text}`);
    if (way === 'stop') setTimeout(() => slack.stopSession(person, SUPPORT, asked.ts), index % 30);
  }
}

/** Slack does not repeat a command that did not arrive; the person sees that it failed, and types it again. */
async function command({ slack, agent, app }: Desk, person: string, line: string): Promise<void> {
  const outcome = await slack.command(person, SUPPORT, line);
  if (outcome.ok) return;
  await app.drained();
  if (agent.questions.some((question) => line.includes(question.text))) return;
  await slack.waitFor(() => slack.connected());
  await slack.command(person, SUPPORT, line);
}

function reportOf(desk: Desk, plans: readonly object[], faults: Record<string, number>): SoakReport {
  const { state } = desk.slack;
  const posted = [...state.messages.values()].flat();
  const finals = posted.filter((message) => message.metadata?.event_type === 'sentry_answer');
  const wrong = plans.flatMap((plan, index) => {
    const question = nameOf(index);
    const root = posted.find((message) => message.text.includes(question) && !message.thread_ts);
    const inThread = finals.filter((message) => message.thread_ts === root?.ts && message.channel === root?.channel);
    const alone = state.ephemerals.filter((message) => shown(message).includes(question));
    const count = root === undefined ? alone.length : inThread.length + alone.length;
    return count === 1
      ? []
      : [
          {
            question,
            finals: count,
            plan,
            asked: desk.agent.questions.filter((each) => each.text.includes(question)).length,
          },
        ];
  });
  return {
    questions: plans.length,
    wrong,
    faults,
    streamed: state.calls.filter((call) => call.method === 'chat.startStream' && call.ok).length,
    stopped: finals.filter((message) => shown(message).includes('Stopped by')).length,
    unfinished: posted.filter((message) => message.user === BOT && shown(message).includes('Working on it')).length,
  };
}
