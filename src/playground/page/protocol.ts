import type { Json } from '../slack/types.ts';
import type { MessageShortcut, SlashCommand } from '../slack/workspace.ts';

/** A message as the page draws it. */
export interface PageMessage {
  channel: string;
  ts: string;
  threadTs?: string;
  subtype?: string;
  user: string;
  text: string;
  blocks?: Json[];
  files: { id: string; name: string; title: string; mimetype: string; alt: string; url: string }[];
  reactions: { name: string; users: string[] }[];
  edited: boolean;
  /** Only the viewer sees it. */
  ephemeral: boolean;
  /** Set: offers to invite the bot to this channel. */
  inviteTo?: string;
  /** The app is still writing it. */
  streaming: boolean;
}

export interface PageUser {
  id: string;
  name: string;
  realName: string;
  title: string;
  color: string;
  isBot: boolean;
}

export interface PageChannel {
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'im';
  topic: string;
  members: string[];
}

export interface PageStatus {
  channel: string;
  threadTs: string;
  status: string;
  loadingMessages: string[];
}

export interface PageView {
  id: string;
  view: Json;
}

/** All that one person sees. */
export interface Snapshot {
  me: string;
  team: { id: string; name: string };
  botUserId: string;
  people: string[];
  users: PageUser[];
  channels: PageChannel[];
  messages: PageMessage[];
  statuses: PageStatus[];
  sessions: { channel: string; threadTs: string; status: string }[];
  prompts: Record<string, { title: string; prompts: { title: string; message: string }[] }>;
  home: PageView | null;
  view: PageView | null;
  commands: SlashCommand[];
  shortcuts: MessageShortcut[];
  connected: boolean;
  /** The workspace's clock, milliseconds since 1970: not always the browser's. */
  now: number;
  /** That clock, where the viewer may move it on; null where not. */
  clock: { ticks: boolean } | null;
  /** Where the viewer is, IANA name. */
  timeZone: string;
}

/** What the page is told while it is open. */
export type PageEvent =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'message'; message: PageMessage }
  | { type: 'message_deleted'; channel: string; ts: string }
  | { type: 'status'; status: PageStatus }
  | { type: 'session'; channel: string; threadTs: string; status: string }
  | { type: 'prompts'; channel: string; title: string; prompts: { title: string; message: string }[] }
  | { type: 'home'; view: PageView }
  | { type: 'view'; view: PageView | null }
  | { type: 'members'; channel: string; members: string[] }
  | { type: 'connection'; connected: boolean }
  | { type: 'clock'; now: number };

/** How far the clock goes on: a while, or to the next time that it says 07:00. */
export type ClockMove = '10 min' | '1 h' | '07:00';

/** What a person does on the page; `as` is who they are. */
export type PageAction = { as: string } & (
  | { do: 'post'; channel: string; text: string; threadTs?: string }
  | { do: 'edit'; channel: string; ts: string; text: string }
  | { do: 'delete'; channel: string; ts: string }
  | { do: 'react'; channel: string; ts: string; name: string }
  | { do: 'act'; channel: string; ts: string; action: Json }
  | { do: 'actInView'; view: string; action: Json }
  | { do: 'shortcut'; channel: string; ts: string; callbackId: string }
  | { do: 'submit'; view: string; values: Json }
  | { do: 'close'; view: string }
  | { do: 'home'; tab: 'home' | 'messages' }
  | { do: 'stop'; channel: string; threadTs: string }
  | { do: 'invite'; channel: string }
  | { do: 'clock'; move: ClockMove }
);

export interface ActionResult {
  ok: boolean;
  error?: string;
  errors?: Record<string, string>;
}
