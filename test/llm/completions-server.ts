import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: {
    model?: string;
    temperature?: number;
    messages: { role: string; content: unknown }[];
    tools?: unknown[];
    stream?: boolean;
    stream_options?: unknown;
  };
}

/** A chat-completions endpoint on loopback that answers from a script, over and over, and keeps what it was sent. */
export async function startCompletions(script: readonly object[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
      });
      const message = script[(received.length - 1) % script.length];
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          id: `c${received.length}`,
          object: 'chat.completion',
          created: 1,
          model: 'gpt-4o',
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: null, ...message } }],
          usage: { prompt_tokens: 900, completion_tokens: 30, total_tokens: 930 },
        }),
      );
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
