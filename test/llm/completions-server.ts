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
  | 'break-off';

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
      play(response, refusal ?? script[played % script.length] ?? {});
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

function play(response: ServerResponse, reply: Scripted): void {
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
  const message = typeof reply === 'object' ? reply : {};
  const { finish_reason = 'stop', ...rest } = message as { finish_reason?: string };
  const text = JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o',
    choices: [{ index: 0, finish_reason, message: { role: 'assistant', content: null, ...rest } }],
    usage: { prompt_tokens: 900, completion_tokens: 30, total_tokens: 930 },
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  if (typeof reply === 'object') response.end(text);
  else response.write(text.slice(0, 40), () => reply === 'break-off' && response.destroy());
}
