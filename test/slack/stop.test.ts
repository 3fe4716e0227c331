import { afterEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/agent/answer.ts';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import { ALICE, BOB, BOT, callsOf, type Desk, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

const VERDICT = 'TB-Derivatives PRELIM for 2026-02-13 is PARTIAL_FAILURE: 1 of 6 slices failed.';

/** An agent that reads for as long as nobody stops it, and tells what it did after that. */
function tireless({ verdict }: { verdict: boolean }) {
  const done: string[] = [];
  const agent = createFakeAsk(async function* (_question, signal): AsyncGenerator<AgentEvent> {
    yield { type: 'step', id: 's1', title: 'Reading everything', status: 'in_progress' };
    if (verdict) yield { type: 'verdict', verdict: VERDICT };
    while (!signal.aborted) {
      done.push('query');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    done.push('aborted');
  });
  return { done, agent };
}

async function ask(text = '@sentry how is derivatives?'): Promise<{ root: string; working: string }> {
  const root = desk.slack.postAs(ALICE, SUPPORT, text).ts;
  const working = await desk.slack.waitForMessage(
    (message) =>
      message.user === BOT && message.thread_ts === root && /Reading everything|Working on it/.test(shown(message)),
  );
  return { root, working: working.ts };
}

describe.each(['streamed', 'edited'])('Stop, while a message is %s', (how) => {
  async function open(agent: ReturnType<typeof createFakeAsk>) {
    desk = await startDesk('socket', agent);
    if (how === 'edited') desk.slack.faults.fail('chat.startStream', 'unknown_method');
  }

  it('on the message ends the work at once, and says by whom and what was known', async () => {
    const { agent, done } = tireless({ verdict: true });
    await open(agent);
    const { root, working } = await ask();
    await desk.slack.waitForMessage((message) => message.ts === working && shown(message).includes('1 of 6 slices'));
    await desk.slack.clickButton(BOB, SUPPORT, working, { text: 'Stop' });
    await desk.settled();
    const replies = repliesOf(desk.slack, SUPPORT, root);
    expect(replies).toHaveLength(1);
    const said = shown(replies[0]);
    for (const part of ['Stopped', BOB, '1 of 6 slices failed', 'Ask again']) expect(said).toContain(part);
    expect(said).not.toContain('Working on it');
    expect(done.at(-1)).toBe('aborted');
    const queries = done.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(done).toHaveLength(queries);
  });

  it("of Slack's own ends all that is being worked on in the thread, also what waits for its turn", async () => {
    const { agent } = tireless({ verdict: false });
    await open(agent);
    const { root } = await ask();
    desk.slack.postAs(ALICE, SUPPORT, '@sentry and final?', { threadTs: root });
    await desk.slack.waitFor(
      (state) => state.thread(SUPPORT, root).filter((message) => message.user === BOT).length === 2,
    );
    await desk.slack.waitFor((state) => state.sessions.get(`${SUPPORT}:${root}`) === 'processing');
    desk.slack.stopSession(ALICE, SUPPORT, root);
    await desk.settled();
    const replies = repliesOf(desk.slack, SUPPORT, root);
    expect(replies.map((reply) => shown(reply).includes('Stopped'))).toEqual([true, true]);
    expect(desk.agent.questions.length).toBeLessThanOrEqual(2);
    expect(desk.slack.state.sessions.get(`${SUPPORT}:${root}`)).toBe('active');
  });

  it('offers to ask again, which does', async () => {
    let first = true;
    const { agent } = tireless({ verdict: false });
    const answering = createFakeAsk((question, signal) => {
      if (!first) return ordinary()(question, signal);
      first = false;
      return agent.ask(question, { signal });
    });
    await open(answering);
    const { root, working } = await ask();
    await desk.slack.clickButton(ALICE, SUPPORT, working, { text: 'Stop' });
    await desk.settled();
    await desk.slack.clickButton(ALICE, SUPPORT, working, { text: 'Ask again' });
    await desk.settled();
    expect(answering.questions.map((question) => question.text)).toEqual([
      'how is derivatives?',
      'how is derivatives?',
    ]);
    const last = repliesOf(desk.slack, SUPPORT, root).at(-1);
    expect(shown(last)).toContain('PARTIAL_FAILURE');
  });
});

describe('Stop', () => {
  it('that comes too late changes nothing', async () => {
    desk = await startDesk();
    const root = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?').ts;
    await desk.settled();
    const before = repliesOf(desk.slack, SUPPORT, root).map(shown);
    desk.slack.stopSession(ALICE, SUPPORT, root);
    await desk.settled();
    expect(repliesOf(desk.slack, SUPPORT, root).map(shown)).toEqual(before);
  });

  it('ends no question but the one it belongs to', async () => {
    const { agent } = tireless({ verdict: false });
    const first = { asked: false };
    desk = await startDesk(
      'socket',
      createFakeAsk((question, signal) => {
        if (first.asked) return ordinary()(question, signal);
        first.asked = true;
        return agent.ask(question, { signal });
      }),
      { app: { timing: { updateGapMs: 20, questionMs: 60_000 } } },
    );
    const { root, working } = await ask();
    const other = desk.slack.postAs(BOB, SUPPORT, '@sentry how is collateral?').ts;
    await desk.slack.waitForMessage(
      (message) => message.thread_ts === other && shown(message).includes('PARTIAL_FAILURE'),
    );
    await desk.slack.clickButton(ALICE, SUPPORT, working, { text: 'Stop' });
    await desk.settled();
    expect(shown(repliesOf(desk.slack, SUPPORT, root)[0])).toContain('Stopped');
    expect(shown(repliesOf(desk.slack, SUPPORT, other)[0])).toContain('PARTIAL_FAILURE');
  });

  it('leaves nothing of it in a private answer, which cannot be changed', async () => {
    desk = await startDesk();
    desk.slack.faults.fail('chat.startStream', 'not_in_channel');
    desk.slack.faults.fail('chat.postMessage', 'not_in_channel');
    desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives?');
    await desk.settled();
    expect(desk.slack.state.ephemerals.map(shown).join()).not.toContain('sentry_stop');
    expect(callsOf(desk.slack, 'files.completeUploadExternal')).toEqual([]);
  });
});
