import { afterEach, describe, expect, it } from 'vitest';
import {
  ALERTBOT,
  ALICE,
  BOB,
  BOT,
  callsOf,
  type Desk,
  DM,
  INCIDENT,
  type Mode,
  repliesOf,
  SUPPORT,
  shown,
  startDesk,
} from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

describe.each<Mode>(['socket', 'http'])('a mention over %s', (mode) => {
  it('is answered once in its thread, in the place of the working message', async () => {
    desk = await startDesk(mode);
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    const replies = repliesOf(desk.slack, SUPPORT, asked.ts);
    expect(replies).toHaveLength(1);
    expect(shown(replies[0])).toContain('PARTIAL_FAILURE');
    expect(replies[0]?.metadata?.event_type).toBe('sentry_answer');
    expect(desk.agent.questions.map((question) => question.text)).toEqual(['how is derivatives doing?']);
    expect(callsOf(desk.slack, 'chat.startStream')).toHaveLength(1);
    expect(callsOf(desk.slack, 'chat.postMessage')).toHaveLength(0);
  });
});

describe('where SENTRY answers', () => {
  it('answers a direct message in its thread, and the follow-up with the context of its own answer', async () => {
    desk = await startDesk();
    const asked = desk.slack.postAs(ALICE, DM, 'how is derivatives doing?');
    await desk.settled();
    desk.slack.postAs(ALICE, DM, 'what about final?', { threadTs: asked.ts });
    await desk.settled();
    expect(repliesOf(desk.slack, DM, asked.ts)).toHaveLength(2);
    const [first, second] = desk.agent.questions;
    expect(first?.context).toBeNull();
    expect(second?.context).toMatchObject({ essential: 'TB-Derivatives', phase: 'PRELIM' });
    expect(second?.turns.map((turn) => turn.by)).toEqual(['person', 'sentry']);
  });

  it('answers a reply without a mention in a thread that was put to it, with context', async () => {
    desk = await startDesk();
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    desk.slack.postAs(BOB, SUPPORT, 'and the EMEA slices of intercompany?', { threadTs: asked.ts });
    await desk.settled();
    expect(repliesOf(desk.slack, SUPPORT, asked.ts)).toHaveLength(2);
    expect(desk.agent.questions[1]?.context?.essential).toBe('TB-Derivatives');
  });

  it.each([
    ['thanks, rerunning now', 'asks nothing'],
    ['👍', 'asks nothing'],
    ['@bob can you look at this?', 'addresses another person'],
  ])('leaves "%s" in its own thread alone: it %s', async (text) => {
    desk = await startDesk();
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    desk.slack.postAs(ALICE, SUPPORT, text, { threadTs: asked.ts });
    await desk.settled();
    expect(repliesOf(desk.slack, SUPPORT, asked.ts)).toHaveLength(1);
  });

  it('does not spam an incident thread: it answers the mention and no later question there', async () => {
    desk = await startDesk();
    const incident = desk.slack.postAs(ALICE, INCIDENT, 'Derivatives is late, opening an incident');
    desk.slack.postAs(ALICE, INCIDENT, 'is anybody on it?', { threadTs: incident.ts });
    await desk.settled();
    expect(repliesOf(desk.slack, INCIDENT, incident.ts)).toHaveLength(0);
    desk.slack.postAs(BOB, INCIDENT, '@sentry what failed?', { threadTs: incident.ts });
    await desk.settled();
    desk.slack.postAs(BOB, INCIDENT, 'who restarts it?', { threadTs: incident.ts });
    await desk.settled();
    expect(repliesOf(desk.slack, INCIDENT, incident.ts)).toHaveLength(1);
    const [question] = desk.agent.questions;
    expect(question?.context).toMatchObject({ essential: 'TB-Derivatives', fromTalk: true });
    expect(question?.turns.map(({ text }) => text)).toEqual([
      'Derivatives is late, opening an incident',
      'is anybody on it?',
    ]);
  });

  it('called without a word under an alert, it is asked about the alert', async () => {
    desk = await startDesk();
    const alert = desk.slack.postAs(ALERTBOT, INCIDENT, 'TB-Derivatives PRELIM failed', { raw: true });
    desk.slack.postAs(BOB, INCIDENT, '@sentry', { threadTs: alert.ts });
    await desk.settled();
    const [question] = desk.agent.questions;
    expect(question).toMatchObject({ text: 'Why?', context: { essential: 'TB-Derivatives', phase: 'PRELIM' } });
    const chat = desk.slack.postAs(ALICE, INCIDENT, 'lunch?');
    desk.slack.postAs(BOB, INCIDENT, '@sentry', { threadTs: chat.ts });
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(1);
    expect(shown(repliesOf(desk.slack, INCIDENT, chat.ts)[0])).toContain('I found no question in that');
  });

  it('leaves messages in a channel alone that are not for it, and those of other bots', async () => {
    desk = await startDesk();
    desk.slack.postAs(ALICE, SUPPORT, 'how is derivatives doing?');
    desk.slack.postAs(ALERTBOT, INCIDENT, `<@${BOT}> derivatives failed, status?`, { raw: true });
    await desk.settled();
    expect(desk.agent.questions).toEqual([]);
  });

  it('leaves an edit and a deletion alone', async () => {
    desk = await startDesk();
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    desk.slack.editMessage(ALICE, SUPPORT, asked.ts, '@sentry how is SNU doing?');
    await desk.settled();
    desk.slack.deleteMessage(ALICE, SUPPORT, asked.ts);
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(1);
  });

  it('goes on in a thread whose root is gone, with what is there', async () => {
    desk = await startDesk();
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    desk.slack.deleteMessage(ALICE, SUPPORT, asked.ts);
    desk.slack.postAs(ALICE, SUPPORT, 'what about final?', { threadTs: asked.ts });
    await desk.settled();
    expect(desk.agent.questions[1]?.context?.essential).toBe('TB-Derivatives');
    expect(repliesOf(desk.slack, SUPPORT, asked.ts)).toHaveLength(2);
  });

  it('explains itself when a mention asks nothing, without troubling the agent', async () => {
    desk = await startDesk();
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry :wave: \u0007');
    await desk.settled();
    const replies = repliesOf(desk.slack, SUPPORT, asked.ts);
    expect(replies).toHaveLength(1);
    expect(shown(replies[0])).toContain('/sentry ask');
    expect(desk.agent.questions).toEqual([]);
  });

  it('offers questions to whoever opens the conversation with it', async () => {
    desk = await startDesk();
    desk.slack.openHome(ALICE);
    await desk.settled();
    expect([...desk.slack.state.prompts.values()][0]?.prompts.length).toBeGreaterThan(1);
  });
});

describe('what Slack delivers twice', () => {
  it('reads somebody else’s thread once, however often its questions are delivered', async () => {
    desk = await startDesk();
    const incident = desk.slack.postAs(ALICE, INCIDENT, 'Derivatives is late, opening an incident');
    await desk.settled();
    const before = callsOf(desk.slack, 'conversations.replies').length;
    desk.slack.faults.duplicateEvents(2);
    desk.slack.postAs(BOB, INCIDENT, 'which task failed?', { threadTs: incident.ts });
    await desk.settled();
    desk.slack.postAs(BOB, INCIDENT, 'and who restarts it?', { threadTs: incident.ts });
    await desk.settled();
    expect(callsOf(desk.slack, 'conversations.replies').length - before).toBe(1);
    expect(desk.agent.questions).toEqual([]);
  });

  it('gives one answer when events are delivered again', async () => {
    desk = await startDesk();
    desk.slack.faults.duplicateEvents(4);
    desk.slack.faults.loseAcks(1);
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    expect(repliesOf(desk.slack, SUPPORT, asked.ts)).toHaveLength(1);
    expect(desk.agent.questions).toHaveLength(1);
  });
});
