import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from './endpoints.ts';

interface ServeOptions {
  /** 0 takes a free one. */
  port: number;
  /** All addresses of the machine when absent: a kubelet asks from outside. */
  host?: string;
  log: { warn(fields: object, message: string): void };
}

export interface EndpointServer {
  port: number;
  close(): Promise<void>;
}

/** Serves the endpoints on a port of their own. A port that cannot be had is a warning and null: SENTRY works without. */
export async function serveEndpoints(
  endpoints: readonly Endpoint[],
  { port, host, log }: ServeOptions,
): Promise<EndpointServer | null> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0];
    const found = endpoints.find((endpoint) => endpoint.path === path);
    if (found && (request.method === found.method || request.method === 'HEAD'))
      return found.handler(request, response);
    response.writeHead(found ? 405 : 404, { 'content-type': 'text/plain' }).end();
  });
  server.requestTimeout = 10_000;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    log.warn({ port, code }, 'health and metrics are not served: the port cannot be had; set PORT to a free one');
    return null;
  }
  server.on('error', (error: NodeJS.ErrnoException) => log.warn({ code: error.code }, 'the health server failed'));
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
