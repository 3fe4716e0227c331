import type { SlackState } from './state.ts';
import type { Json, SlackChannel, SlackFile, SlackMessage, SlackUser } from './types.ts';

/** A message as the Web API and events show it. Metadata is given only where it was asked for. */
export function wireMessage(state: SlackState, message: SlackMessage, options: { metadata?: boolean } = {}): Json {
  const { channel: _channel, onlyFor: _onlyFor, inviteTo: _inviteTo, metadata, files, reactions, ...rest } = message;
  const wire: Json = { ...rest, team: state.users.get(rest.user)?.homeTeam ?? state.team.id };
  if (rest.subtype === 'bot_message') delete wire.user;
  if (rest.bot_id && rest.subtype !== 'bot_message') wire.bot_profile = botProfile(state, rest.user);
  if (metadata && options.metadata) wire.metadata = metadata;
  if (files) {
    wire.files = files.flatMap((id) => {
      const file = state.files.get(id);
      return file ? [wireFile(file)] : [];
    });
  }
  if (reactions.length > 0) wire.reactions = reactions.map((one) => ({ ...one, count: one.users.length }));
  const replies = state.replies(message);
  if (replies.length > 0) {
    const people = [...new Set(replies.map((reply) => reply.user))];
    Object.assign(wire, {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users_count: people.length,
      reply_users: people.slice(0, 5),
      latest_reply: replies.at(-1)?.ts,
      is_locked: false,
      subscribed: false,
    });
  } else if (message.thread_ts && message.thread_ts !== message.ts) {
    const root = state.find(message.channel, message.thread_ts);
    if (root) wire.parent_user_id = root.user;
  }
  return wire;
}

function botProfile(state: SlackState, userId: string): Json {
  const user = state.users.get(userId);
  return {
    id: user?.botId,
    app_id: user?.appId,
    name: user?.realName,
    deleted: false,
    team_id: state.team.id,
    updated: 0,
    icons: {},
  };
}

export function wireUser(state: SlackState, user: SlackUser): Json {
  const isBot = user.botId !== undefined;
  return {
    id: user.id,
    team_id: user.homeTeam ?? state.team.id,
    name: user.name,
    deleted: false,
    color: user.color.replace('#', ''),
    real_name: user.realName,
    tz: user.timeZone,
    tz_label: user.timeZone,
    tz_offset: 0,
    is_admin: false,
    is_restricted: user.guest !== undefined,
    is_ultra_restricted: user.guest === 'ultra_restricted',
    ...(user.homeTeam ? { is_stranger: true } : {}),
    is_bot: isBot,
    is_app_user: false,
    updated: 0,
    profile: {
      title: user.title,
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: isBot ? '' : user.name,
      display_name_normalized: isBot ? '' : user.name,
      team: state.team.id,
      ...(isBot ? { bot_id: user.botId, api_app_id: user.appId } : {}),
    },
  };
}

export function wireChannel(state: SlackState, channel: SlackChannel): Json {
  if (channel.kind === 'im') {
    return {
      id: channel.id,
      created: channel.created,
      is_im: true,
      is_org_shared: false,
      is_archived: false,
      user: channel.members.find((member) => member !== state.bot.id),
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created: channel.created,
    creator: channel.members[0],
    context_team_id: state.team.id,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'group',
    is_archived: false,
    is_general: false,
    is_shared: channel.sharedWith !== undefined,
    is_ext_shared: channel.sharedWith !== undefined,
    is_org_shared: false,
    is_pending_ext_shared: false,
    shared_team_ids: [state.team.id, ...(channel.sharedWith ? [channel.sharedWith] : [])],
    is_member: state.isMember(channel, state.bot.id),
    num_members: channel.members.length,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

export function wireFile(file: SlackFile): Json {
  const { content: _content, ...rest } = file;
  return {
    ...rest,
    filetype: file.name.split('.').at(-1) ?? '',
    mode: 'hosted',
    url_private: `/files/${file.id}/${encodeURIComponent(file.name)}`,
  };
}
