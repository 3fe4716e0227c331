import type { Args } from '../args.ts';
import { SlackFailure } from '../failure.ts';
import type { SlackState } from '../state.ts';
import type { SlackChannel, SlackMessage } from '../types.ts';

const MAX_PAGE = 1000;

/** A conversation by id or `#name`; a person's id stands for the direct conversation where `people` allows it. */
export function needChannel(state: SlackState, id: string, options: { people?: boolean } = {}): SlackChannel {
  const byName = id.startsWith('#')
    ? [...state.channels.values()].find((channel) => channel.kind !== 'im' && `#${channel.name}` === id)
    : undefined;
  const channel = state.channels.get(id) ?? byName;
  if (channel) return channel;
  if (options.people && state.users.has(id) && id !== state.bot.id) return state.directChannel(id, state.bot.id);
  throw new SlackFailure('channel_not_found');
}

/** A conversation that the bot is in. */
export function needMembership(state: SlackState, id: string, options: { people?: boolean } = {}): SlackChannel {
  const channel = needChannel(state, id, options);
  if (state.isMember(channel, state.bot.id)) return channel;
  throw new SlackFailure(channel.kind === 'channel' ? 'not_in_channel' : 'channel_not_found');
}

/** A message of the bot's own. */
export function needOwnMessage(state: SlackState, channel: SlackChannel, ts: string, refusal: string): SlackMessage {
  const message = state.find(channel.id, ts);
  if (!message || message.subtype === 'tombstone') throw new SlackFailure('message_not_found');
  if (message.user !== state.bot.id) throw new SlackFailure(refusal);
  return message;
}

/** One page of a list, with Slack's cursors. */
export function page<T>(
  items: readonly T[],
  args: Args,
  fallback: number,
): { items: T[]; hasMore: boolean; cursor: string } {
  const limit = args.count('limit', fallback, MAX_PAGE);
  const cursor = args.text('cursor');
  const start = cursor
    ? Number(
        Buffer.from(cursor, 'base64url')
          .toString('utf8')
          .replace(/^next:/, ''),
      )
    : 0;
  if (!Number.isInteger(start) || start < 0) throw new SlackFailure('invalid_cursor');
  const hasMore = start + limit < items.length;
  return {
    items: items.slice(start, start + limit),
    hasMore,
    cursor: hasMore ? Buffer.from(`next:${start + limit}`).toString('base64url') : '',
  };
}
