import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HoldingProxy {
  /** For `apiUrl`. */
  url: string;
  /** From now on calls of `method` wait; resolves when the first has arrived. */
  hold(method: string): Promise<void>;
  release(): void;
  stop(): Promise<void>;
}

/** Stands between SENTRY and the Web API and can keep a call waiting, so that a test can act in the middle of it. */
export async function startHoldingProxy(target: string): Promise<HoldingProxy> {
  let held: { method: string; arrived: () => void; gate: Promise<void> } | null = null;
  let open: () => void = () => undefined;

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = request.url?.split('/').at(-1) ?? '';
    if (held?.method === method) {
      held.arrived();
      await held.gate;
    }
    const { authorization = '', 'content-type': type = '' } = request.headers;
    const answer = await fetch(`${target}${method}`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  }

  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    hold(method) {
      const arrival = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      held = { method, arrived: arrival.resolve, gate: gate.promise };
      open = gate.resolve;
      return arrival.promise;
    },
    release: () => open(),
    async stop() {
      open();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
