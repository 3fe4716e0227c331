import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: {
    model?: string;
    temperature?: number;
    messages: { role: string; content: unknown; tool_calls?: unknown }[];
    tools?: unknown[];
    stream?: boolean;
    stream_options?: unknown;
  };
  /** Milliseconds, for differences. */
  at: number;
  /** Settles when the client has closed the connection without a whole answer. */
  left: Promise<void>;
}

export interface Refusal {
  status: number;
  headers?: Record<string, string>;
  error?: object;
  /** Instead of an error object. */
  raw?: string;
}

/** An assistant's message, a refusal, or something worse. */
export type Scripted =
  | object
  | Refusal
  /** Headers and half a body, then nothing. */
  | 'stall'
  /** Nothing at all. */
  | 'silence'
  | 'hang-up'
  /** Half a body, then the connection is gone. */
  | 'break-off'
  /** Words that are streamed as the test lets them go. */
  | Streamed;

/** A stream that goes on whenever the next piece is there. */
export interface Streamed {
  /** Each piece of text is one event; an object is sent as it is, as the data of an event. */
  pieces: () => AsyncIterable<string | object>;
  /** How it ends; as a service ends it, unless told. */
  ends?: 'break-off' | 'stall' | 'without an end' | undefined;
}

export interface CompletionsOptions {
  /** Looks at a request before the script does: a refusal is sent instead, and the script does not move on. */
  admit?: (request: Received) => Refusal | null;
}

/** A chat-completions endpoint on loopback that answers from a script, over and over, and keeps what it was sent. */
export async function startCompletions(script: readonly Scripted[], { admit }: CompletionsOptions = {}) {
  const received: Received[] = [];
  let played = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const got: Received = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
        at: performance.now(),
        left: new Promise((resolve) => response.once('close', () => response.writableFinished || resolve())),
      };
      received.push(got);
      const refusal = admit?.(got) ?? null;
      play(response, refusal ?? script[played % script.length] ?? {}, got.body);
      if (refusal === null) played += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function play(response: ServerResponse, reply: Scripted, asked: Received['body']): void {
  if (reply === 'silence') return;
  if (reply === 'hang-up') {
    response.destroy();
    return;
  }
  if (typeof reply === 'object' && 'status' in reply) {
    const { status, headers, error, raw } = reply as Refusal;
    response.writeHead(status, { 'content-type': raw === undefined ? 'application/json' : 'text/html', ...headers });
    response.end(raw ?? JSON.stringify({ error: error ?? { message: 'refused' } }));
    return;
  }
  if (asked.stream === true) {
    void stream(response, reply, asked);
    return;
  }
  const message = typeof reply === 'object' ? reply : {};
  const { finish_reason = 'stop', ...rest } = message as { finish_reason?: string };
  const text = JSON.stringify({
    ...ABOUT,
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason, message: { role: 'assistant', content: null, ...rest } }],
    usage: USAGE,
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  if (typeof reply === 'object') response.end(text);
  else response.write(text.slice(0, 40), () => reply === 'break-off' && response.destroy());
}

const ABOUT = { id: 'c1', created: 1, model: 'gpt-4o' };
const USAGE = { prompt_tokens: 900, completion_tokens: 30, total_tokens: 930 };

/** Events as Azure sends them: first what its filter says of the question, then the deltas, then what it cost if that was asked. */
async function stream(response: ServerResponse, reply: Scripted, asked: Received['body']): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (data: object | string) =>
    response.write(`data: ${typeof data === 'string' ? data : JSON.stringify({ ...ABOUT, ...data })}\n\n`);
  const delta = (piece: object, finish_reason: string | null = null) =>
    send({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: piece, finish_reason }] });
  if (typeof reply === 'string') {
    response.write('data: {"choices":[', () => reply === 'break-off' && response.destroy());
    return;
  }
  send({ object: '', choices: [], prompt_filter_results: [] });
  delta({ role: 'assistant', content: '' });
  if ('pieces' in reply) {
    const { pieces, ends } = reply as Streamed;
    for await (const piece of pieces()) {
      if (typeof piece === 'string') delta({ content: piece });
      else send(piece);
    }
    if (ends === 'break-off') response.destroy();
    if (ends === 'without an end') response.end();
    if (ends !== undefined) return;
    delta({}, 'stop');
  } else {
    const {
      content,
      tool_calls = [],
      finish_reason = 'stop',
    } = reply as {
      content?: string;
      tool_calls?: object[];
      finish_reason?: string;
    };
    for (const piece of content?.match(/.{1,5}/gsu) ?? []) delta({ content: piece });
    tool_calls.forEach((call, index) => {
      delta({ tool_calls: [{ index, ...call }] });
    });
    delta({}, finish_reason);
  }
  if (asked.stream_options !== undefined) send({ choices: [], usage: USAGE });
  response.end('data: [DONE]\n\n');
}
