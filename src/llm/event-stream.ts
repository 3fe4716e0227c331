import { UpstreamError } from '../errors.ts';
import { brokeOff, errorBody, failureOf, noCompletion } from './model-failure.ts';

const LAST = '[DONE]';

/** What is looked at in each event of a streamed completion. */
interface Piece {
  choices?: { finish_reason?: unknown }[];
  error?: unknown;
}

/**
 * The events of a streamed completion, each as it arrives and as text that can be sent on. Throws UpstreamError `LLM_*` where
 * something else arrives, where the service reports a failure in the middle, and where it ends before it has finished.
 */
export async function* completionEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let finished = false;
  try {
    for await (const data of dataOf(body)) {
      if (data === LAST) {
        yield eventOf(LAST);
        return;
      }
      const piece = read(data);
      if (piece.error !== undefined && piece.error !== null) throw failureInside(data);
      if (!Array.isArray(piece.choices)) throw noCompletion();
      finished ||= piece.choices.some((choice) => typeof choice.finish_reason === 'string');
      yield eventOf(data);
    }
  } catch (error) {
    if (finished) return;
    throw error instanceof UpstreamError ? error : brokeOff(error);
  }
  if (!finished) throw brokeOff(null);
}

/** A completion that came whole, as the events that a stream of it would have. */
export function eventsOfWhole(text: string): string {
  const { choices = [], ...about } = JSON.parse(text) as { choices?: { message?: Record<string, unknown> }[] };
  const pieces = choices.map(({ message = {}, ...choice }) => {
    const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
    return { ...choice, delta: { ...message, tool_calls: calls.map((call, index) => ({ index, ...call })) } };
  });
  return eventOf(JSON.stringify({ ...about, choices: pieces })) + eventOf(LAST);
}

function eventOf(data: string): string {
  return `data: ${data}\n\n`;
}

/** What stands behind `data:`, line by line: chat completions never spread one event over several. */
async function* dataOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data:')) yield line.slice(5).trim();
  }
  if (rest.startsWith('data:')) yield rest.slice(5).trim();
}

function read(data: string): Piece {
  try {
    const piece: unknown = JSON.parse(data);
    if (typeof piece === 'object' && piece !== null) return piece;
  } catch {}
  throw noCompletion();
}

/** Its own words stay out, as those of any other refusal. */
function failureInside(data: string): UpstreamError {
  const { code } = errorBody(data);
  if (code === 'content_filter') return failureOf(400, data);
  if (code === 'rate_limit_exceeded') return failureOf(429, data);
  return brokeOff(null);
}
