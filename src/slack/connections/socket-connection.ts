import { setTimeout as pause } from 'node:timers/promises';
import { type Logger, SocketModeReceiver } from '@slack/bolt';
import { slackCode } from '../failures.ts';
import type { SlackLog } from '../slack-log.ts';
import type { Timing } from '../timing.ts';
import type { Connection, ConnectionOptions } from './connection.ts';

const CLOSE_MS = 3000;

/**
 * Socket Mode. The receiver gets client options of its own: shared with the app's they would change how every call is
 * retried. It keeps the client's long retry schedule, and no custom routes: they listen without an error handler.
 */
export function createSocketConnection(
  options: Extract<ConnectionOptions, { kind: 'socket' }>,
  logs: { log: SlackLog; boltLog: Logger },
  timing: Pick<Timing, 'pongMs' | 'reconnectMs'>,
): Connection {
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: logs.boltLog,
    clientPingTimeout: timing.pongMs,
    installerOptions: { clientOptions: options.apiUrl ? { slackApiUrl: options.apiUrl } : {} },
  });
  const { client } = receiver;
  const connect = client.start.bind(client);
  let opened = false;
  let closing = false;

  // The client restarts itself through `start` and leaves its failure unhandled, which would end the process.
  client.start = async () => {
    for (;;) {
      if (closing) return new Promise<never>(() => undefined);
      try {
        return await connect();
      } catch (error) {
        if (!opened) throw error;
        if (closing) continue;
        logs.log.error({ code: slackCode(error) }, 'Slack refused to connect again; trying on');
        await pause(timing.reconnectMs, undefined, { ref: false });
      }
    }
  };
  // A connection that was on its way when we closed would otherwise come back to life.
  client.on('connected', () => {
    if (closing) void client.disconnect();
  });

  return {
    receiver,
    async open() {
      await client.start();
      opened = true;
    },
    async close() {
      closing = true;
      const given = new AbortController();
      const patience = pause(CLOSE_MS, undefined, { signal: given.signal }).catch(() => undefined);
      await Promise.race([client.disconnect(), patience]);
      given.abort();
    },
    isConnected: () => !closing && client.websocket?.isActive() === true,
    port: () => null,
  };
}
