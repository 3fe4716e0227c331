import { afterEach, describe, expect, it } from 'vitest';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import { ALICE, callsOf, type Desk, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

async function ask(): Promise<string> {
  const message = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
  await desk.settled();
  return message.ts;
}

function answersIn(root: string) {
  return repliesOf(desk.slack, SUPPORT, root).filter((message) => shown(message).includes('PARTIAL_FAILURE'));
}

describe.each(['streamed', 'edited'])('when Slack fails while a message is %s', (how) => {
  /** A workspace without streams says so once. */
  async function open(...args: Parameters<typeof startDesk>): Promise<void> {
    desk = await startDesk(...args);
    if (how === 'edited') desk.slack.faults.fail('chat.startStream', 'unknown_method');
  }

  it.each(['chat.postMessage', 'chat.update'])(
    'gives one answer after %s took effect and was answered with 500',
    async (method) => {
      await open();
      desk.slack.faults.failAfterEffect(method, { times: 2 });
      const root = await ask();
      expect(repliesOf(desk.slack, SUPPORT, root)).toHaveLength(1);
      expect(answersIn(root)).toHaveLength(1);
    },
  );

  it.each(['chat.postMessage', 'chat.update'])('gives one answer after %s failed without effect', async (method) => {
    await open();
    desk.slack.faults.failHttp(method, { times: 2 });
    const root = await ask();
    expect(repliesOf(desk.slack, SUPPORT, root)).toHaveLength(1);
    expect(answersIn(root)).toHaveLength(1);
  });

  it.each(['chat.postMessage', 'chat.update'])(
    'waits as long as Slack asks when %s is rate limited',
    async (method) => {
      await open();
      desk.slack.faults.rateLimit(method, { retryAfter: 0.1, times: 2 });
      const root = await ask();
      expect(repliesOf(desk.slack, SUPPORT, root)).toHaveLength(1);
      expect(answersIn(root)).toHaveLength(1);
    },
  );

  it('posts the answer anew when the working message cannot be updated', async () => {
    await open();
    desk.slack.faults.fail('chat.update', 'message_not_found', { times: 50 });
    const root = await ask();
    expect(answersIn(root)).toHaveLength(1);
  });

  it.each(['invalid_blocks', 'msg_blocks_too_long'])('shows plainer blocks on %s', async (code) => {
    await open('socket', createFakeAsk(quick()));
    desk.slack.faults.fail('chat.update', code, { times: 1 });
    const root = await ask();
    const [answer] = answersIn(root);
    const types = answer?.blocks?.map((block) => block.type) ?? [];
    expect(types).toContain('section');
    expect(types).not.toContain('markdown');
    expect(answer?.metadata?.event_type).toBe('sentry_answer');
    expect(shown(answer)).toContain('EMEA_DERIV_CFG');
  });

  it('shows text alone when every block is refused, and keeps the context', async () => {
    await open('socket', createFakeAsk(quick()));
    desk.slack.faults.fail('chat.update', 'invalid_blocks', { times: 3 });
    const root = await ask();
    const [answer] = answersIn(root);
    expect(answer?.blocks ?? []).toEqual([]);
    expect(answer?.metadata?.event_payload.context).toContain('TB-Derivatives');
  });

  it('apologises to the asker alone when nothing can be posted, with the reference of the log', async () => {
    await open();
    desk.slack.faults.failHttp('chat.postMessage', { times: 99 });
    desk.slack.faults.failHttp('chat.update', { times: 99 });
    const root = await ask();
    expect(answersIn(root).filter((message) => message.metadata?.event_type === 'sentry_answer')).toEqual([]);
    const told = shown(desk.slack.state.ephemerals.at(-1));
    const line = desk.lines.find((each) => each.level === 'error' && each.reference);
    expect(line?.reference).toBeTruthy();
    expect(told).toContain(String(line?.reference));
  });

  it.each([
    ['is_archived', 'I may not write here'],
    ['thread_not_found', 'PARTIAL_FAILURE'],
  ])('answers privately when Slack says %s', async (code, said) => {
    await open();
    desk.slack.faults.fail('chat.postMessage', code, { times: 1 });
    if (how === 'streamed') desk.slack.faults.fail('chat.startStream', code);
    const root = await ask();
    const told = desk.slack.state.ephemerals.map(shown).join();
    expect(told).toContain('PARTIAL_FAILURE');
    expect(told).toContain(said);
    expect(told).not.toContain('/invite');
    expect(repliesOf(desk.slack, SUPPORT, root)).toEqual([]);
  });

  it('answers without the thread when it cannot be read', async () => {
    await open();
    const root = await ask();
    desk.slack.faults.fail('conversations.replies', 'missing_scope', { times: 9 });
    desk.slack.postAs(ALICE, SUPPORT, '@sentry and final?', { threadTs: root });
    await desk.settled();
    expect(answersIn(root)).toHaveLength(2);
    expect(desk.agent.questions[1]?.context).toBeNull();
  });

  it('does without the status line where the workspace has none', async () => {
    await open();
    desk.slack.faults.fail('assistant.threads.setStatus', 'missing_scope', { times: 9 });
    await ask();
    const root = await ask();
    expect(answersIn(root)).toHaveLength(1);
    expect(callsOf(desk.slack, 'assistant.threads.setStatus').length).toBeLessThan(3);
  });
});

describe('when the agent fails', () => {
  const failing: [string, Parameters<typeof createFakeAsk>[0]][] = [
    [
      'throws',
      async function* () {
        yield { type: 'step', id: 'a', title: 'Reading', status: 'in_progress' };
        throw new Error('secret detail');
      },
    ],
    ['ends without an answer', async function* () {}],
    ['never ends', () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) })],
  ];
  it.each(failing)('tells so, with the reference of the log, when it %s', async (_how, script) => {
    desk = await startDesk('socket', createFakeAsk(script), {
      app: { timing: { questionMs: 50, graceMs: 20, updateGapMs: 5 } },
    });
    const root = await ask();
    const replies = repliesOf(desk.slack, SUPPORT, root);
    expect(replies).toHaveLength(1);
    const reference = desk.agent.questions[0]?.id ?? 'none';
    expect(shown(replies[0])).toContain(reference);
    expect(shown(replies[0])).not.toContain('secret detail');
    expect(desk.lines.some((line) => line.level === 'error' && line.reference === reference)).toBe(true);
  });

  it('keeps the verdict that was known', async () => {
    desk = await startDesk(
      'socket',
      createFakeAsk(async function* () {
        yield { type: 'verdict', verdict: 'TB-SNU PRELIM for 2026-02-13 is FAILED.' };
        throw new Error('gone');
      }),
    );
    const root = await ask();
    expect(shown(repliesOf(desk.slack, SUPPORT, root)[0])).toContain('TB-SNU PRELIM for 2026-02-13 is FAILED.');
  });
});

/** Straight to the answer, so that the first update is the final one. */
function quick() {
  const script = ordinary();
  return async function* (...args: Parameters<typeof script>) {
    for await (const event of script(...args)) if (event.type === 'answer') yield event;
  };
}
