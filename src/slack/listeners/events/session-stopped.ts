import { z } from 'zod';
import type { ListenerDeps } from '../deps.ts';

const SessionStopped = z.object({ channel: z.string(), thread_ts: z.string(), user: z.string().optional() });

/** Slack's own Stop button under a thread: ends whatever is being worked on in it. */
export function createSessionStoppedListener(deps: ListenerDeps) {
  return ({ event }: { event: unknown }): Promise<void> =>
    deps.work.run(async () => {
      const told = SessionStopped.safeParse(event).data;
      if (!told) return;
      const { channel, user } = told;
      if (user !== undefined && !(await deps.admission.admits({ channel, user }, 'ask'))) return;
      deps.log.info({ channel, user }, 'A thread was stopped');
      await deps.stops.stop({ channel, threadTs: told.thread_ts }, user ?? null);
    });
}
