import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { FaultSwitch, LenzFault } from './faults.ts';
import { challengeMessage, messageType, type NtlmAccount, newChallenge, provesPassword } from './ntlm-door.ts';

interface LenzServerOptions {
  /** Raw documents by the name that is asked for. Read at every request, so a test or a world may change them. */
  definitions: Readonly<Record<string, unknown>>;
  auth: 'none' | ({ kind: 'ntlm' } & NtlmAccount);
  tls?: { key: string; cert: string };
}

interface SeenRequest {
  method: string;
  path: string;
  /** The name that was asked for. */
  name: string | null;
  /** What the Authorization header was. */
  leg: 'none' | 'type1' | 'type3' | 'other';
  /** Requests with equal numbers came over one connection. */
  connection: number;
  /** Null as long as there was no answer. */
  status: number | null;
}

export interface LenzServer {
  /** The base address, as in `LENZ_API_BASE_URL`. */
  url: string;
  faults: FaultSwitch & {
    /** Nothing listens any more; connections are cut. */
    down(): Promise<void>;
    /** Listens again at the same address. */
    up(): Promise<void>;
  };
  /** Everything that was asked, oldest first; the newest thousand. */
  requests: SeenRequest[];
  stop(): Promise<void>;
}

interface Door {
  id: number;
  challenge: Buffer | null;
  open: boolean;
}

const BASE = '/lenz/essentials';
const MAX_REQUESTS = 1000;

/** The Lenz API at the wire, on loopback: definitions by name, with or without NTLM, and with faults on demand. */
export async function startLenz({ definitions, auth, tls }: LenzServerOptions): Promise<LenzServer> {
  const requests: SeenRequest[] = [];
  const doors = new WeakMap<Socket, Door>();
  const sockets = new Set<Socket>();
  let connections = 0;
  let fault: LenzFault | null = null;

  const server = tls ? https.createServer(tls, onRequest) : http.createServer(onRequest);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });

  async function listen(port: number): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async function stop(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  function doorOf(socket: Socket): Door {
    const known = doors.get(socket);
    if (known) return known;
    const door = { id: ++connections, challenge: null, open: auth === 'none' };
    doors.set(socket, door);
    return door;
  }

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const door = doorOf(request.socket);
    const url = new URL(request.url ?? '/', 'http://lenz');
    const message = ntlmMessage(request.headers.authorization);
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      name: url.searchParams.get('name'),
      leg: legOf(request.headers.authorization, message),
      connection: door.id,
      status: null,
    };
    requests.push(seen);
    if (requests.length > MAX_REQUESTS) requests.shift();
    response.on('finish', () => {
      seen.status = response.statusCode;
    });
    const active = fault && (fault.only === undefined || fault.only === seen.name) ? fault : null;
    if (auth !== 'none' && !passes(door, message, response, auth, active)) return;
    answer(response, url, definitions, active);
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}${BASE}`,
    requests,
    stop,
    faults: {
      set(next) {
        fault = next;
      },
      heal() {
        fault = null;
      },
      down: stop,
      up: () => listen(port),
    },
  };
}

/** Lets a signed-in connection through; else says what the next leg of the handshake is and returns false. */
function passes(
  door: Door,
  message: Buffer | null,
  response: ServerResponse,
  account: NtlmAccount,
  fault: LenzFault | null,
): boolean {
  if (door.open && !message) return true;
  const type = message && messageType(message);
  if (message && type === 3 && door.challenge && provesPassword(message, door.challenge, account)) {
    door.open = true;
    door.challenge = null;
    return true;
  }
  door.open = false;
  door.challenge = type === 1 ? newChallenge() : null;
  const cut = type === 1 && fault?.kind === 'close-after-type-2';
  response.writeHead(401, {
    'www-authenticate': door.challenge
      ? `NTLM ${challengeMessage(door.challenge, account.domain ?? 'PLAYGROUND').toString('base64')}`
      : ['Negotiate', 'NTLM'],
    'content-type': 'text/html',
    ...(cut ? { connection: 'close' } : {}),
  });
  response.end('<html><title>401</title></html>');
  return false;
}

function answer(
  response: ServerResponse,
  url: URL,
  definitions: Readonly<Record<string, unknown>>,
  fault: LenzFault | null,
): void {
  const name = url.searchParams.get('name') ?? '';
  const found = url.pathname === `${BASE}/def` && Object.hasOwn(definitions, name);
  const right = found ? json(200, definitions[name]) : json(404, { status: 404, error: 'Not Found' });
  const reply = faultyReply(fault, name, right);
  if (!reply) return;
  setTimeout(
    () => {
      response.writeHead(reply.status, reply.headers);
      response.end(reply.body);
    },
    fault?.kind === 'slow' ? fault.ms : 0,
  ).unref();
}

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** What goes out instead of the right reply; null when nothing does. */
function faultyReply(fault: LenzFault | null, name: string, right: Reply): Reply | null {
  switch (fault?.kind) {
    case 'status':
      return { status: fault.status, headers: { 'content-type': 'text/plain' }, body: 'fault' };
    case 'hang':
      return null;
    case 'html':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!DOCTYPE html><title>Maintenance</title>',
      };
    case 'broken-json':
      return { ...right, body: right.body.slice(0, -5) };
    case 'without-datasets':
      return json(200, { GLOBAL: { [name]: { essentialName: name, schemaJson: {} } } });
    case 'empty-document':
      return json(200, { GLOBAL: {} });
    case 'body':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: fault.body };
    case 'redirect':
      return { status: fault.status ?? 302, headers: { location: fault.location }, body: '' };
    default:
      return right;
  }
}

function ntlmMessage(header: string | undefined): Buffer | null {
  const token = /^(?:NTLM|Negotiate) (\S+)$/i.exec(header ?? '')?.[1];
  return token === undefined ? null : Buffer.from(token, 'base64');
}

function legOf(header: string | undefined, message: Buffer | null): SeenRequest['leg'] {
  if (header === undefined) return 'none';
  const type = message && messageType(message);
  return type === 1 ? 'type1' : type === 3 ? 'type3' : 'other';
}
