import type { Json } from './types.ts';

/** Something that Slack hands to the app: an event, a slash command or an interaction. */
export interface Envelope {
  id: string;
  kind: 'events_api' | 'slash_commands' | 'interactive';
  payload: Json;
}

/** What became of one attempt. `reason` is in Slack's words. */
export type Outcome =
  | { ok: true; response: unknown }
  | { ok: false; reason: 'http_timeout' | 'http_error' | 'connection_failed' };

/** One way to reach the app: sockets that it opened, or requests to its address. */
export interface Transport {
  send(envelope: Envelope, attempt: number, reason: string): Promise<Outcome>;
  connected(): boolean;
  stop(): Promise<void>;
}
