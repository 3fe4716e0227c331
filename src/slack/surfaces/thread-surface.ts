import type { View } from '../blocks/view.ts';
import { NOTHING_YET, workingView } from '../blocks/working.ts';
import { failureKind, slackCode } from '../failures.ts';
import type { Metadata } from '../gateway.ts';
import { findPosted, type PostOnceOptions, postOnce } from '../post-once.ts';
import { isOfBlocks, type RefusedBlocks } from '../refused-blocks.ts';
import { WORKING_EVENT } from '../thread-context.ts';
import type { Surface } from './surface.ts';

export interface ThreadPlace {
  channel: string;
  threadTs: string;
  reference: string;
}

/**
 * Posts the working message of an answer and returns the surface that edits it in place.
 * @throws what Slack says when SENTRY may not post there or the thread is gone: nothing is shown then.
 */
export async function openThread(options: PostOnceOptions, place: ThreadPlace): Promise<Surface> {
  const { channel, threadTs, reference } = place;
  const working = workingView(NOTHING_YET, reference);
  const message = { channel, thread_ts: threadTs, ...working, metadata: workingMark(reference) };
  const ts = await postOnce(options, message).catch((error) => {
    const kind = failureKind(error);
    if (kind === 'no_access' || kind === 'gone') throw error;
    options.log.warn({ reference, code: slackCode(error) }, 'The working message could not be posted');
    return null;
  });
  return editedMessage(options, place, ts);
}

/** What tells a message that is being worked on from an answer. */
export function workingMark(reference: string): Metadata {
  return { event_type: WORKING_EVENT, event_payload: { reference } };
}

/** The surface of a message that is there already; with `ts` null the answer is posted as a message of its own. */
export function editedMessage(options: PostOnceOptions, place: ThreadPlace, ts: string | null): Surface {
  const { gateway, log } = options;
  const target = { channel: place.channel, thread_ts: place.threadTs };
  const mark = workingMark(place.reference);

  /** A message of its own, where the working one is gone or cannot be changed. What is left of that one goes. */
  async function postAnew(view: View, metadata: Metadata): Promise<void> {
    const message = { ...target, ...view, metadata };
    const shownAs = (await findPosted(gateway, message)) ?? (await postOnce(options, message));
    if (ts === null || shownAs === ts) return;
    await gateway
      .call('chat.delete', { channel: place.channel, ts }, { patient: false })
      .catch((error) => log.info({ reference: place.reference, code: slackCode(error) }, 'A working message stays'));
  }

  async function write(view: View, metadata: Metadata): Promise<void> {
    if (ts === null) return postAnew(view, metadata);
    try {
      await gateway.update({ channel: place.channel, ts, ...view, metadata });
    } catch (error) {
      if (failureKind(error) === 'refused_blocks') throw error;
      log.warn(
        { reference: place.reference, code: slackCode(error) },
        'The answer could not replace the working message',
      );
      await postAnew(view, metadata);
    }
  }

  return {
    inThread: true,
    async show(progress) {
      if (ts === null) return;
      const view = workingView(progress, place.reference);
      await gateway.update({ channel: place.channel, ts, ...view, metadata: mark }, { patient: false });
    },
    async settle(views, metadata) {
      const plainest = views.at(-1);
      if (!plainest) return;
      const bare = { text: plainest.text, blocks: [] };
      const context = { event_type: metadata.event_type, event_payload: { reference: place.reference } };
      const tries: Try[] = [
        ...gateway.refusedBlocks.likely(views).map((view) => ({ view, metadata })),
        { view: bare, metadata },
        { view: bare, metadata: context },
      ];
      await firstAccepted(tries, write, gateway.refusedBlocks, (error) =>
        log.warn(
          { reference: place.reference, code: slackCode(error) },
          'Slack refused the blocks; showing plainer ones',
        ),
      );
    },
  };
}

interface Try {
  view: View;
  metadata: Metadata;
}

async function firstAccepted(
  tries: readonly Try[],
  write: (view: View, metadata: Metadata) => Promise<void>,
  blocks: RefusedBlocks,
  said: (error: unknown) => void,
): Promise<void> {
  const refused: { view: View; error: unknown }[] = [];
  for (const [index, { view, metadata }] of tries.entries()) {
    try {
      await write(view, metadata);
      for (const each of refused) blocks.learn(each.view, each.error, view);
      return;
    } catch (error) {
      if (!isOfBlocks(error) || index === tries.length - 1) throw error;
      refused.push({ view, error });
      said(error);
    }
  }
}
