import type { Args } from '../args.ts';
import type { Methods } from '../context.ts';
import { SlackFailure } from '../failure.ts';
import type { SlackMessage } from '../types.ts';
import { wireChannel, wireMessage } from '../wire-forms.ts';
import { needChannel, needMembership, page } from './lookup.ts';

export const conversationsMethods: Methods = {
  'conversations.info': (args, { state }) => {
    const channel = needChannel(state, args.need('channel'));
    if (channel.kind !== 'channel' && !state.isMember(channel, state.bot.id))
      throw new SlackFailure('channel_not_found');
    return { channel: wireChannel(state, channel) };
  },

  'conversations.list': (args, { state }) => {
    const types = (args.text('types') ?? 'public_channel').split(',');
    const kinds: Record<string, string> = { public_channel: 'channel', private_channel: 'group', im: 'im' };
    const wanted = new Set(types.map((type) => kinds[type.trim()]));
    const visible = [...state.channels.values()].filter(
      (channel) => wanted.has(channel.kind) && (channel.kind === 'channel' || state.isMember(channel, state.bot.id)),
    );
    const { items, cursor } = page(visible, args, 100);
    return {
      channels: items.map((channel) => wireChannel(state, channel)),
      response_metadata: { next_cursor: cursor },
    };
  },

  'conversations.members': (args, { state }) => {
    const channel = needChannel(state, args.need('channel'));
    const { items, cursor } = page(channel.members, args, 100);
    return { members: items, response_metadata: { next_cursor: cursor } };
  },

  'conversations.join': (args, { state }) => {
    const channel = needChannel(state, args.need('channel'));
    if (channel.kind !== 'channel') throw new SlackFailure('method_not_supported_for_channel_type');
    state.join(channel, state.bot.id);
    return { channel: wireChannel(state, channel) };
  },

  'conversations.open': (args, { state }) => {
    const id = args.text('channel');
    if (id) return { channel: wireChannel(state, needChannel(state, id)) };
    const people = args.need('users').split(',');
    const [user] = people;
    if (people.length !== 1 || !user || !state.users.has(user)) throw new SlackFailure('user_not_found');
    const channel = state.directChannel(user, state.bot.id);
    return {
      no_op: true,
      already_open: true,
      channel: args.flag('return_im') ? wireChannel(state, channel) : { id: channel.id },
    };
  },

  'conversations.history': (args, { state }) => {
    const channel = needMembership(state, args.need('channel'));
    const all = state.messages.get(channel.id) ?? [];
    const roots = all.filter(
      (message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === 'thread_broadcast',
    );
    const { items, hasMore, cursor } = page(between(roots, args).toReversed(), args, 100);
    const metadata = args.flag('include_all_metadata');
    return {
      messages: items.map((message) => wireMessage(state, message, { metadata })),
      has_more: hasMore,
      pin_count: 0,
      response_metadata: { next_cursor: cursor },
    };
  },

  'conversations.replies': (args, { state }) => {
    const channel = needMembership(state, args.need('channel'));
    const ts = args.need('ts');
    const found = state.find(channel.id, ts);
    const rootTs = found?.thread_ts ?? ts;
    const thread = state.thread(channel.id, rootTs);
    const [root, ...replies] = thread;
    if (!root) throw new SlackFailure('thread_not_found');
    const kept = root.ts === rootTs ? [root, ...between(replies, args)] : between(thread, args);
    const { items, hasMore, cursor } = page(kept, args, 1000);
    const metadata = args.flag('include_all_metadata');
    return {
      messages: items.map((message) => wireMessage(state, message, { metadata })),
      has_more: hasMore,
      response_metadata: { next_cursor: cursor },
    };
  },
};

function between(messages: readonly SlackMessage[], args: Args): SlackMessage[] {
  const oldest = Number(args.text('oldest') ?? 0);
  const latest = Number(args.text('latest') ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(oldest)) throw new SlackFailure('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new SlackFailure('invalid_ts_latest');
  const inclusive = args.flag('inclusive');
  return messages.filter((message) => {
    const ts = Number(message.ts);
    return inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
  });
}
