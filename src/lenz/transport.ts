import type { LookupFunction, Socket } from 'node:net';
import { createSecureContext, getCACertificates, TLSSocket } from 'node:tls';
import { Agent, buildConnector, request as send } from 'undici';
import type { Instant } from '../batch/instant.ts';
import { certificateRefused, invalid, unreachable } from './failures.ts';

export interface LenzRequest {
  method?: 'GET' | 'POST';
  url: URL;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

export interface LenzResponse {
  url: URL;
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  /** Which connection carried it: equal numbers, same socket. */
  connection: number;
}

/** Single requests over one kept-alive HTTP/1.1 connection per origin. Follows nothing and knows no credentials. */
export interface Transport {
  /** Throws UpstreamError `LENZ_UNREACHABLE`, or ConnectionLost inside `onSameConnection`. */
  send(request: LenzRequest, signal: AbortSignal): Promise<LenzResponse>;
  /** The connection that the next request to this origin will use, or null when it will open one. */
  connectionTo(url: URL): number | null;
  /** While `work` runs, a request to this origin fails with ConnectionLost rather than open another connection. */
  onSameConnection<T>(url: URL, work: () => Promise<T>): Promise<T>;
  /** When the certificate that this origin showed last ends; null when it showed none. */
  certificateEndOf(url: URL): Instant | null;
  close(): Promise<void>;
}

/** The connection that had to be used is gone. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_LOST';
  /** False when it is certain that the request did not leave. */
  readonly maybeSent: boolean;

  constructor(maybeSent: boolean) {
    super('The connection was closed.');
    this.maybeSent = maybeSent;
  }
}

interface TransportOptions {
  /** PEM of further certificate authorities: Lenz may have one of the company, its sign-in service a public one. */
  ca?: string;
  userAgent: string;
  maxBodyBytes: number;
  timeoutMs: number;
  /** Finds the addresses of hosts instead of the system. */
  lookup?: LookupFunction;
}

const SOCKET_CODES = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'CONNECTION_LOST']);

export function createTransport({ ca, userAgent, maxBodyBytes, timeoutMs, lookup }: TransportOptions): Transport {
  const connections = new Map<string, { id: number; socket: Socket }>();
  const certificateEnds = new Map<string, Instant>();
  const pinned = new Set<string>();
  let opened = 0;
  const open = buildConnector({
    ...(ca === undefined ? {} : { secureContext: createSecureContext({ ca: [...getCACertificates('default'), ca] }) }),
    ...(lookup === undefined ? {} : { lookup }),
    allowH2: false,
    timeout: Math.min(10_000, timeoutMs),
  });

  const agent = new Agent({
    // NTLM signs in a connection, not a request: there must be exactly one, and never HTTP/2.
    connections: 1,
    pipelining: 1,
    allowH2: false,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 60_000,
    connect(options, callback) {
      const origin = new URL(`${options.protocol}//${options.host ?? options.hostname}`).origin;
      if (pinned.has(origin)) {
        process.nextTick(() => callback(new ConnectionLost(false), null));
        return;
      }
      open(options, (error, socket) => {
        if (error) return callback(error, null);
        const connection = { id: ++opened, socket };
        connections.set(origin, connection);
        // Empty on a resumed session.
        const end = socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate().valid_to) : Number.NaN;
        if (!Number.isNaN(end)) certificateEnds.set(origin, end);
        socket.once('close', () => {
          if (connections.get(origin) === connection) connections.delete(origin);
        });
        callback(null, socket);
      });
    },
  });

  function connectionTo(url: URL): number | null {
    const connection = connections.get(url.origin);
    return connection && !connection.socket.destroyed ? connection.id : null;
  }

  async function once({ method = 'GET', url, headers, body }: LenzRequest, signal: AbortSignal): Promise<LenzResponse> {
    const response = await send(url, {
      dispatcher: agent,
      method,
      headers: { accept: 'application/json, text/html;q=0.8', 'user-agent': userAgent, ...headers },
      body: body ?? null,
      signal,
    });
    const connection = connectionTo(url) ?? 0;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > maxBodyBytes) throw invalid('an essential', `it is larger than ${maxBodyBytes} bytes`);
      chunks.push(chunk);
    }
    return {
      url,
      status: response.statusCode,
      headers: response.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      connection,
    };
  }

  return {
    connectionTo,
    certificateEndOf: (url) => certificateEnds.get(url.origin) ?? null,
    async send(request, signal) {
      const { url } = request;
      const before = connectionTo(url);
      try {
        return await once(request, signal);
      } catch (error) {
        const socketFailed = SOCKET_CODES.has(codeOf(error));
        if (socketFailed && pinned.has(url.origin)) {
          throw error instanceof ConnectionLost ? error : new ConnectionLost(true);
        }
        // A server may close an idle connection just as it is used again; that says nothing about the server.
        if (!socketFailed || before === null || request.method === 'POST' || signal.aborted) {
          throw asFailure(error, url, signal, timeoutMs);
        }
      }
      try {
        return await once(request, signal);
      } catch (error) {
        throw asFailure(error, url, signal, timeoutMs);
      }
    },
    async onSameConnection(url, work) {
      pinned.add(url.origin);
      try {
        return await work();
      } finally {
        pinned.delete(url.origin);
      }
    },
    close: () => agent.destroy(),
  };
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
}

const TLS_CODE = /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO)/;

function asFailure(error: unknown, url: URL, signal: AbortSignal, timeoutMs: number): Error {
  if (error instanceof Error && codeOf(error).startsWith('LENZ_')) return error;
  const code = codeOf(error);
  // The driver's own error stays out: it may hold the request.
  const cause = new Error(code || 'no code');
  if (signal.aborted || /TIMEOUT|ETIMEDOUT/.test(code)) {
    return unreachable(url.host, `it did not answer within ${Math.round(timeoutMs / 100) / 10} s`, undefined, cause);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unreachable(url.host, 'its name could not be resolved', undefined, cause);
  }
  if (code === 'ECONNREFUSED') return unreachable(url.host, 'nothing listens there', undefined, cause);
  if (TLS_CODE.test(code)) return certificateRefused(url.host, code, cause);
  return unreachable(url.host, `the connection failed (${code || 'unknown reason'})`, undefined, cause);
}
