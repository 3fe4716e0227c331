import { setTimeout as pause } from 'node:timers/promises';
import { failureKind, slackCode } from './failures.ts';
import type { Outgoing, SlackGateway, StoredMessage } from './gateway.ts';
import type { SlackLog } from './slack-log.ts';

export interface PostOnceOptions {
  gateway: SlackGateway;
  log: SlackLog;
  retryDelaysMs: readonly number[];
}

export type Marked = Outgoing & { metadata: NonNullable<Outgoing['metadata']> };

/**
 * Posts a message that carries a reference in its metadata. Where Slack fails after the post may have taken effect, the
 * channel is read before it is posted again, so that people never see it twice.
 */
export async function postOnce(options: PostOnceOptions, message: Marked): Promise<string> {
  const { gateway, log } = options;
  for (let tries = 0; ; tries += 1) {
    try {
      return await gateway.post(message);
    } catch (error) {
      const delay = options.retryDelaysMs[tries];
      if (failureKind(error) !== 'unsure' || delay === undefined) throw error;
      log.warn({ code: slackCode(error), tries: tries + 1 }, 'A post may have failed; looking before trying again');
      await pause(delay);
      const there = await findPosted(gateway, message);
      if (there !== null) return there;
    }
  }
}

/** The ts of a message of ours with the same mark, or null. Where the channel cannot be read, nothing is known. */
export async function findPosted(gateway: SlackGateway, message: Marked): Promise<string | null> {
  const { event_type, event_payload } = message.metadata;
  const isIt = (stored: StoredMessage) => {
    const payload = stored.metadata?.event_payload as { reference?: unknown } | undefined;
    return stored.metadata?.event_type === event_type && payload?.reference === event_payload.reference;
  };
  try {
    const stored = message.thread_ts
      ? await gateway.thread(message.channel, message.thread_ts)
      : await gateway.recent(message.channel, 20);
    return stored.find(isIt)?.ts ?? null;
  } catch {
    return null;
  }
}
