import type { Context, Methods } from '../context.ts';
import { invalidArguments, SlackFailure } from '../failure.ts';
import type { NewMessage } from '../state.ts';
import type { SlackChannel } from '../types.ts';
import { wireMessage } from '../wire-forms.ts';
import { type Content, needSomething, readContent } from './content.ts';
import { needChannel, needMembership, needOwnMessage } from './lookup.ts';

/** Writes as the app's bot. */
export function botMessage(context: Context, channel: string, content: Partial<Content>): NewMessage {
  const { bot, app } = context.state;
  return {
    channel,
    user: bot.id,
    bot_id: bot.botId,
    app_id: app.id,
    text: content.text ?? '',
    ...(content.blocks?.length ? { blocks: content.blocks } : {}),
    ...(content.attachments?.length ? { attachments: content.attachments } : {}),
    ...(content.metadata ? { metadata: content.metadata } : {}),
  };
}

/** The root of the thread that is replied to. A reply's own ts stands for its root. */
export function threadRoot(context: Context, channel: SlackChannel, ts: string | undefined): string | undefined {
  if (ts === undefined) return undefined;
  if (!/^\d+\.\d{6}$/.test(ts)) throw invalidArguments('thread_ts must be a message timestamp');
  const root = context.state.find(channel.id, ts);
  if (!root) throw new SlackFailure('thread_not_found');
  return root.thread_ts ?? root.ts;
}

export const chatMethods: Methods = {
  'chat.postMessage': (args, context) => {
    const channel = needMembership(context.state, args.need('channel'), { people: true });
    const content = readContent(args);
    needSomething(content);
    const thread = threadRoot(context, channel, args.text('thread_ts'));
    const broadcast = thread !== undefined && args.flag('reply_broadcast');
    const message = context.conversation.post({
      ...botMessage(context, channel.id, content),
      ...(thread ? { thread_ts: thread } : {}),
      ...(broadcast ? { subtype: 'thread_broadcast' } : {}),
    });
    return { channel: channel.id, ts: message.ts, message: wireMessage(context.state, message, { metadata: true }) };
  },

  'chat.postEphemeral': (args, context) => {
    const channel = needMembership(context.state, args.need('channel'));
    const user = args.need('user');
    if (!context.state.users.has(user)) throw new SlackFailure('user_not_found');
    if (!channel.members.includes(user)) throw new SlackFailure('user_not_in_channel');
    const content = readContent(args);
    needSomething(content);
    const thread = threadRoot(context, channel, args.text('thread_ts'));
    const message = context.conversation.post({
      ...botMessage(context, channel.id, content),
      ...(thread ? { thread_ts: thread } : {}),
      onlyFor: user,
    });
    return { message_ts: message.ts };
  },

  'chat.update': (args, context) => {
    const channel = needChannel(context.state, args.need('channel'));
    const message = needOwnMessage(context.state, channel, args.need('ts'), 'cant_update_message');
    if (context.state.streams.get(`${channel.id}:${message.ts}`)?.open)
      throw new SlackFailure('streaming_state_conflict');
    const content = readContent(args);
    const says = content.text !== undefined || content.blocks !== undefined || content.attachments !== undefined;
    if (!says && content.metadata === undefined) throw new SlackFailure('no_text');
    context.conversation.change(message, (changed) => {
      if (content.text !== undefined) changed.text = content.text;
      // Text without blocks replaces the blocks; neither keeps them.
      if (content.blocks !== undefined) changed.blocks = content.blocks;
      else if (content.text !== undefined) delete changed.blocks;
      if (content.attachments !== undefined) changed.attachments = content.attachments;
      if (content.metadata !== undefined) changed.metadata = content.metadata;
      if (content.blocks === undefined) changed.edited = { user: context.state.bot.id, ts: context.state.nextTs() };
    });
    return {
      channel: channel.id,
      ts: message.ts,
      text: message.text,
      message: wireMessage(context.state, message, { metadata: true }),
    };
  },

  'chat.delete': (args, context) => {
    const channel = needChannel(context.state, args.need('channel'));
    const message = needOwnMessage(context.state, channel, args.need('ts'), 'cant_delete_message');
    context.conversation.delete(message);
    return { channel: channel.id, ts: message.ts };
  },

  'chat.getPermalink': (args, context) => {
    const channel = needChannel(context.state, args.need('channel'));
    const message = context.state.find(channel.id, args.need('message_ts'));
    if (!message) throw new SlackFailure('message_not_found');
    return {
      channel: channel.id,
      permalink: `${context.url()}/archives/${channel.id}/p${message.ts.replace('.', '')}`,
    };
  },
};
