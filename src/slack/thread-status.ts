import { failureKind } from './failures.ts';
import type { SlackGateway } from './gateway.ts';

/** Slack's own "… is thinking" line under a thread, where the workspace has it. Only an extra: failures are forgotten. */
export interface ThreadStatus {
  set(channel: string, threadTs: string, status: string): void;
  /** Resolves when the calls under way have ended. */
  settled(): Promise<void>;
}

export function createThreadStatus(gateway: SlackGateway): ThreadStatus {
  let available = true;
  let tail: Promise<unknown> = Promise.resolve();
  return {
    set(channel, threadTs, status) {
      if (!available) return;
      const args = { channel_id: channel, thread_ts: threadTs, status };
      tail = tail.then(() =>
        gateway.call('assistant.threads.setStatus', args, { patient: false }).catch((error) => {
          if (failureKind(error) === 'other') available = false;
        }),
      );
    },
    async settled() {
      await tail;
    },
  };
}
