import { failureKind } from './failures.ts';
import type { SlackGateway } from './gateway.ts';
import type { Method } from './requirements.ts';

/**
 * Slack's own "… is thinking" line under a thread, and its Stop button, where the workspace has them. Only an extra: failures
 * are forgotten.
 */
export interface ThreadStatus {
  /** An empty status ends it. */
  set(channel: string, threadTs: string, status: string): void;
  /** Resolves when the calls under way have ended. */
  settled(): Promise<void>;
}

export function createThreadStatus(gateway: SlackGateway): ThreadStatus {
  const missing = new Set<Method>();
  let tail: Promise<unknown> = Promise.resolve();

  function call(method: Method, args: Record<string, unknown>): void {
    tail = tail.then(async () => {
      if (missing.has(method)) return;
      await gateway.call(method, args, { patient: false }).catch((error) => {
        if (failureKind(error) === 'other') missing.add(method);
      });
    });
  }

  return {
    set(channel, threadTs, status) {
      const thread = { channel_id: channel, thread_ts: threadTs };
      call('assistant.threads.setStatus', { ...thread, status });
      call('agents.sessions.setStatus', { ...thread, status: status === '' ? 'active' : 'processing' });
    },
    async settled() {
      await tail;
    },
  };
}
