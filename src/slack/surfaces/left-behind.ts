import type { SlackGateway, StoredMessage } from '../gateway.ts';
import { ANSWER_EVENT, WORKING_EVENT } from '../thread-context.ts';
import type { ThreadPlace } from './thread-surface.ts';

/** What a process that is gone has left of an answer in its thread. */
export interface LeftBehind {
  answered: boolean;
  /** Of the message that was being worked on. */
  workingTs: string | null;
}

export const NOTHING_LEFT: LeftBehind = { answered: false, workingTs: null };

/**
 * Looks for an answer, or its beginning, by its reference. A stream carries no mark until it ends, but shows the reference. Where
 * the thread cannot be read, nothing is known: SENTRY could hardly write there either.
 */
export async function findLeftBehind(
  gateway: Pick<SlackGateway, 'thread'>,
  { channel, threadTs, reference }: ThreadPlace,
  isOwn: (message: StoredMessage) => boolean,
): Promise<LeftBehind> {
  const own = (await gateway.thread(channel, threadTs).catch(() => [])).filter(isOwn);
  const marked = (event: string) =>
    own.find(({ metadata }) => {
      const payload = metadata?.event_payload as { reference?: unknown } | undefined;
      return metadata?.event_type === event && payload?.reference === reference;
    });
  const streamed = own.find(
    (message) => message.metadata?.event_type === undefined && JSON.stringify(message).includes(reference),
  );
  return { answered: marked(ANSWER_EVENT) !== undefined, workingTs: (marked(WORKING_EVENT) ?? streamed)?.ts ?? null };
}
