import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Faults } from './faults.ts';
import { newId } from './ids.ts';
import type { SlackState } from './state.ts';
import type { Envelope, Outcome, Transport } from './transport.ts';
import type { Json } from './types.ts';

const MAX_CONNECTIONS = 10;
const PING_INTERVAL_MS = 10_000;
const FAREWELL_MS = 300;

interface Waiting {
  socket: WebSocket;
  settle(outcome: Outcome): void;
}

/** Socket Mode: the app asks for a ticket, connects, and acknowledges envelopes by their id. */
export class SocketTransport implements Transport {
  readonly #state: SlackState;
  readonly #faults: Faults;
  readonly #ackTimeoutMs: number;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open = new Set<WebSocket>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #arrivals = new Set<() => void>();
  readonly #pings: NodeJS.Timeout;

  constructor(http: Server, state: SlackState, faults: Faults, ackTimeoutMs: number) {
    this.#state = state;
    this.#faults = faults;
    this.#ackTimeoutMs = ackTimeoutMs;
    http.on('upgrade', (request, socket, head) => {
      if (!this.#admit(request)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#greet(webSocket));
    });
    this.#pings = setInterval(() => {
      for (const socket of this.#open) socket.ping('Ping from Slack');
    }, PING_INTERVAL_MS);
    this.#pings.unref();
    faults.sockets = {
      drop: () => {
        for (const socket of this.#open) socket.terminate();
      },
      refresh: (reason) => {
        for (const socket of this.#open)
          socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'playground' } }));
      },
    };
  }

  /** For `apps.connections.open`: the path of a socket that may be opened once. */
  newTicket(): string {
    const ticket = newId('', 24);
    this.#tickets.add(ticket);
    return `/link/?ticket=${ticket}&app_id=${this.#state.app.id}`;
  }

  connected(): boolean {
    return this.#open.size > 0;
  }

  async send(envelope: Envelope, attempt: number, reason: string): Promise<Outcome> {
    const socket = this.#pick() ?? (await this.#arrival());
    if (!socket) return { ok: false, reason: 'connection_failed' };
    const acceptsResponse = envelope.kind !== 'events_api';
    const frame: Json = {
      envelope_id: envelope.id,
      type: envelope.kind,
      accepts_response_payload: acceptsResponse,
      payload: envelope.payload,
    };
    if (envelope.kind === 'events_api')
      Object.assign(frame, { retry_attempt: attempt, retry_reason: attempt > 0 ? reason : '' });
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(
      () => this.#settle(envelope.id, { ok: false, reason: 'http_timeout' }),
      this.#ackTimeoutMs,
    );
    this.#waiting.set(envelope.id, {
      socket,
      settle: (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      },
    });
    socket.send(JSON.stringify(frame));
    return promise;
  }

  async stop(): Promise<void> {
    clearInterval(this.#pings);
    for (const arrived of [...this.#arrivals]) arrived();
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { ok: false, reason: 'connection_failed' });
    await Promise.all([...this.#open].map(farewell));
    this.#server.close();
  }

  #admit(request: IncomingMessage): boolean {
    const url = new URL(request.url ?? '/', 'http://localhost');
    return url.pathname === '/link/' && this.#tickets.delete(url.searchParams.get('ticket') ?? '');
  }

  #greet(socket: WebSocket): void {
    if (this.#open.size >= MAX_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    this.#open.add(socket);
    socket.on('message', (data) => this.#hear(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#forget(socket));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.size,
        connection_info: { app_id: this.#state.app.id },
        debug_info: { host: 'playground', build_number: 1, approximate_connection_time: 18_060 },
      }),
    );
    if (this.#open.size === 1) this.#state.changes.emit('change', { type: 'connection', connected: true });
    for (const arrived of [...this.#arrivals]) arrived();
  }

  #hear(text: string): void {
    let frame: { envelope_id?: unknown; payload?: unknown };
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    if (typeof frame.envelope_id !== 'string' || this.#faults.takeLostAck()) return;
    this.#settle(frame.envelope_id, { ok: true, response: frame.payload });
  }

  #forget(socket: WebSocket): void {
    this.#open.delete(socket);
    for (const [id, waiting] of this.#waiting) {
      if (waiting.socket === socket) this.#settle(id, { ok: false, reason: 'connection_failed' });
    }
    if (this.#open.size === 0) this.#state.changes.emit('change', { type: 'connection', connected: false });
  }

  #settle(id: string, outcome: Outcome): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settle(outcome);
  }

  #pick(): WebSocket | undefined {
    const ready = [...this.#open].filter((socket) => socket.readyState === socket.OPEN);
    return ready[Math.floor(Math.random() * ready.length)];
  }

  /** Waits for the app to connect, but no longer than it would have to acknowledge. */
  async #arrival(): Promise<WebSocket | undefined> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#ackTimeoutMs);
    this.#arrivals.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#arrivals.delete(resolve);
    return this.#pick();
  }
}

/** Closes politely, and cuts the line when the other side does not answer. */
async function farewell(socket: WebSocket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('close', () => resolve());
  const timer = setTimeout(() => socket.terminate(), FAREWELL_MS);
  socket.close(1001);
  await promise;
  clearTimeout(timer);
}
