import { describe, expect, it } from 'vitest';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { decide } from '../../src/slack/incoming-message.ts';
import { parseCommand } from '../../src/slack/listeners/commands/parse-command.ts';
import { hasWords, mentionedUsers, personText } from '../../src/slack/message-text.ts';
import { answerMetadata, readThread } from '../../src/slack/thread-context.ts';
import { CONTEXT } from './fake-ask.ts';

const self = { userId: 'U0SENTRY', botId: 'B0SENTRY', teamId: 'T0', enterpriseId: null, name: 'sentry' };
const names = createEssentialNames();
const message = (more: object) => ({
  channel: 'C1',
  ts: '5.0',
  user: 'U0ALICE',
  text: 'hi',
  channel_type: 'channel',
  ...more,
});

describe("a person's words", () => {
  it.each([
    ['<@U0SENTRY> how is <@U0BOB|bob> &amp; co?', 'how is @U0BOB & co?'],
    ['<#C123|ops> <!here> <!subteam^S1|@desk>', '#ops @here @desk'],
    ['see <https://x.example/a?b=1|the page> or <https://y.example>', 'see the page or https://y.example'],
    ['&lt;!channel&gt; a &lt; b', '<!channel> a < b'],
    ['how\u0000 is\u202E it', 'how is it'],
  ])('%s', (raw, said) => {
    expect(personText(raw, self.userId)).toBe(said);
  });

  it('have letters or digits in them, or there is nothing to answer', () => {
    expect(['👍', ':tada:', '', '?!', '...'].filter(hasWords)).toEqual([]);
    expect(['SNU', '6G', '状態'].filter(hasWords)).toHaveLength(3);
  });

  it('name the users that they mention', () => {
    expect(mentionedUsers('<@U0SENTRY> and <@W0BOB|bob>')).toEqual(['U0SENTRY', 'W0BOB']);
  });
});

describe('whether a message is answered', () => {
  const kindOf = (more: object, options?: object) => decide(message(more), self, names, options).kind;

  it.each([
    ['a mention', { text: '<@U0SENTRY> status?' }, 'answer'],
    ['a mention in a thread', { text: '<@U0SENTRY> status?', thread_ts: '1.0' }, 'answer'],
    ['a mention with a file', { text: '<@U0SENTRY> status?', subtype: 'file_share' }, 'answer'],
    ['a direct message', { text: 'status of SNU', channel_type: 'im' }, 'answer'],
    ['a direct reply that closes', { text: 'thanks!', channel_type: 'im', thread_ts: '1.0' }, 'ignore'],
    ['a channel message', { text: 'status of SNU?' }, 'ignore'],
    ['a question in a thread', { text: 'what about final?', thread_ts: '1.0' }, 'if_ours'],
    ['a question to somebody else', { text: '<@U0BOB> what about final?', thread_ts: '1.0' }, 'ignore'],
    ['a question to everybody', { text: '<!here> what about final?', thread_ts: '1.0' }, 'ignore'],
    ['a remark in a thread', { text: 'rerunning now', thread_ts: '1.0' }, 'ignore'],
    ['another bot', { text: '<@U0SENTRY> status?', bot_id: 'B9' }, 'ignore'],
    ['a bot_message', { text: '<@U0SENTRY> status?', subtype: 'bot_message' }, 'ignore'],
    ['itself', { text: '<@U0SENTRY> status?', user: 'U0SENTRY' }, 'ignore'],
    ['Slackbot', { text: '<@U0SENTRY> status?', user: 'USLACKBOT' }, 'ignore'],
    ['nobody', { text: '<@U0SENTRY> status?', user: undefined }, 'ignore'],
    ['an edit', { text: '<@U0SENTRY> status?', edited: { user: 'U0ALICE', ts: '6.0' } }, 'ignore'],
    ['message_changed', { subtype: 'message_changed', text: '<@U0SENTRY> x?' }, 'ignore'],
    ['message_deleted', { subtype: 'message_deleted', channel_type: 'im' }, 'ignore'],
    ['a join', { subtype: 'channel_join', text: '<@U0SENTRY> has joined' }, 'ignore'],
  ])('%s: %s → %s', (_what, more, kind) => {
    expect(kindOf(more)).toBe(kind);
  });

  it('believes Slack that it was mentioned', () => {
    expect(kindOf({ text: 'status?' }, { mentioned: true })).toBe('answer');
  });
});

describe('a thread', () => {
  const answer = (ts: string, context: typeof CONTEXT | null, ours = true) => ({
    ts,
    user: self.userId,
    bot_id: self.botId,
    text: 'the verdict',
    metadata: answerMetadata('ref', context, ours),
  });
  const root = { ts: '1.0', user: 'U0ALICE', text: '<@U0SENTRY> how is SNU?' };

  it('gives the context of the latest answer that has one', () => {
    const later = { ...CONTEXT, essential: 'SNU' };
    const memory = readThread([root, answer('2.0', CONTEXT), answer('3.0', later), answer('4.0', null)], '1.0', self);
    expect(memory.context).toEqual(later);
  });

  it.each([
    ['of another bot', { bot_id: 'B9', user: 'U9' }],
    ['of a person', { bot_id: undefined, user: 'U0ALICE' }],
  ])('does not believe metadata %s', (_whose, author) => {
    expect(readThread([root, { ...answer('2.0', CONTEXT), ...author }], '1.0', self).context).toBeNull();
  });

  it.each([
    'not json',
    '{}',
    JSON.stringify({ ...CONTEXT, slices: 'x' }),
    JSON.stringify({ ...CONTEXT, phase: 'MANUAL' }),
  ])('takes broken context for none: %s', (context) => {
    const broken = { ...answer('2.0', null), metadata: { event_type: 'sentry_answer', event_payload: { context } } };
    expect(readThread([root, broken], '1.0', self).context).toBeNull();
  });

  it('belongs to SENTRY when its root is its own or was put to it', () => {
    const ours = (first: object) =>
      readThread([{ ts: '1.0', text: 'x', ...first }, answer('2.0', null, false)], '1.0', self).ours;
    expect(ours({ user: 'U0ALICE', text: 'hey <@U0SENTRY>, status?' })).toBe(true);
    expect(ours({ user: self.userId, bot_id: self.botId })).toBe(true);
    expect(ours({ user: 'U0ALICE', text: 'derivatives is late' })).toBe(false);
    expect(ours({ bot_id: 'B9', text: '<@U0SENTRY> alert' })).toBe(false);
  });

  it('whose root is gone belongs to whom SENTRY noted', () => {
    const gone = { ts: '1.0', user: 'USLACKBOT', subtype: 'tombstone', text: 'This message was deleted.' };
    expect(readThread([gone, answer('2.0', CONTEXT, true)], '1.0', self)).toMatchObject({
      ours: true,
      context: CONTEXT,
    });
    expect(readThread([answer('2.0', CONTEXT, false)], '1.0', self).ours).toBe(false);
    expect(readThread([], '1.0', self)).toEqual({ context: null, turns: [], ours: false });
  });

  it('gives bounded turns: the root and the latest after it, without the question itself', () => {
    const chatter = Array.from({ length: 30 }, (_, index) => ({
      ts: `2.${index + 10}`,
      user: 'U0BOB',
      text: 'x'.repeat(5000),
    }));
    const inOurs = readThread([root, ...chatter, { ts: '9.0', user: 'U0ALICE', text: 'and now?' }], '1.0', self, {
      until: '9.0',
    });
    expect(inOurs.turns).toHaveLength(10);
    expect(Math.max(...inOurs.turns.map((turn) => turn.text.length))).toBeLessThanOrEqual(800);
    const incident = { ts: '1.0', user: 'U0ALICE', text: 'derivatives is late' };
    const asked = { ts: '3.0', user: 'U0BOB', text: '<@U0SENTRY> what failed?' };
    const alert = { ts: '1.5', bot_id: 'B9', attachments: [{ title: 'page', text: 'EMEA failed' }] };
    const { turns } = readThread([incident, alert, ...chatter, asked, answer('4.0', null)], '1.0', self);
    expect(turns).toHaveLength(10);
    expect(turns[0]).toEqual({ by: 'person', text: 'derivatives is late' });
    expect(turns.slice(-2)).toEqual([
      { by: 'person', text: 'what failed?' },
      { by: 'sentry', text: 'the verdict' },
    ]);
    expect(readThread([incident, alert], '1.0', self).turns[1]).toEqual({ by: 'app', text: 'page\nEMEA failed' });
  });

  it('carries a context of any allowed size within what Slack takes', () => {
    const huge = { ...CONTEXT, slices: Array.from({ length: 200 }, () => 'x'.repeat(300)) };
    expect(JSON.stringify(answerMetadata('r', huge, true)).length).toBeLessThan(16_000);
  });
});

describe('/sentry', () => {
  it.each([
    ['ask how is SNU?', { kind: 'question', question: 'how is SNU?' }],
    ['  ASK   how is SNU? ', { kind: 'question', question: 'how is SNU?' }],
    ['status derivatives final friday', { kind: 'question', question: 'status of derivatives final friday' }],
    ['', { kind: 'help', lead: null }],
    ['help', { kind: 'help', lead: null }],
    [
      'ask',
      {
        kind: 'usage',
        lead: expect.stringContaining('Ask me something'),
        usage: [expect.stringContaining('/sentry ask')],
      },
    ],
    ['status', { kind: 'usage', lead: 'Which batch?', usage: [expect.stringContaining('/sentry status')] }],
    ['<x> `y`', { kind: 'help', lead: expect.stringContaining('`&lt;x&gt;`') }],
  ])('%j', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
});
