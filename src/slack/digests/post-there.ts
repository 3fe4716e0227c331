import type { View } from '../blocks/view.ts';
import { failureKind } from '../failures.ts';
import type { Metadata, SlackGateway, StoredMessage } from '../gateway.ts';
import { type PostOnceOptions, postOnce } from '../post-once.ts';

/** How far back a channel is read for a message that may be there already. */
const RECENT = 200;

interface Placed {
  channel: string;
  threadTs?: string;
  view: View;
  metadata: Metadata;
}

/** Posts a view once; where Slack refuses its blocks, its text. Throws what Slack says when neither can be posted. */
export async function postThere(
  options: PostOnceOptions,
  { channel, threadTs, view, metadata }: Placed,
): Promise<string> {
  const place = { channel, ...(threadTs === undefined ? {} : { thread_ts: threadTs }), metadata };
  try {
    return await postOnce(options, { ...place, ...view });
  } catch (error) {
    if (failureKind(error) !== 'refused_blocks') throw error;
    return postOnce(options, { ...place, text: view.text, blocks: [] });
  }
}

/**
 * The ts of a message of SENTRY's with that mark; null where there is none. Throws when the channel cannot be read: who posts
 * for a second time has to know.
 */
export async function findThere(
  gateway: SlackGateway,
  { channel, threadTs, metadata }: Omit<Placed, 'view'>,
  isOwn: (message: StoredMessage) => boolean,
): Promise<string | null> {
  const messages =
    threadTs === undefined ? await gateway.recent(channel, RECENT) : await gateway.thread(channel, threadTs);
  const found = messages.find((message) => {
    const payload = message.metadata?.event_payload as { reference?: unknown } | undefined;
    const same = message.metadata?.event_type === metadata.event_type;
    return same && payload?.reference === metadata.event_payload.reference && isOwn(message);
  });
  return found?.ts ?? null;
}
