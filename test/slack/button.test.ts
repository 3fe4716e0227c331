import { afterEach, describe, expect, it } from 'vitest';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import { ALICE, BOB, type Desk, RANDOM, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

async function asked(): Promise<string> {
  const message = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
  await desk.settled();
  return message.ts;
}

describe('suggestion buttons', () => {
  it('put their question in the same thread, with the context, as if it were typed', async () => {
    desk = await startDesk();
    const root = await asked();
    const answer = repliesOf(desk.slack, SUPPORT, root)[0];
    await desk.slack.clickButton(BOB, SUPPORT, answer?.ts ?? '', { text: 'what about final?' });
    await desk.settled();
    const [, repeated, second] = repliesOf(desk.slack, SUPPORT, root);
    expect(shown(repeated)).toContain(`<@${BOB}> asked`);
    expect(shown(repeated)).toContain('what about final?');
    expect(shown(second)).toContain('PARTIAL_FAILURE');
    expect(desk.agent.questions[1]).toMatchObject({
      text: 'what about final?',
      context: { essential: 'TB-Derivatives' },
    });
    expect(desk.agent.questions[1]?.turns.filter((turn) => turn.text === 'what about final?')).toEqual([]);
  });

  it('answer a double click once', async () => {
    desk = await startDesk();
    const root = await asked();
    const answer = repliesOf(desk.slack, SUPPORT, root)[0];
    const press = () => desk.slack.clickButton(BOB, SUPPORT, answer?.ts ?? '', { text: 'what about final?' });
    await Promise.all([press(), press()]);
    await press();
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(2);
    expect(repliesOf(desk.slack, SUPPORT, root)).toHaveLength(3);
  });

  it('offer the options of a clarification', async () => {
    const options = [
      { label: 'SNU', question: 'how is SNU doing?' },
      { label: 'SNU-Strategic', question: 'how is SNU-Strategic doing?' },
    ];
    const clarify = ordinary({
      kind: 'clarification',
      verdict: 'Which of the two do you mean?',
      status: null,
      options,
    });
    desk = await startDesk('socket', createFakeAsk(clarify));
    const root = await asked();
    const answer = repliesOf(desk.slack, SUPPORT, root)[0];
    await desk.slack.clickButton(ALICE, SUPPORT, answer?.ts ?? '', { text: 'SNU-Strategic' });
    await desk.settled();
    expect(desk.agent.questions[1]?.text).toBe('how is SNU-Strategic doing?');
  });

  it('work on a message that only the asker sees', async () => {
    desk = await startDesk();
    await desk.slack.command(ALICE, SUPPORT, '/sentry help');
    await desk.settled();
    const help = desk.slack.state.ephemerals.at(-1);
    await desk.slack.clickButton(ALICE, SUPPORT, help?.ts ?? '', { text: 'What happened last night?' });
    await desk.settled();
    expect(desk.agent.questions[0]?.text).toBe('what happened last night?');
    const root = (desk.slack.state.messages.get(SUPPORT) ?? []).findLast((message) =>
      shown(message).includes('what happened last night?'),
    );
    expect(repliesOf(desk.slack, SUPPORT, root?.ts ?? '')).toHaveLength(1);
  });

  it('work on a private answer where SENTRY may not post', async () => {
    desk = await startDesk();
    await desk.slack.command(ALICE, RANDOM, '/sentry ask how is derivatives doing?');
    await desk.settled();
    const answer = desk.slack.state.ephemerals.at(-1);
    await desk.slack.clickButton(ALICE, RANDOM, answer?.ts ?? '', { text: 'what about final?' });
    await desk.settled();
    expect(desk.agent.questions.map((question) => question.text)).toEqual([
      'how is derivatives doing?',
      'what about final?',
    ]);
  });
});
