import type { LookupFunction } from 'node:net';
import type { Instant } from '../batch/instant.ts';
import { SentryError } from '../errors.ts';
import type { LenzAuth, SignedInBy } from './auth.ts';
import { credentialsMissing, failedStatus, forbidden, notJson, signInElsewhere, unknownName } from './failures.ts';
import { createTransport, type LenzResponse } from './transport.ts';

interface LenzClientOptions {
  /** `LENZ_API_BASE_URL`, without `/def`. */
  baseUrl: string;
  auth: LenzAuth;
  /** PEM of certificate authorities to trust besides Node's own. */
  ca?: string;
  /** Sign-in services choose between NTLM and their form by it; else the one that fits `auth`. */
  userAgent?: string;
  /** For a whole call, redirects and sign-in included. */
  timeoutMs?: number;
  maxBodyBytes?: number;
  /** Finds the addresses of hosts instead of the system. */
  lookup?: LookupFunction;
}

export interface LenzClient {
  /**
   * What Lenz answers to `GET {baseUrl}/def?name=…`, parsed from JSON and not yet looked at.
   * Throws UpstreamError `LENZ_UNKNOWN_NAME`, `LENZ_AUTH`, `LENZ_NOT_JSON`, `LENZ_INVALID` (too large) or `LENZ_UNREACHABLE`.
   */
  fetchDefinition(name: string): Promise<unknown>;
  /** What the connections of this process to Lenz have shown so far. Asks nobody. */
  door(): LenzDoor;
  close(): Promise<void>;
}

interface LenzDoor {
  host: string;
  /** Null before Lenz has answered. */
  signedInBy: SignedInBy | null;
  /** When the certificate of Lenz ends; null without TLS, or before a connection was made. */
  certificateEndsAt: Instant | null;
}

/** No name in Lenz is nearly as long; a longer one is not worth a request. */
const MAX_NAME = 200;

export function createLenzClient(options: LenzClientOptions): LenzClient {
  const { auth, ca, lookup, userAgent = auth.userAgent, timeoutMs = 30_000, maxBodyBytes = 5 * 1024 * 1024 } = options;
  const base = baseOf(options.baseUrl);
  const transport = createTransport({ ca, userAgent, maxBodyBytes, timeoutMs, lookup });

  return {
    async fetchDefinition(name) {
      if (name.length > MAX_NAME || !name.isWellFormed()) throw unknownName(name.toWellFormed());
      const url = new URL(base);
      url.pathname = `${url.pathname.replace(/\/+$/, '')}/def`;
      url.search = `?name=${encodeURIComponent(name)}`;
      return read(await auth.get(url, transport, AbortSignal.timeout(timeoutMs)), url, name);
    },
    door: () => ({
      host: base.host,
      signedInBy: auth.signedInBy(),
      certificateEndsAt: transport.certificateEndOf(base),
    }),
    close: () => transport.close(),
  };
}

function baseOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    throw new SentryError('CONFIG', 'LENZ_API_BASE_URL is not an http or https address without credentials in it.', {
      remedy:
        'Set LENZ_API_BASE_URL to the address of the essentials API, and the credentials in LENZ_USERNAME and LENZ_PASSWORD.',
    });
  }
  return url;
}

function read(response: LenzResponse, asked: URL, name: string): unknown {
  const { status, body, url } = response;
  const ok = status >= 200 && status < 300;
  const json = ok ? parse(body) : undefined;
  if (json !== undefined) return json;
  if (url.origin !== asked.origin && (ok || status === 401 || status === 403)) throw signInElsewhere(asked.host, url);
  if (ok) throw notJson(asked.host, /^\s*</.test(body));
  if (status === 401) throw credentialsMissing(asked.host);
  if (status === 403) throw forbidden(asked.host);
  if (status === 404) throw unknownName(name);
  throw failedStatus(asked.host, status);
}

/** Undefined when it is not JSON; JSON itself has no undefined. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
