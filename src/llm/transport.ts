import { setTimeout as pause } from 'node:timers/promises';
import { UpstreamError } from '../errors.ts';
import { attempt, completion } from './completion-response.ts';
import type { Deployment } from './deployment.ts';
import { failureOf, noConnection } from './model-failure.ts';

export interface TransportOptions {
  /** The configured endpoint: no other host is ever talked to. */
  endpoint: string;
  deployment: Deployment;
  /** Another bearer token after the first was refused; null: the key stands alone from then on. Asked once a question. */
  renewToken: ((signal: AbortSignal) => Promise<string | null>) | null;
  /** Seconds that one call may take with everything that is tried again: nothing is waited for beyond it. */
  patienceS: number;
}

/** Pause before a broken connection or a server's failure is tried again, where the server names none. */
const PAUSE_MS = 300;
/** Pause of a busy service that names none. */
const BUSY_MS = 1000;
/** Less is not left for an answer. */
const ANSWER_MS = 500;
const BUSY_RETRIES = 2;

/**
 * The way of a model's requests. Tries again what is worth it, each thing a bounded number of times and within the patience;
 * everything else ends at once in an UpstreamError `LLM_*`. Answers are read whole, so that one that breaks off is noticed
 * here; streamed ones until their first event, and one that breaks off later fails in the middle, since a part of it may be
 * shown by then. Whoever asked for a stream gets one, also from a service that gives none. Ends with the caller's signal,
 * also in the middle of an answer.
 */
export function createTransport({ endpoint, deployment, renewToken, patienceS }: TransportOptions): typeof fetch {
  const { origin } = new URL(endpoint);
  let renewed: { token: string | null } | null = null;

  return async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input);
    if (new URL(url).origin !== origin) throw noConnection(null);
    const ends = performance.now() + patienceS * 1000;
    const signal = init.signal ?? AbortSignal.timeout(Math.ceil(patienceS * 1000));
    const headers = new Headers(init.headers);
    authorize(headers);
    const asked = String(init.body);
    let body = deployment.fitting(asked);
    let brokenRetries = 1;
    let busyRetries = BUSY_RETRIES;

    const spare = (waitMs: number) => performance.now() + waitMs + ANSWER_MS < ends;
    for (;;) {
      const got = await attempt(url, { ...init, headers, body, signal });
      if (got instanceof Error) {
        const lasting = got instanceof UpstreamError && got.code !== 'LLM_UNREACHABLE';
        if (lasting || signal.aborted || brokenRetries-- === 0 || !spare(PAUSE_MS))
          throw signal.aborted || got instanceof UpstreamError ? got : noConnection(got);
        await pause(PAUSE_MS, undefined, { signal });
        continue;
      }
      if (got instanceof Response) return got;
      const { response, text } = got;
      if (response.ok) return completion(response, text, isStream(asked));
      if (response.status === 401 && renewToken !== null && renewed === null) {
        renewed = { token: await renewToken(signal) };
        authorize(headers);
        continue;
      }
      const before = body;
      deployment.learn(response.status, text);
      body = deployment.fitting(asked);
      if (body !== before) continue;
      const busy = response.status === 429;
      const waitMs = retryAfterMs(response.headers) ?? (busy ? BUSY_MS : PAUSE_MS);
      const again = busy ? busyRetries-- > 0 : response.status >= 500 && brokenRetries-- > 0;
      if (!again || !spare(waitMs)) throw failureOf(response.status, text);
      await pause(waitMs, undefined, { signal });
    }
  };

  function authorize(headers: Headers): void {
    if (renewed === null) return;
    if (renewed.token === null) headers.delete('authorization');
    else headers.set('authorization', `Bearer ${renewed.token}`);
  }
}

function isStream(body: string): boolean {
  return (JSON.parse(body) as { stream?: unknown }).stream === true;
}

/** `retry-after` in seconds or as a date, or Azure's in milliseconds. */
function retryAfterMs(headers: Headers): number | null {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (exact >= 0) return exact;
  const said = headers.get('retry-after');
  if (said === null || said.trim() === '') return null;
  const wait = Number.isNaN(Number(said)) ? Date.parse(said) - Date.now() : Number(said) * 1000;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
