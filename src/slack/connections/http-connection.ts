import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { HTTPReceiver, type Logger } from '@slack/bolt';
import type { Connection, ConnectionOptions } from './connection.ts';

const CLOSE_MS = 2000;

/** The Events API over HTTP, with Slack's signature checked on every request. */
export function createHttpConnection(
  options: Extract<ConnectionOptions, { kind: 'http' }>,
  boltLog: Logger,
): Connection {
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
    port: options.port,
    logger: boltLog,
    customRoutes: [...(options.routes ?? [])],
  });
  let server: Server | null = null;
  return {
    receiver,
    async open() {
      server = await receiver.start(options.port);
    },
    async close() {
      const open = server;
      server = null;
      if (!open) return;
      const closed = receiver.stop().catch(() => undefined);
      open.closeIdleConnections();
      const given = new AbortController();
      await Promise.race([closed, pause(CLOSE_MS, undefined, { signal: given.signal }).catch(() => undefined)]);
      given.abort();
      open.closeAllConnections();
    },
    isConnected: () => server?.listening === true,
    port() {
      const address = server?.address();
      return typeof address === 'object' && address !== null ? address.port : null;
    },
  };
}
