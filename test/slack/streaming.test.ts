import { afterEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/agent/answer.ts';
import type { SlackMessage } from '../../src/playground/slack/types.ts';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import { ALICE, BOT, callsOf, type Desk, DM, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

const STEP = { id: 's1', title: 'Reading TB-Derivatives runs of 2026-02-13' };
const VERDICT = 'TB-Derivatives PRELIM for 2026-02-13 is PARTIAL_FAILURE: 1 of 6 slices failed.';

/** An agent that goes on when it is told to. */
function paced(verdicts: readonly string[] = [VERDICT]) {
  const gates = verdicts.map(() => Promise.withResolvers<void>());
  const script = async function* (...args: Parameters<ReturnType<typeof ordinary>>): AsyncGenerator<AgentEvent> {
    yield { type: 'step', ...STEP, status: 'in_progress' };
    for (const [index, verdict] of verdicts.entries()) {
      yield { type: 'verdict', verdict };
      await gates[index]?.promise;
    }
    yield { type: 'step', ...STEP, status: 'complete' };
    yield* ordinary()(...args);
  };
  return { gates, agent: createFakeAsk(script) };
}

function put(channel = SUPPORT): string {
  return desk.slack.postAs(ALICE, channel, channel === DM ? 'how is derivatives?' : '@sentry how is derivatives?').ts;
}

function showing(text: string): Promise<SlackMessage> {
  return desk.slack.waitForMessage((message) => message.user === BOT && shown(message).includes(text));
}

function onlyAnswer(root: string, channel = SUPPORT): SlackMessage {
  const replies = repliesOf(desk.slack, channel, root);
  expect(replies).toHaveLength(1);
  const [answer] = replies;
  expect(answer?.metadata?.event_type).toBe('sentry_answer');
  expect(shown(answer)).toContain('PARTIAL_FAILURE');
  expect(shown(answer)).not.toContain('Working on it');
  return answer as SlackMessage;
}

describe('a message that is streamed', () => {
  it.each([SUPPORT, DM])(
    'shows its steps, then the verdict, and becomes the very answer that is edited elsewhere (%s)',
    async (channel) => {
      const { gates, agent } = paced();
      desk = await startDesk('socket', agent);
      const root = put(channel);
      const working = await showing('1 of 6 slices failed');
      expect(working.blocks?.map((block) => block.type)).toEqual(['plan', 'actions', 'markdown']);
      expect(JSON.stringify(working.blocks?.[0])).toContain(STEP.title);
      gates[0]?.resolve();
      await desk.settled();
      const streamed = onlyAnswer(root, channel);
      expect(streamed.ts).toBe(working.ts);
      expect([...desk.slack.state.streams.values()].every((stream) => !stream.open)).toBe(true);

      desk.slack.faults.fail('chat.startStream', 'unknown_method');
      const again = put(channel);
      await desk.settled();
      const edited = onlyAnswer(again, channel);
      const form = ({ text, blocks, metadata }: SlackMessage) =>
        JSON.stringify({ text, blocks, kind: metadata?.event_type, context: metadata?.event_payload.context }).replace(
          /[2-9a-hjkmnp-z]{8}(?=[^2-9a-z])|"block_id":"[^"]*"/g,
          '',
        );
      expect(form(streamed)).toBe(form(edited));
    },
  );

  it('says a verdict once, and edits when another takes its place', async () => {
    const { gates, agent } = paced([VERDICT, 'TB-Derivatives FINAL is SUCCESS.']);
    desk = await startDesk('socket', agent);
    const root = put();
    await showing('1 of 6 slices failed');
    gates[0]?.resolve();
    const changed = await showing('FINAL is SUCCESS');
    expect(shown(changed)).not.toContain('1 of 6 slices failed');
    gates[1]?.resolve();
    await desk.settled();
    onlyAnswer(root);
  });

  it.each(['unknown_method', 'not_allowed', 'missing_scope'])(
    'is not tried again after %s, which the log says once',
    async (code) => {
      desk = await startDesk();
      desk.slack.faults.fail('chat.startStream', code);
      for (const root of [put(), put(), put()]) {
        await desk.settled();
        onlyAnswer(root);
      }
      expect(callsOf(desk.slack, 'chat.startStream').length).toBeLessThanOrEqual(3);
      const before = callsOf(desk.slack, 'chat.startStream').length;
      put();
      await desk.settled();
      expect(callsOf(desk.slack, 'chat.startStream')).toHaveLength(before);
      expect(desk.lines.filter((line) => line.message.includes('streams no messages here'))).toHaveLength(1);
    },
  );
});

describe('when Slack fails a stream', () => {
  it.each(['chat.startStream', 'chat.appendStream', 'chat.stopStream', 'chat.update'])(
    'gives one answer after %s took effect and was answered with 500',
    async (method) => {
      desk = await startDesk();
      desk.slack.faults.failAfterEffect(method, { times: 2 });
      const root = put();
      await desk.settled();
      onlyAnswer(root);
    },
  );

  it.each(['chat.startStream', 'chat.appendStream', 'chat.stopStream', 'chat.update'])(
    'gives one answer where %s is rate limited',
    async (method) => {
      desk = await startDesk();
      desk.slack.faults.rateLimit(method, { retryAfter: 0.1, times: 2 });
      const root = put();
      await desk.settled();
      onlyAnswer(root);
    },
  );

  it.each([
    ['chat.appendStream', 'msg_too_long'],
    ['chat.appendStream', 'message_not_in_streaming_state'],
    ['chat.appendStream', 'invalid_chunks'],
    ['chat.stopStream', 'message_not_in_streaming_state'],
    ['chat.startStream', 'invalid_blocks'],
    ['chat.startStream', 'channel_type_not_supported'],
  ])('gives one answer after %s says %s', async (method, code) => {
    const { gates, agent } = paced();
    desk = await startDesk('socket', agent);
    desk.slack.faults.fail(method, code);
    const root = put();
    await showing('1 of 6 slices failed');
    gates[0]?.resolve();
    await desk.settled();
    onlyAnswer(root);
  });

  it('leaves nothing of a message that can neither be ended nor edited, once the answer has its own', async () => {
    desk = await startDesk();
    desk.slack.faults.fail('chat.stopStream', 'message_not_in_streaming_state', { times: 9 });
    const root = put();
    await desk.settled();
    onlyAnswer(root);
  });

  it('edits a stream that Slack has ended, also while it is still being worked on', async () => {
    const { gates, agent } = paced([VERDICT, VERDICT.replace('1 of 6', '2 of 6')]);
    desk = await startDesk('socket', agent);
    const root = put();
    await showing('1 of 6 slices failed');
    desk.slack.faults.expireStreams();
    gates[0]?.resolve();
    await showing('2 of 6 slices failed');
    gates[1]?.resolve();
    await desk.settled();
    onlyAnswer(root);
  });

  it('leaves a stream before its time is over', async () => {
    const { gates, agent } = paced();
    desk = await startDesk('socket', agent, { app: { timing: { updateGapMs: 5, streamMs: 0 } } });
    const root = put();
    const working = await showing('1 of 6 slices failed');
    expect(shown(working)).toContain('Working on it');
    expect(callsOf(desk.slack, 'chat.appendStream')).toEqual([]);
    gates[0]?.resolve();
    await desk.settled();
    onlyAnswer(root);
  });

  it('leaves a stream before it is too long', async () => {
    desk = await startDesk(
      'socket',
      createFakeAsk(async function* (question, signal): AsyncGenerator<AgentEvent> {
        for (let index = 0; index < 400; index += 1) {
          yield {
            type: 'step',
            id: `s${index}`,
            title: `Step ${index} of many, ${'long '.repeat(30)}`,
            status: 'complete',
          };
          if (index % 40 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
        }
        yield* ordinary()(question, signal);
      }),
      { app: { timing: { updateGapMs: 1 } } },
    );
    const root = put();
    await desk.settled();
    onlyAnswer(root);
    expect(desk.slack.state.calls.filter((call) => call.error === 'msg_too_long')).toEqual([]);
  });
});
