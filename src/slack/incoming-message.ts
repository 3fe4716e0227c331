import { z } from 'zod';
import type { EssentialNames } from '../batch/essential-names.ts';
import { asksSomething, isClosing } from './asks-something.ts';
import type { Self } from './identity.ts';
import { mentionedUsers, mentionsGroup, personText } from './message-text.ts';

/** A message event, as far as it is used. What is missing or odd makes it one that is not answered. */
export const IncomingMessage = z.object({
  channel: z.string(),
  ts: z.string(),
  user: z.string().optional(),
  team: z.string().optional(),
  user_team: z.string().optional(),
  text: z.string().optional(),
  thread_ts: z.string().optional(),
  channel_type: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  hidden: z.boolean().optional(),
  edited: z.unknown().optional(),
  parent_user_id: z.string().optional(),
});
export type IncomingMessage = z.infer<typeof IncomingMessage>;

export type Decision =
  | { kind: 'ignore'; why: string }
  /** Answered in `threadTs`. `opens`: the message itself is the root, hence the thread belongs to SENTRY. */
  | { kind: 'answer'; user: string; question: string; threadTs: string; opens: boolean }
  /** Answered when its thread belongs to SENTRY, which only the thread can tell. */
  | { kind: 'if_ours'; user: string; question: string; threadTs: string };

/** Kinds of messages that somebody writes; every other subtype is an edit, a deletion or Slack itself. */
const WRITTEN = new Set(['file_share', 'thread_broadcast', 'me_message', 'bot_message']);

/**
 * Whether and where a message is answered, as far as the message alone can tell. Pure. Slack delivers a mention twice, as
 * `app_mention` and as `message`, in any order: both come here and mean the same. `mentioned`: Slack itself said so.
 * `isNamed`: the policy names this user; another bot is heard only then, and only where it mentions SENTRY.
 */
export function decide(
  message: IncomingMessage,
  self: Self,
  names: Pick<EssentialNames, 'find'>,
  { mentioned: told = false, isNamed = (_user: string): boolean => false } = {},
): Decision {
  const strange = notMeantToBeRead(message, self);
  if (strange !== null) return { kind: 'ignore', why: strange };
  // A webhook has no user, only the id of its bot.
  const user = (message.user ?? message.bot_id) as string;
  const text = message.text ?? '';
  const question = personText(text, self.userId);
  const mentioned = mentionedUsers(text);
  const threadTs = message.thread_ts ?? message.ts;
  const opens = threadTs === message.ts;
  const addressed = told || mentioned.includes(self.userId);
  const byBot = message.bot_id !== undefined || message.subtype === 'bot_message';
  if (byBot && !(addressed && isNamed(user))) return { kind: 'ignore', why: 'written by a bot' };

  if (message.channel_type === 'im' || message.channel.startsWith('D')) {
    if (!opens && isClosing(question)) return { kind: 'ignore', why: 'asks nothing' };
    return { kind: 'answer', user, question, threadTs, opens: true };
  }
  if (addressed) return { kind: 'answer', user, question, threadTs, opens };
  if (opens) return { kind: 'ignore', why: 'not addressed to SENTRY' };
  if (mentioned.length > 0 || mentionsGroup(text)) return { kind: 'ignore', why: 'addresses somebody else' };
  if (!asksSomething(question, names)) return { kind: 'ignore', why: 'asks nothing' };
  return { kind: 'if_ours', user, question, threadTs };
}

function notMeantToBeRead(message: IncomingMessage, self: Self): string | null {
  if (message.subtype !== undefined && !WRITTEN.has(message.subtype)) return message.subtype;
  if (message.hidden === true) return 'hidden';
  if (message.edited !== undefined) return 'edited';
  if ((message.user ?? message.bot_id) === undefined || message.user === 'USLACKBOT') return 'written by no person';
  return message.user === self.userId || message.bot_id === self.botId ? 'written by SENTRY' : null;
}
