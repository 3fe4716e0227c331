import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type Grant, type Policy } from '../../src/access/policy.ts';
import { nightDesk, type Workspace } from '../../src/playground/slack/workspace.ts';
import type { Turned } from '../../src/slack/admission.ts';
import { createFakeAsk } from './fake-ask.ts';
import { ALERTBOT, ALICE, BOB, BOT, callsOf, type Desk, DM, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

const GUEST = 'U0GUEST001';
const STRANGER = 'U0STRANGE1';
const SHARED = 'C0SHARED01';
const person = { title: '', color: '#333333', timeZone: 'America/New_York' };
const workspace: Workspace = {
  ...nightDesk,
  users: [
    ...nightDesk.users,
    { ...person, id: GUEST, name: 'gus', realName: 'Gus Guest', guest: 'restricted' },
    { ...person, id: STRANGER, name: 'strange', realName: 'Sam Stranger', homeTeam: 'T0PARTNER1' },
  ],
  channels: [
    ...nightDesk.channels.map((channel) =>
      channel.id === SUPPORT ? { ...channel, members: [...channel.members, GUEST, STRANGER] } : channel,
    ),
    {
      id: SHARED,
      name: 'with-partner',
      kind: 'channel',
      topic: '',
      members: [ALICE, STRANGER, BOT],
      sharedWith: 'T0PARTNER1',
    },
  ],
  userGroups: [{ id: 'S0SRE00001', handle: 'sre', users: [ALICE] }],
};

let desk: Desk;
let turned: Turned[];
afterEach(() => desk.stop());

async function start(policy: Partial<Policy> = {}): Promise<void> {
  turned = [];
  desk = await startDesk('socket', createFakeAsk(), {
    slack: { workspace },
    app: { policy: () => ({ ...DEFAULT_POLICY, ...policy }), onTurned: (one) => turned.push(one) },
  });
}

const only = (...essentials: string[]): Grant => ({ essentials, features: '*' });
const toldTo = (user: string) => desk.slack.state.ephemerals.filter(({ onlyFor }) => onlyFor === user).map(shown);

/** Mentions SENTRY; what it wrote in the thread, and what it told the person alone. */
async function mention(user: string, channel: string): Promise<{ answers: number; told: string[] }> {
  const { ts } = desk.slack.postAs(user, channel, '@sentry how is derivatives doing?');
  await desk.settled();
  return { answers: repliesOf(desk.slack, channel, ts).length, told: toldTo(user) };
}

describe('without a policy', () => {
  it.each([
    ['a guest', GUEST, SUPPORT, 'you are a guest', 'guest'],
    ['a stranger', STRANGER, SUPPORT, 'you belong to another organisation', 'stranger'],
    ['a member in a shared channel', ALICE, SHARED, 'shared with another organisation', 'shared_channel'],
    ['a stranger in a shared channel', STRANGER, SHARED, 'you belong to another organisation', 'stranger'],
  ])('%s is told privately why nothing is answered, and whom to ask', async (_who, user, channel, words, reason) => {
    await start();
    const { answers, told } = await mention(user, channel);
    expect(answers).toBe(0);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(words);
    expect(told[0]).toContain('whoever runs SENTRY here');
    expect(desk.agent.questions).toEqual([]);
    expect(turned).toEqual([
      { user, channel, feature: 'ask', reason, question: expect.stringContaining('how is derivatives doing?') },
    ]);
  });

  it('a member is answered, and Slack is asked once for many questions', async () => {
    await start();
    expect((await mention(ALICE, SUPPORT)).answers).toBe(1);
    expect((await mention(ALICE, SUPPORT)).answers).toBe(1);
    expect(callsOf(desk.slack, 'users.info')).toHaveLength(1);
    expect(callsOf(desk.slack, 'conversations.info')).toHaveLength(1);
    expect(callsOf(desk.slack, 'usergroups.users.list')).toEqual([]);
  });

  it('another bot gets nothing, not even a word', async () => {
    await start();
    expect(await mention(ALERTBOT, SUPPORT)).toEqual({ answers: 0, told: [] });
    expect(desk.agent.questions).toEqual([]);
  });

  it('another bot that the policy names is answered where it mentions SENTRY, and nowhere else', async () => {
    await start({ users: { B0ALERT001: { essentials: '*', features: ['ask'] } } });
    expect((await mention(ALERTBOT, SUPPORT)).answers).toBe(1);
    desk.slack.postAs(ALERTBOT, SUPPORT, 'derivatives failed, status?', { raw: true });
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(1);
  });

  it('a command, a button and the help are no way around it', async () => {
    await start();
    await desk.slack.command(GUEST, SUPPORT, '/sentry ask how is derivatives doing?');
    await desk.slack.command(GUEST, SUPPORT, '/sentry health');
    await desk.settled();
    expect(desk.agent.questions).toEqual([]);
    const { ts } = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    const answer = repliesOf(desk.slack, SUPPORT, ts)[0];
    await desk.slack.clickButton(GUEST, SUPPORT, answer?.ts ?? '', { actionId: 'sentry_ask:0' });
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(1);
    expect(toldTo(GUEST)).toHaveLength(3);
  });

  it('who keeps knocking is told a few times and then no more', async () => {
    await start();
    for (let turn = 0; turn < 7; turn += 1) await mention(GUEST, SUPPORT);
    expect(toldTo(GUEST)).toHaveLength(5);
    expect(turned).toHaveLength(7);
  });
});

describe('where Slack does not tell', () => {
  it('answers a member without users:read, by the workspace that came with the event, and no stranger', async () => {
    await start();
    desk.slack.faults.fail('users.info', 'missing_scope', { times: 10 });
    expect((await mention(ALICE, SUPPORT)).answers).toBe(1);
    await desk.slack.command(BOB, SUPPORT, '/sentry ask how is derivatives doing?');
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(2);
    expect((await mention(STRANGER, SUPPORT)).answers).toBe(0);
  });

  it('answers without channels:read where the event says that the channel is not shared', async () => {
    await start();
    desk.slack.faults.fail('conversations.info', 'missing_scope', { times: 10 });
    expect((await mention(ALICE, SUPPORT)).answers).toBe(1);
    expect((await mention(ALICE, SHARED)).answers).toBe(0);
    await desk.slack.command(ALICE, SUPPORT, '/sentry ask how is derivatives doing?');
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(1);
    expect(turned.map(({ reason }) => reason)).toEqual(['shared_channel', 'unknown']);
  });

  it('says so, and answers once Slack tells again', async () => {
    await start();
    desk.slack.faults.failHttp('users.info', { times: 2 });
    const first = await mention(ALICE, SUPPORT);
    expect(first.answers).toBe(0);
    expect(first.told.join()).toContain('Slack could not tell me just now who may read this');
    expect((await mention(ALICE, SUPPORT)).answers).toBe(1);
  });

  it('is not put off by one failure', async () => {
    await start();
    desk.slack.faults.failHttp('users.info');
    desk.slack.faults.failHttp('conversations.info');
    expect((await mention(ALICE, SUPPORT)).answers).toBe(1);
  });
});

describe('with a policy', () => {
  it('a channel without anything gets nothing, and the denial names the contact', async () => {
    await start({ contact: 'the batch desk <!channel>', channels: { [SUPPORT]: only() } });
    const { answers, told } = await mention(ALICE, SUPPORT);
    expect(answers).toBe(0);
    expect(told.join()).toContain('not open in this channel');
    expect(told.join()).toContain('the batch desk');
    expect(told.join()).not.toContain('<!channel>');
    desk.slack.postAs(ALICE, DM, 'how is derivatives doing?');
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(1);
  });

  it('hands the agent what the channel and the person may see', async () => {
    await start({
      channels: { [SUPPORT]: only('SNU', 'UPC') },
      users: { '*': only() },
      groups: { S0SRE00001: only('SNU') },
    });
    await mention(ALICE, SUPPORT);
    const [options] = desk.agent.options;
    expect(['SNU', 'UPC', 'TB-Derivatives'].map((name) => options?.sight?.allows(name))).toEqual([true, false, false]);
    expect(options?.sight?.denial('UPC')).toContain('UPC is not open to you.');
    expect(options?.sight?.denial('TB-Derivatives')).toContain('TB-Derivatives is not open in this channel.');
    expect(options?.asker).toMatchObject({ user: ALICE, channel: SUPPORT });
    expect((await mention(BOB, SUPPORT)).answers).toBe(0);
  });

  it('lists no batch in the help that is not open', async () => {
    await start({ channels: { [SUPPORT]: only('SNU') } });
    await desk.slack.command(ALICE, SUPPORT, '/sentry help');
    const { ts } = desk.slack.postAs(ALICE, SUPPORT, '@sentry 👍');
    await desk.settled();
    const helps = [...toldTo(ALICE), ...repliesOf(desk.slack, SUPPORT, ts).map(shown)];
    expect(helps).toHaveLength(2);
    for (const help of helps) {
      expect(help).toContain('Batches I know: SNU"');
      expect(help).not.toContain('Securities');
    }
  });

  it('lets a guest and a shared channel in that are named', async () => {
    await start({ channels: { [SHARED]: only('SNU') }, users: { [STRANGER]: only('SNU') } });
    expect((await mention(ALICE, SHARED)).answers).toBe(1);
    expect((await mention(STRANGER, SHARED)).answers).toBe(1);
    expect((await mention(GUEST, SUPPORT)).answers).toBe(0);
  });
});

describe('too many questions', () => {
  it('are answered with when to ask again, privately', async () => {
    await start({ limits: { person: { questions: 2, minutes: 10 }, channel: { questions: 3, minutes: 10 } } });
    expect((await mention(ALICE, SUPPORT)).answers).toBe(1);
    expect((await mention(ALICE, SUPPORT)).answers).toBe(1);
    const third = await mention(ALICE, SUPPORT);
    expect(third.answers).toBe(0);
    expect(third.told.join()).toMatch(/You have asked a lot in a short time. Please ask again in \d minutes/);
    expect((await mention(BOB, SUPPORT)).answers).toBe(1);
    expect((await mention(BOB, SUPPORT)).told.join()).toContain('This channel has asked a lot');
    expect(desk.agent.questions).toHaveLength(3);
    desk.slack.postAs(BOB, 'D0BOB00001', 'how is derivatives doing?');
    await desk.settled();
    expect(desk.agent.questions).toHaveLength(4);
  });
});
