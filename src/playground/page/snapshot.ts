import type { FakeSlack } from '../slack/start-fake-slack.ts';
import type { Change, SlackMessage } from '../slack/types.ts';
import type { PageEvent, PageMessage, Snapshot } from './protocol.ts';

/** Everything that `me` sees now. */
export function snapshotFor(slack: FakeSlack, me: string): Snapshot {
  const { state } = slack;
  const channels = [...state.channels.values()].filter((channel) => channel.members.includes(me));
  const ids = new Set(channels.map((channel) => channel.id));
  const home = state.homes.get(me);
  const view = [...state.views.values()].findLast((one) => one.user === me);
  return {
    me,
    team: { id: state.team.id, name: state.team.name },
    botUserId: state.bot.id,
    people: [...state.users.values()].filter((user) => !user.botId).map((user) => user.id),
    users: [
      ...[...state.users.values()].map(({ id, name, realName, title, color, botId }) => ({
        id,
        name,
        realName,
        title,
        color,
        isBot: botId !== undefined,
      })),
      { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot', title: '', color: '#64748b', isBot: true },
    ],
    channels: channels.map(({ id, name, kind, topic, members }) => ({ id, name, kind, topic, members })),
    messages: [
      ...channels.flatMap((channel) => state.messages.get(channel.id) ?? []),
      ...state.ephemerals.filter((message) => message.onlyFor === me),
    ].map((message) => pageMessage(slack, message)),
    statuses: [...state.statuses.values()].filter(
      (one) => ids.has(one.channel) && state.statusOf(one.channel, one.threadTs),
    ),
    sessions: [...state.sessions].map(([key, status]) => {
      const [channel = '', threadTs = ''] = key.split(':');
      return { channel, threadTs, status };
    }),
    prompts: Object.fromEntries([...state.prompts].filter(([channel]) => ids.has(channel))),
    home: home ? { id: home.id, view: home.view } : null,
    view: view ? { id: view.id, view: view.view } : null,
    commands: state.app.commands,
    shortcuts: state.app.shortcuts ?? [],
    connected: slack.connected(),
    now: state.now(),
    clock: slack.clock && { ticks: !slack.clock.frozen },
    timeZone: state.users.get(me)?.timeZone ?? 'UTC',
  };
}

/** A change as `me` sees it; undefined when it is none of theirs. */
export function eventFor(slack: FakeSlack, me: string, change: Change): PageEvent | undefined {
  const sees = (channel: string) => slack.state.channels.get(channel)?.members.includes(me) === true;
  switch (change.type) {
    case 'message':
    case 'message_changed':
      return sees(change.message.channel)
        ? { type: 'message', message: pageMessage(slack, change.message) }
        : undefined;
    case 'ephemeral':
      return change.message.onlyFor === me
        ? { type: 'message', message: pageMessage(slack, change.message) }
        : undefined;
    case 'message_deleted':
      return sees(change.channel) ? { type: 'message_deleted', channel: change.channel, ts: change.ts } : undefined;
    case 'ephemeral_deleted':
      return change.user === me ? { type: 'message_deleted', channel: change.channel, ts: change.ts } : undefined;
    case 'status': {
      const { type: _type, ...status } = change;
      return sees(change.channel) ? { type: 'status', status } : undefined;
    }
    case 'session':
    case 'prompts':
      return sees(change.channel) ? change : undefined;
    case 'view':
      return change.user === me
        ? { type: 'view', view: change.view ? { id: change.view.id, view: change.view.view } : null }
        : undefined;
    case 'home':
      return change.user === me ? { type: 'home', view: { id: change.view.id, view: change.view.view } } : undefined;
    case 'members':
    case 'connection':
    case 'clock':
      return change;
  }
}

function pageMessage(slack: FakeSlack, message: SlackMessage): PageMessage {
  const { state } = slack;
  const files = (message.files ?? []).flatMap((id) => {
    const file = state.files.get(id);
    if (!file) return [];
    const { name, title, mimetype } = file;
    return [
      { id, name, title, mimetype, alt: file.alt_text ?? title, url: `/files/${id}/${encodeURIComponent(name)}` },
    ];
  });
  return {
    channel: message.channel,
    ts: message.ts,
    ...(message.thread_ts ? { threadTs: message.thread_ts } : {}),
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    text: message.text,
    ...(message.blocks ? { blocks: message.blocks } : {}),
    files,
    reactions: message.reactions,
    edited: message.edited !== undefined && message.user !== state.bot.id,
    ephemeral: message.onlyFor !== undefined,
    ...(message.inviteTo ? { inviteTo: message.inviteTo } : {}),
    streaming: state.streams.get(`${message.channel}:${message.ts}`)?.open === true,
  };
}
