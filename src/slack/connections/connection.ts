import type { App, Receiver } from '@slack/bolt';
import type { Endpoint } from '../../observability/endpoints.ts';

/** How SENTRY and Slack find each other. `apiUrl` replaces Slack's own Web API (the playground, tests). */
export type ConnectionOptions =
  | { kind: 'socket'; botToken: string; appToken: string; apiUrl?: string }
  /** Slack calls `/slack/events` on `port`; 0 takes a free one. `routes` are served beside it. */
  | {
      kind: 'http';
      botToken: string;
      signingSecret: string;
      port: number;
      apiUrl?: string;
      routes?: readonly Endpoint[];
    }
  /** A receiver of one's own. */
  | { kind: 'receiver'; botToken: string; receiver: Receiver; apiUrl?: string };

/** Where events come in. */
export interface Connection {
  receiver: Receiver;
  /** Resolves once events can arrive. */
  open(app: App): Promise<void>;
  /** Lets no further event in. Resolves in good time, whatever the other side does. */
  close(): Promise<void>;
  isConnected(): boolean;
  /** The port that is listened on, where one is. */
  port(): number | null;
}
