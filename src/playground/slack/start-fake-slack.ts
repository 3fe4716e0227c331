import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MovableClock } from '../movable-clock.ts';
import { servePage } from '../page/serve.ts';
import type { Context } from './context.ts';
import { Conversation } from './conversation.ts';
import { DEFAULT_SUBSCRIPTIONS, Dispatcher } from './dispatcher.ts';
import { Drive } from './drive.ts';
import { SlackFailure } from './failure.ts';
import { Faults } from './faults.ts';
import { readArguments, readBody, sendJson, sendText } from './http.ts';
import { HttpTransport } from './http-transport.ts';
import { Interactions } from './interactions.ts';
import { respond } from './responses.ts';
import { SocketTransport } from './socket-transport.ts';
import { SlackState } from './state.ts';
import type { SlackMessage } from './types.ts';
import { answerWebApi } from './web-api.ts';
import { nightDesk, type Workspace } from './workspace.ts';

export interface FakeSlackOptions {
  /** 0 lets the system choose. */
  port?: number;
  host?: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** How events reach the app: over sockets that it opens, or as signed requests to `url` (asked at each request). */
  delivery: 'socket' | { kind: 'http'; url: string | (() => string) };
  workspace?: Workspace;
  /** Events that the app subscribed to, by their names in the manifest. */
  subscriptions?: readonly string[];
  /** Milliseconds since 1970; messages are dated by it. */
  now?: () => number;
  /** The clock behind `now`, where people may move it on the page. */
  clock?: MovableClock | undefined;
  /** How long the app may take to acknowledge; 3 s as in Slack unless told. */
  ackTimeoutMs?: number;
  /** Pauses before the retries of an event; Slack's own unless told. */
  retryDelaysMs?: readonly number[];
}

const WAIT_MS = 10_000;

/** A Slack workspace on this machine: Web API, Socket Mode or Events API, and a page to look at it. */
export class FakeSlack extends Drive {
  /** Address of the page, without a slash at the end. */
  readonly url: string;
  /** For `SLACK_API_URL` and `slackApiUrl`. */
  readonly apiUrl: string;
  readonly state: SlackState;
  readonly faults: Faults;
  /** Null where it is nobody's to move. */
  readonly clock: MovableClock | null;
  readonly #stop: () => Promise<void>;
  readonly #dispatcher: Dispatcher;
  readonly #connected: () => boolean;

  constructor(
    context: Context,
    { url, clock, connected, stop }: Pick<FakeSlack, 'url' | 'clock' | 'connected' | 'stop'>,
  ) {
    super(context);
    this.url = url;
    this.clock = clock;
    this.apiUrl = `${url}/api/`;
    this.state = context.state;
    this.faults = context.faults;
    this.#dispatcher = context.dispatcher;
    this.#connected = connected;
    this.#stop = stop;
  }

  /** Resolves when every event is delivered or given up. */
  settled(): Promise<void> {
    return this.#dispatcher.settled();
  }

  /** Whether the app holds a socket (always true over HTTP). */
  connected(): boolean {
    return this.#connected();
  }

  /** Resolves once `find` finds something, asked at every change. Rejects after `timeoutMs`. */
  async waitFor<T>(find: (state: SlackState) => T | undefined | false | null, timeoutMs = WAIT_MS): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const look = () => {
      const found = find(this.state);
      if (found) resolve(found);
    };
    const timer = setTimeout(() => reject(new Error(`nothing found within ${timeoutMs} ms`)), timeoutMs);
    this.state.changes.on('change', look);
    try {
      look();
      return await promise;
    } finally {
      clearTimeout(timer);
      this.state.changes.off('change', look);
    }
  }

  /** The first message (ephemeral ones included) that `matches`. */
  waitForMessage(matches: (message: SlackMessage) => boolean, timeoutMs = WAIT_MS): Promise<SlackMessage> {
    return this.waitFor((state) => [...state.messages.values(), state.ephemerals].flat().find(matches), timeoutMs);
  }

  /** Moves the clock on and tells every open page. False where it cannot be moved there. */
  moveClock(to: number): boolean {
    if (this.clock?.moveTo(to) !== true) return false;
    this.state.changes.emit('change', { type: 'clock', now: this.state.now() });
    return true;
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

/** Starts the workspace. Rejects when the port is taken. */
export async function startFakeSlack(options: FakeSlackOptions): Promise<FakeSlack> {
  const state = new SlackState(options.workspace ?? nightDesk, options.clock?.now ?? options.now ?? Date.now);
  const faults = new Faults(state);
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000;
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'internal_error', detail: String(error) });
      else response.destroy();
    });
  });
  const { delivery } = options;
  const sockets = delivery === 'socket' ? new SocketTransport(server, state, faults, ackTimeoutMs) : undefined;
  const transport =
    delivery === 'socket'
      ? (sockets as SocketTransport)
      : new HttpTransport({
          url: typeof delivery.url === 'string' ? () => delivery.url as string : delivery.url,
          signingSecret: options.signingSecret,
          faults,
          ackTimeoutMs,
        });
  const dispatcher = new Dispatcher({
    state,
    faults,
    transport,
    subscriptions: options.subscriptions ?? DEFAULT_SUBSCRIPTIONS,
    retryDelaysMs: options.retryDelaysMs ?? [0, 60_000, 300_000],
  });
  let url = '';
  const context: Context = {
    state,
    faults,
    dispatcher,
    conversation: new Conversation(state, dispatcher),
    interactions: new Interactions(state),
    url: () => url,
    newSocketTicket: sockets ? () => sockets.newTicket() : undefined,
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '/', 'http://localhost');
    if (target.pathname.startsWith('/api/')) return answerWebApi(request, response, target, context, options);
    if (target.pathname.startsWith('/response/')) return answerResponse(request, response, target, context);
    if (target.pathname.startsWith('/upload/v1/')) return takeUpload(request, response, target, context);
    if (target.pathname.startsWith('/files/')) return giveFile(response, target, context);
    return page(request, response, target);
  }

  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  url = `http://${host}:${(server.address() as AddressInfo).port}`;

  const stop = async () => {
    dispatcher.stop();
    await transport.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const slack = new FakeSlack(context, {
    url,
    clock: options.clock ?? null,
    connected: () => transport.connected(),
    stop,
  });
  const page = servePage(slack);
  return slack;
}

async function answerResponse(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  context: Context,
): Promise<void> {
  try {
    const body = await readArguments(request, url);
    const target = context.interactions.takeResponse(url.pathname, context.faults.responseUrlsExpiredBefore);
    respond(context, target, body);
    sendJson(response, 200, { ok: true });
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    const gone = error.code === 'expired_url' || error.code === 'used_url';
    sendJson(response, gone ? 404 : 400, { ok: false, error: error.code, ...error.extra });
  }
}

async function takeUpload(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  context: Context,
): Promise<void> {
  const file = context.state.files.get(url.pathname.split('/').at(-1) ?? '');
  if (!file) return sendText(response, 404, 'no such upload', 'text/plain');
  const isForm = (request.headers['content-type'] ?? '').startsWith('multipart/form-data');
  const content = isForm
    ? Object.values(await readArguments(request, url)).find((one) => Buffer.isBuffer(one))
    : await readBody(request);
  if (!content || content.length !== file.size)
    return sendText(response, 400, 'the length is not what was announced', 'text/plain');
  file.content = content;
  sendText(response, 200, `OK - ${content.length}`, 'text/plain');
}

async function giveFile(response: ServerResponse, url: URL, context: Context): Promise<void> {
  const file = context.state.files.get(url.pathname.split('/')[2] ?? '');
  if (!file?.content) return sendText(response, 404, 'no such file', 'text/plain');
  sendText(response, 200, file.content, file.mimetype, {
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  });
}
