import { setTimeout as pause } from 'node:timers/promises';
import { errorBody, failureOf, noCompletion, noConnection, refusesTemperature } from './model-failure.ts';

/** What a process learns about its deployment from being refused. */
export interface Deployment {
  /** Set once the deployment turns the temperature down; left out from then on. */
  takesTemperature: boolean;
}

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
 * here. Ends with the caller's signal, also in the middle of an answer.
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
    let body = deployment.takesTemperature ? init.body : withoutTemperature(init.body);
    let brokenRetries = 1;
    let busyRetries = BUSY_RETRIES;

    const spare = (waitMs: number) => performance.now() + waitMs + ANSWER_MS < ends;
    for (;;) {
      const got = await attempt(url, { ...init, headers, body, signal });
      if (got instanceof Error) {
        if (signal.aborted || brokenRetries-- === 0 || !spare(PAUSE_MS)) throw signal.aborted ? got : noConnection(got);
        await pause(PAUSE_MS, undefined, { signal });
        continue;
      }
      const { response, text } = got;
      if (response.ok) return completion(response, text);
      if (response.status === 401 && renewToken !== null && renewed === null) {
        renewed = { token: await renewToken(signal) };
        authorize(headers);
        continue;
      }
      if (refusesTemperature(response.status, errorBody(text))) {
        deployment.takesTemperature = false;
        const before = body;
        body = withoutTemperature(body);
        if (body !== before) continue;
      }
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

function withoutTemperature(body: RequestInit['body']): RequestInit['body'] {
  if (typeof body !== 'string') return body;
  const { temperature, ...rest } = JSON.parse(body) as Record<string, unknown>;
  return temperature === undefined ? body : JSON.stringify(rest);
}

async function attempt(url: string, init: RequestInit): Promise<{ response: Response; text: string } | Error> {
  try {
    // A redirect would carry the findings to a host that nobody configured.
    const response = await fetch(url, { ...init, redirect: 'error' });
    return { response, text: await response.text() };
  } catch (error) {
    return error instanceof Error ? error : new Error('not an error', { cause: error });
  }
}

function completion(response: Response, text: string): Response {
  const { status, headers } = response;
  try {
    const { choices } = JSON.parse(text) as { choices?: unknown };
    if (Array.isArray(choices) && choices.length > 0) {
      const type = { 'content-type': 'application/json', 'x-request-id': headers.get('x-request-id') ?? '' };
      return new Response(text, { status, headers: type });
    }
  } catch {}
  throw noCompletion();
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
