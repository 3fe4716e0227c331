import type { SlackChannel, SlackUser } from './types.ts';

/** A message that is there when the workspace opens. */
export interface SeededMessage {
  channel: string;
  by: string;
  /** As a person types it: mentions as `@name`. */
  text: string;
  minutesAgo: number;
  reactions?: { name: string; users: string[] }[];
  /** Replies, oldest first. */
  replies?: { by: string; text: string; minutesAgo: number }[];
}

export interface SlashCommand {
  name: string;
  description: string;
  /** What may follow the name: shown while typing. */
  usages: { text: string; description: string }[];
}

/** What the app offers on every message. */
export interface MessageShortcut {
  callbackId: string;
  name: string;
}

export interface Workspace {
  team: { id: string; name: string; domain: string };
  /** The app under test: its bot user is one of `users`. */
  app: { id: string; botUserId: string; commands: SlashCommand[]; shortcuts?: MessageShortcut[] };
  users: SlackUser[];
  channels: Omit<SlackChannel, 'created'>[];
  userGroups?: { id: string; handle: string; users: string[] }[];
  messages: SeededMessage[];
}

const TIME_ZONE = 'America/New_York';

/** The workspace of the playground: a support desk in the middle of a night. */
export const nightDesk: Workspace = {
  team: { id: 'T0NIGHTDSK', name: 'Night Desk', domain: 'night-desk' },
  app: {
    id: 'A0SENTRY01',
    botUserId: 'U0SENTRY01',
    shortcuts: [{ callbackId: 'sentry_investigate', name: 'Investigate with SENTRY' }],
    commands: [
      {
        name: '/sentry',
        description: 'Ask about last night’s batches',
        usages: [
          { text: 'ask', description: 'a question in your own words: how is derivatives doing?' },
          { text: 'status', description: 'a batch, then prelim or final, then a date' },
          { text: 'help', description: 'what SENTRY can do' },
        ],
      },
    ],
  },
  users: [
    {
      id: 'U0ALICE001',
      name: 'alice',
      realName: 'Alice Moreau',
      title: 'Site reliability',
      color: '#7c4dbd',
      timeZone: TIME_ZONE,
    },
    {
      id: 'U0BOB00001',
      name: 'bob',
      realName: 'Bob Tanaka',
      title: 'Derivatives technology',
      color: '#0b7a75',
      timeZone: TIME_ZONE,
    },
    {
      id: 'U0CAROL001',
      name: 'carol',
      realName: 'Carol Osei',
      title: 'Batch support',
      color: '#c2410c',
      timeZone: TIME_ZONE,
    },
    {
      id: 'U0ALERT001',
      name: 'alertbot',
      realName: 'alertbot',
      title: 'Scheduler alerts',
      botId: 'B0ALERT001',
      appId: 'A0ALERT001',
      color: '#be123c',
      timeZone: TIME_ZONE,
    },
    {
      id: 'U0SENTRY01',
      name: 'sentry',
      realName: 'SENTRY',
      title: 'Finds why batches fail',
      botId: 'B0SENTRY01',
      appId: 'A0SENTRY01',
      color: '#1d4ed8',
      timeZone: TIME_ZONE,
    },
  ],
  channels: [
    {
      id: 'C0BATCHSUP',
      name: 'batch-support',
      kind: 'channel',
      topic: 'Overnight batches: questions, hand-overs, morning status',
      members: ['U0ALICE001', 'U0BOB00001', 'U0CAROL001', 'U0SENTRY01', 'U0ALERT001'],
    },
    {
      id: 'C0INCDERIV',
      name: 'incident-derivatives',
      kind: 'channel',
      topic: 'Derivatives prelim: incident in progress',
      members: ['U0ALICE001', 'U0BOB00001', 'U0CAROL001', 'U0SENTRY01', 'U0ALERT001'],
    },
    {
      id: 'C0RANDOM01',
      name: 'random',
      kind: 'channel',
      topic: 'Everything else',
      members: ['U0ALICE001', 'U0BOB00001', 'U0CAROL001'],
    },
    { id: 'D0ALICE001', name: 'alice', kind: 'im', topic: '', members: ['U0ALICE001', 'U0SENTRY01'] },
    { id: 'D0BOB00001', name: 'bob', kind: 'im', topic: '', members: ['U0BOB00001', 'U0SENTRY01'] },
    { id: 'D0CAROL001', name: 'carol', kind: 'im', topic: '', members: ['U0CAROL001', 'U0SENTRY01'] },
  ],
  messages: [
    {
      channel: 'C0BATCHSUP',
      by: 'U0BOB00001',
      text: 'Evening all. Change freeze is on until Monday, so *no reruns of anything shared* without a second pair of eyes.',
      minutesAgo: 412,
      reactions: [{ name: '👍', users: ['U0ALICE001', 'U0CAROL001'] }],
    },
    {
      channel: 'C0BATCHSUP',
      by: 'U0ALERT001',
      text: ':large_green_circle: Night shift started. On call: @carol, backup @bob.',
      minutesAgo: 372,
    },
    {
      channel: 'C0BATCHSUP',
      by: 'U0ALICE001',
      text: 'If something is late, please say *which slice and which run*, not only the batch name. It saves us ten questions.',
      minutesAgo: 241,
      reactions: [{ name: '🙏', users: ['U0CAROL001'] }],
    },
    {
      channel: 'C0BATCHSUP',
      by: 'U0CAROL001',
      text: 'Taking over from Priya. Hand-over says prelim was bumpy for a couple of asset classes, nothing escalated yet.',
      minutesAgo: 58,
    },
    {
      channel: 'C0BATCHSUP',
      by: 'U0ALICE001',
      text: 'Thanks Carol. Regulatory wants a status by 7, so let’s look at anything that did not finish clean.',
      minutesAgo: 55,
      replies: [
        { by: 'U0CAROL001', text: 'Yes, on it :eyes:', minutesAgo: 54 },
        {
          by: 'U0BOB00001',
          text: 'I can take derivatives if needed, the incident channel is open already.',
          minutesAgo: 51,
        },
      ],
    },
    {
      channel: 'C0BATCHSUP',
      by: 'U0BOB00001',
      text: 'By the way @sentry is in this channel now. Ask with `/sentry ask` or mention it, follow-ups work in its thread.',
      minutesAgo: 34,
    },
    {
      channel: 'C0INCDERIV',
      by: 'U0ALERT001',
      text: ':rotating_light: *Derivatives prelim*: a slice of the SLS line calculator did not finish. No automatic retry is left.',
      minutesAgo: 96,
      replies: [
        { by: 'U0BOB00001', text: 'Looking. Is this the same one as last week?', minutesAgo: 93 },
        {
          by: 'U0CAROL001',
          text: 'Not sure yet, checking which slice it was before we rerun anything.',
          minutesAgo: 90,
        },
        { by: 'U0ALICE001', text: 'Please do not rerun until we know whether the input was complete.', minutesAgo: 88 },
      ],
    },
    {
      channel: 'C0INCDERIV',
      by: 'U0BOB00001',
      text: 'Keeping the discussion in the thread above, please.',
      minutesAgo: 87,
    },
    { channel: 'C0RANDOM01', by: 'U0BOB00001', text: 'Night-shift coffee machine is fixed :tada:', minutesAgo: 170 },
    { channel: 'C0RANDOM01', by: 'U0ALICE001', text: 'You are a hero.', minutesAgo: 168 },
  ],
};
