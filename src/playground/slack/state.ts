import { EventEmitter } from 'node:events';
import { newId } from './ids.ts';
import { composeText } from './text.ts';
import type {
  ApiCall,
  AssistantStatus,
  Changes,
  SlackChannel,
  SlackFile,
  SlackMessage,
  SlackStream,
  SlackUser,
  SlackView,
} from './types.ts';
import type { SeededMessage, Workspace } from './workspace.ts';

/** A status that nobody cleared goes away after this long, as in Slack. */
export const STATUS_LIFETIME_MS = 120_000;

export type NewMessage = Omit<SlackMessage, 'type' | 'ts' | 'reactions'>;

/** Everything that the workspace knows. Methods keep it consistent and tell `changes`; they check no permissions. */
export class SlackState {
  readonly team: Workspace['team'];
  readonly app: Workspace['app'];
  readonly bot: SlackUser & { botId: string };
  readonly users = new Map<string, SlackUser>();
  readonly userGroups: NonNullable<Workspace['userGroups']>;
  readonly channels = new Map<string, SlackChannel>();
  /** By channel, oldest first. */
  readonly messages = new Map<string, SlackMessage[]>();
  /** Ephemeral messages, oldest first. */
  readonly ephemerals: SlackMessage[] = [];
  readonly files = new Map<string, SlackFile>();
  readonly streams = new Map<string, SlackStream>();
  readonly statuses = new Map<string, AssistantStatus>();
  readonly sessions = new Map<string, string>();
  readonly prompts = new Map<string, { title: string; prompts: { title: string; message: string }[] }>();
  readonly titles = new Map<string, string>();
  readonly views = new Map<string, SlackView>();
  readonly homes = new Map<string, SlackView>();
  readonly calls: ApiCall[] = [];
  readonly changes: Changes = new EventEmitter();
  readonly now: () => number;
  #lastTs = 0;

  constructor(workspace: Workspace, now: () => number) {
    this.now = now;
    this.team = workspace.team;
    this.app = workspace.app;
    this.userGroups = workspace.userGroups ?? [];
    this.changes.setMaxListeners(0);
    for (const user of workspace.users) this.users.set(user.id, user);
    const bot = this.users.get(workspace.app.botUserId);
    if (!bot?.botId) throw new Error('the workspace names no bot user for its app');
    this.bot = { ...bot, botId: bot.botId };
    for (const channel of workspace.channels) {
      this.channels.set(channel.id, {
        ...channel,
        members: [...channel.members],
        created: Math.floor(now() / 1000) - 86_400 * 90,
      });
      this.messages.set(channel.id, []);
    }
    this.#seed(workspace.messages);
  }

  /** The next timestamp: unique in the workspace and never going back. */
  nextTs(at = this.now()): string {
    const micros = Math.max(at * 1000, this.#lastTs + 1);
    this.#lastTs = micros;
    return tsOf(micros);
  }

  find(channel: string, ts: string): SlackMessage | undefined {
    return this.messages.get(channel)?.find((message) => message.ts === ts);
  }

  findEphemeral(channel: string, ts: string): SlackMessage | undefined {
    return this.ephemerals.find((message) => message.channel === channel && message.ts === ts);
  }

  /** Root and replies, oldest first; empty when there is no such root. */
  thread(channel: string, rootTs: string): SlackMessage[] {
    return (this.messages.get(channel) ?? []).filter(
      (message) => message.ts === rootTs || message.thread_ts === rootTs,
    );
  }

  replies(message: SlackMessage): SlackMessage[] {
    return (this.messages.get(message.channel) ?? []).filter(
      (one) => one.thread_ts === message.ts && one.ts !== message.ts,
    );
  }

  add(fields: NewMessage): SlackMessage {
    const message: SlackMessage = { ...fields, type: 'message', ts: this.nextTs(), reactions: [] };
    if (message.onlyFor) {
      this.ephemerals.push(message);
      this.changes.emit('change', { type: 'ephemeral', message });
      return message;
    }
    this.messages.get(message.channel)?.push(message);
    this.changes.emit('change', { type: 'message', message });
    return message;
  }

  touch(message: SlackMessage): void {
    this.changes.emit(
      'change',
      message.onlyFor ? { type: 'ephemeral', message } : { type: 'message_changed', message },
    );
  }

  remove(message: SlackMessage): void {
    const list = message.onlyFor ? this.ephemerals : (this.messages.get(message.channel) ?? []);
    const at = list.indexOf(message);
    if (at >= 0) list.splice(at, 1);
    const { channel, ts } = message;
    this.changes.emit(
      'change',
      message.onlyFor
        ? { type: 'ephemeral_deleted', channel, ts, user: message.onlyFor }
        : { type: 'message_deleted', channel, ts, threadTs: message.thread_ts },
    );
  }

  isMember(channel: SlackChannel, user: string): boolean {
    return channel.members.includes(user);
  }

  join(channel: SlackChannel, user: string): void {
    if (!channel.members.includes(user)) channel.members.push(user);
    this.changes.emit('change', { type: 'members', channel: channel.id, members: [...channel.members] });
  }

  leave(channel: SlackChannel, user: string): void {
    channel.members = channel.members.filter((member) => member !== user);
    this.changes.emit('change', { type: 'members', channel: channel.id, members: [...channel.members] });
  }

  /** The direct conversation of two people, made when there is none. */
  directChannel(one: string, other: string): SlackChannel {
    const found = [...this.channels.values()].find(
      (channel) => channel.kind === 'im' && channel.members.includes(one) && channel.members.includes(other),
    );
    if (found) return found;
    const channel: SlackChannel = {
      id: newId('D'),
      name: this.users.get(one)?.name ?? one,
      kind: 'im',
      topic: '',
      members: [one, other],
      created: Math.floor(this.now() / 1000),
    };
    this.channels.set(channel.id, channel);
    this.messages.set(channel.id, []);
    return channel;
  }

  setStatus(channel: string, threadTs: string, status: string, loadingMessages: string[] = []): void {
    const key = `${channel}:${threadTs}`;
    if (status) this.statuses.set(key, { channel, threadTs, status, loadingMessages, setAt: this.now() });
    else if (!this.statuses.delete(key)) return;
    this.changes.emit('change', { type: 'status', channel, threadTs, status, loadingMessages });
  }

  /** The status of a thread, unless it has outlived Slack's two minutes. */
  statusOf(channel: string, threadTs: string): AssistantStatus | undefined {
    const status = this.statuses.get(`${channel}:${threadTs}`);
    return status && this.now() - status.setAt < STATUS_LIFETIME_MS ? status : undefined;
  }

  #seed(messages: readonly SeededMessage[]): void {
    const start = this.now();
    const minute = 60_000;
    for (const seeded of messages) {
      const root = this.#insert(seeded.channel, seeded.by, seeded.text, start - seeded.minutesAgo * minute);
      root.reactions = structuredClone(seeded.reactions ?? []);
      for (const reply of seeded.replies ?? []) {
        root.thread_ts = root.ts;
        const message = this.#insert(seeded.channel, reply.by, reply.text, start - reply.minutesAgo * minute);
        message.thread_ts = root.ts;
      }
    }
    for (const list of this.messages.values()) list.sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  #insert(channel: string, by: string, text: string, at: number): SlackMessage {
    const user = this.users.get(by);
    const message: SlackMessage = {
      type: 'message',
      channel,
      ts: tsOf(at * 1000 + (this.messages.get(channel)?.length ?? 0) + 1),
      user: by,
      text: composeText(this, text),
      reactions: [],
    };
    if (user?.botId) {
      message.subtype = 'bot_message';
      message.bot_id = user.botId;
      message.username = user.name;
    }
    this.messages.get(channel)?.push(message);
    return message;
  }
}

function tsOf(micros: number): string {
  const whole = Math.floor(micros);
  return `${Math.floor(whole / 1_000_000)}.${String(whole % 1_000_000).padStart(6, '0')}`;
}
