import type { Faults } from './faults.ts';
import { signatureHeaders } from './signature.ts';
import type { Envelope, Outcome, Transport } from './transport.ts';

interface HttpTransportOptions {
  /** Where the app listens; asked at each request, since an app may start after the workspace. */
  url: () => string;
  signingSecret: string;
  faults: Faults;
  ackTimeoutMs: number;
}

const STALE_SECONDS = 600;

/** The Events API and its relatives: signed requests to the app's address. */
export class HttpTransport implements Transport {
  readonly #options: HttpTransportOptions;

  constructor(options: HttpTransportOptions) {
    this.#options = options;
  }

  connected(): boolean {
    return true;
  }

  async send(envelope: Envelope, attempt: number, reason: string): Promise<Outcome> {
    const { url, signingSecret, faults, ackTimeoutMs } = this.#options;
    const isEvent = envelope.kind === 'events_api';
    const body = isEvent ? JSON.stringify(envelope.payload) : formBody(envelope);
    const timestamp = Math.floor(Date.now() / 1000) - (faults.takeStaleTimestamp() ? STALE_SECONDS : 0);
    const secret = faults.takeWrongSignature() ? `${signingSecret}-of-somebody-else` : signingSecret;
    const headers: Record<string, string> = {
      'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...signatureHeaders(body, secret, timestamp),
    };
    if (attempt > 0) Object.assign(headers, { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason });
    try {
      const response = await fetch(url(), {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(ackTimeoutMs),
        redirect: 'manual',
      });
      const text = await response.text();
      if (faults.takeLostAck()) return { ok: false, reason: 'http_timeout' };
      if (response.status !== 200) return { ok: false, reason: 'http_error' };
      return { ok: true, response: readResponse(text, response.headers.get('content-type') ?? '') };
    } catch (error) {
      return {
        ok: false,
        reason: error instanceof Error && error.name === 'TimeoutError' ? 'http_timeout' : 'connection_failed',
      };
    }
  }

  async stop(): Promise<void> {}
}

function formBody(envelope: Envelope): string {
  if (envelope.kind === 'interactive')
    return new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString();
  return new URLSearchParams(Object.entries(envelope.payload).map(([name, value]) => [name, String(value)])).toString();
}

function readResponse(text: string, type: string): unknown {
  if (text === '') return {};
  if (!type.includes('json')) return { text };
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
