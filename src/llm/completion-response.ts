import { completionEvents, eventsOfWhole } from './event-stream.ts';
import { noCompletion } from './model-failure.ts';

/** Sends a request: a response that streams, once its first event is there; any other with its text; or why there is none. */
export async function attempt(
  url: string,
  init: RequestInit,
): Promise<Response | { response: Response; text: string } | Error> {
  try {
    // A redirect would carry the findings to a host that nobody configured.
    const response = await fetch(url, { ...init, redirect: 'error' });
    const { ok, body, headers } = response;
    if (!ok || body === null || !headers.get('content-type')?.startsWith('text/event-stream'))
      return { response, text: await response.text() };
    const events = completionEvents(body);
    const first = await events.next();
    return responseOf(response, 'text/event-stream', streamOf(first.value ?? '', events));
  } catch (error) {
    return error instanceof Error ? error : new Error('not an error', { cause: error });
  }
}

/** A completion that came whole, passed on as it was asked for. Throws UpstreamError `LLM_INVALID` where it is none. */
export function completion(response: Response, text: string, asStream: boolean): Response {
  try {
    const { choices } = JSON.parse(text) as { choices?: unknown };
    if (Array.isArray(choices) && choices.length > 0)
      return asStream
        ? responseOf(response, 'text/event-stream', eventsOfWhole(text))
        : responseOf(response, 'application/json', text);
  } catch {}
  throw noCompletion();
}

function responseOf({ status, headers }: Response, type: string, body: BodyInit): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': type, 'x-request-id': headers.get('x-request-id') ?? '' },
  });
}

/** Begins with an event that was taken already. Whoever leaves the stream leaves the connection. */
function streamOf(first: string, events: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(first)),
    async pull(controller) {
      const { value, done } = await events.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    // Not waited for: it may hang in what the caller's signal ends.
    cancel() {
      void events.return(undefined).catch(() => {});
    },
  });
}
