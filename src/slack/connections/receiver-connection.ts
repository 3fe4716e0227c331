import type { App, Receiver } from '@slack/bolt';
import type { Connection } from './connection.ts';

/** For a receiver that somebody else made. */
export function createReceiverConnection(receiver: Receiver): Connection {
  let open = false;
  return {
    receiver,
    async open(app: App) {
      await app.start();
      open = true;
    },
    async close() {
      if (open) await receiver.stop();
      open = false;
    },
    isConnected: () => open,
    port: () => null,
  };
}
