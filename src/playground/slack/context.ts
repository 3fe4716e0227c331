import type { Args } from './args.ts';
import type { Conversation } from './conversation.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Faults } from './faults.ts';
import type { Interactions } from './interactions.ts';
import type { SlackState } from './state.ts';
import type { Json } from './types.ts';

/** What Web API methods work with. */
export interface Context {
  state: SlackState;
  faults: Faults;
  dispatcher: Dispatcher;
  conversation: Conversation;
  interactions: Interactions;
  /** Address of this server, without a slash at the end. */
  url: () => string;
  /** Path of a socket that may be opened once; undefined where events go over HTTP. */
  newSocketTicket: (() => string) | undefined;
}

/** One Web API method: what it answers beside `ok: true`. Throws SlackFailure. */
export type Method = (args: Args, context: Context) => Json;
export type Methods = Record<string, Method>;
