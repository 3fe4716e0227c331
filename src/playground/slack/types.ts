import type { EventEmitter } from 'node:events';

/** A JSON object as it travels. */
export type Json = Record<string, unknown>;

export interface SlackUser {
  id: string;
  /** The handle, without `@`. */
  name: string;
  realName: string;
  title: string;
  /** Set for bots. */
  botId?: string;
  appId?: string;
  /** Background of the drawn avatar, CSS colour. */
  color: string;
  timeZone: string;
  /** Set for guests of the workspace: of several channels, or of one. */
  guest?: 'restricted' | 'ultra_restricted';
  /** Set for people of another organisation: the id of their workspace. */
  homeTeam?: string;
}

export interface SlackChannel {
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'im';
  topic: string;
  members: string[];
  /** Set where another organisation is in it: the id of its workspace. */
  sharedWith?: string;
  /** Seconds since 1970. */
  created: number;
}

export interface SlackFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  alt_text?: string;
  size: number;
  created: number;
  user: string;
  content: Buffer | null;
}

/** Metadata that an app attaches to its message and reads back with the thread. */
export interface MessageMetadata {
  event_type: string;
  event_payload: Json;
}

/** A message, in the words of the wire. What the wire computes (reply counts) is not stored. */
export interface SlackMessage {
  type: 'message';
  subtype?: string;
  channel: string;
  ts: string;
  user: string;
  text: string;
  bot_id?: string;
  app_id?: string;
  username?: string;
  client_msg_id?: string;
  thread_ts?: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: MessageMetadata;
  edited?: { user: string; ts: string };
  files?: string[];
  reactions: { name: string; users: string[] }[];
  /** Ephemeral messages: the one person who sees it. */
  onlyFor?: string;
  /** Ephemeral messages that offer to invite the bot, as Slackbot does. */
  inviteTo?: string;
}

/** A message that is still being written by `chat.appendStream`. */
export interface SlackStream {
  channel: string;
  ts: string;
  startedAt: number;
  characters: number;
  open: boolean;
}

export interface AssistantStatus {
  channel: string;
  threadTs: string;
  status: string;
  loadingMessages: string[];
  setAt: number;
}

export interface SlackView {
  id: string;
  hash: string;
  type: 'modal' | 'home';
  user: string;
  view: Json;
  rootId: string;
  previousId: string | null;
}

/** What the page and the tests are told when something changes. */
export type Change =
  | { type: 'message'; message: SlackMessage }
  | { type: 'message_changed'; message: SlackMessage }
  | { type: 'message_deleted'; channel: string; ts: string; threadTs?: string }
  | { type: 'ephemeral'; message: SlackMessage }
  | { type: 'ephemeral_deleted'; channel: string; ts: string; user: string }
  | { type: 'status'; channel: string; threadTs: string; status: string; loadingMessages: string[] }
  | { type: 'session'; channel: string; threadTs: string; status: string }
  | { type: 'prompts'; channel: string; title: string; prompts: { title: string; message: string }[] }
  | { type: 'view'; user: string; view: SlackView | null }
  | { type: 'home'; user: string; view: SlackView }
  | { type: 'members'; channel: string; members: string[] }
  | { type: 'connection'; connected: boolean }
  | { type: 'clock'; now: number };

export interface ChangeEvents {
  change: [Change];
}
export type Changes = EventEmitter<ChangeEvents>;

/** One call of the Web API, kept for tests. */
export interface ApiCall {
  method: string;
  args: Json;
  at: number;
  ok: boolean;
  error?: string;
}
