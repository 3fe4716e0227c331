import { afterEach, describe, expect, it } from 'vitest';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import { ALICE, callsOf, type Desk, type Mode, RANDOM, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

function rootOf(channel: string) {
  return (desk.slack.state.messages.get(channel) ?? []).filter(
    (message) => message.user === 'U0SENTRY01' && !message.thread_ts,
  );
}
const privateOnes = () =>
  desk.slack.state.ephemerals.filter((message) => message.user === 'U0SENTRY01' || message.bot_id);

describe.each<Mode>(['socket', 'http'])('/sentry over %s', (mode) => {
  it('posts one root message that quotes the asker, and answers in its thread', async () => {
    desk = await startDesk(mode);
    const before = rootOf(SUPPORT).length;
    const outcome = await desk.slack.command(ALICE, SUPPORT, '/sentry ask how is derivatives doing?');
    expect(outcome.ok).toBe(true);
    await desk.settled();
    const roots = rootOf(SUPPORT).slice(before);
    expect(roots).toHaveLength(1);
    expect(shown(roots[0])).toContain(`<@${ALICE}>`);
    expect(shown(roots[0])).toContain('how is derivatives doing?');
    const replies = repliesOf(desk.slack, SUPPORT, roots[0]?.ts ?? '');
    expect(replies).toHaveLength(1);
    expect(shown(replies[0])).toContain('PARTIAL_FAILURE');
    expect(privateOnes()).toEqual([]);
  });
});

describe('what the command understands', () => {
  it('turns status into a question about that batch, phase and date', async () => {
    desk = await startDesk();
    await desk.slack.command(ALICE, SUPPORT, '/sentry STATUS derivatives prelim 2026-02-13');
    await desk.settled();
    expect(desk.agent.questions.map((question) => question.text)).toEqual(['status of derivatives prelim 2026-02-13']);
  });

  it.each([
    ['/sentry', 'Ask me about overnight batches'],
    ['/sentry help', 'Ask me about overnight batches'],
    ['/sentry frobnicate the batch', 'I do not know the command `frobnicate`'],
    ['/sentry ask', 'Ask me something'],
    ['/sentry ask 👍', 'Ask me something'],
    ['/sentry status', 'Which batch?'],
  ])('%s is answered to the asker alone: %s', async (line, expected) => {
    desk = await startDesk();
    const before = rootOf(SUPPORT).length;
    await desk.slack.command(ALICE, SUPPORT, line);
    await desk.settled();
    expect(rootOf(SUPPORT)).toHaveLength(before);
    expect(privateOnes().map(shown).join()).toContain(expected);
    expect(desk.agent.questions).toEqual([]);
  });

  it('follows up in the thread of a command without a mention', async () => {
    desk = await startDesk();
    await desk.slack.command(ALICE, SUPPORT, '/sentry ask how is derivatives doing?');
    await desk.settled();
    const root = rootOf(SUPPORT).at(-1)?.ts ?? '';
    desk.slack.postAs(ALICE, SUPPORT, 'what about final?', { threadTs: root });
    await desk.settled();
    expect(repliesOf(desk.slack, SUPPORT, root)).toHaveLength(2);
    expect(desk.agent.questions[1]?.context?.phase).toBe('PRELIM');
    expect(desk.agent.questions[1]?.turns[0]).toEqual({ by: 'person', text: 'how is derivatives doing?' });
  });
});

describe('where SENTRY may not post', () => {
  it('answers the asker alone, with how to invite it', async () => {
    desk = await startDesk();
    await desk.slack.command(ALICE, RANDOM, '/sentry ask how is derivatives doing?');
    await desk.settled();
    const told = privateOnes();
    expect(shown(told.at(-1))).toContain('PARTIAL_FAILURE');
    expect(shown(told.at(-1))).toContain('/invite @sentry');
    expect(told.filter((message) => shown(message).includes('PARTIAL_FAILURE'))).toHaveLength(1);
    expect(desk.agent.questions).toHaveLength(1);
  });

  it('writes to the asker directly when the response address has expired', async () => {
    const agent = createFakeAsk(async function* (question, signal) {
      desk.slack.faults.expireResponseUrls();
      yield* ordinary()(question, signal);
    });
    desk = await startDesk('socket', agent);
    await desk.slack.command(ALICE, RANDOM, '/sentry ask how is derivatives doing?');
    await desk.settled();
    const direct = desk.slack.state.directChannel(ALICE, 'U0SENTRY01');
    expect((desk.slack.state.messages.get(direct.id) ?? []).map(shown).join()).toContain('PARTIAL_FAILURE');
    expect(callsOf(desk.slack, 'chat.postMessage').filter((call) => call.ok)).toHaveLength(1);
  });
});
