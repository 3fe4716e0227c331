import type { View } from '../blocks/view.ts';
import { failureKind, slackCode } from '../failures.ts';
import type { Metadata } from '../gateway.ts';
import { findPosted, type PostOnceOptions, postOnce } from '../post-once.ts';
import { WORKING_EVENT } from '../thread-context.ts';
import type { Surface } from './surface.ts';

export interface ThreadPlace {
  channel: string;
  threadTs: string;
  reference: string;
}

/**
 * Posts the working message of an answer and returns the surface that updates it in place.
 * @throws what Slack says when SENTRY may not post there or the thread is gone: nothing is shown then.
 */
export async function openThread(options: PostOnceOptions, place: ThreadPlace, working: View): Promise<Surface> {
  const { gateway, log } = options;
  const target = { channel: place.channel, thread_ts: place.threadTs };
  const mark: Metadata = { event_type: WORKING_EVENT, event_payload: { reference: place.reference } };
  const ts = await postOnce(options, { ...target, ...working, metadata: mark }).catch((error) => {
    const kind = failureKind(error);
    if (kind === 'no_access' || kind === 'gone') throw error;
    log.warn({ reference: place.reference, code: slackCode(error) }, 'The working message could not be posted');
    return null;
  });

  /** A message of its own, where the working one is gone or cannot be changed. */
  async function postAnew(view: View, metadata: Metadata): Promise<void> {
    const message = { ...target, ...view, metadata };
    if ((await findPosted(gateway, message)) === null) await postOnce(options, message);
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
    async show(view) {
      if (ts !== null)
        await gateway.update({ channel: place.channel, ts, ...view, metadata: mark }, { patient: false });
    },
    async settle(views, metadata) {
      const plainest = views.at(-1);
      if (!plainest) return;
      const tries: (() => Promise<void>)[] = [
        ...views.map((view) => () => write(view, metadata)),
        () => write({ text: plainest.text, blocks: [] }, metadata),
        () =>
          write(
            { text: plainest.text, blocks: [] },
            { event_type: metadata.event_type, event_payload: { reference: place.reference } },
          ),
      ];
      await firstAccepted(tries, (error) =>
        log.warn(
          { reference: place.reference, code: slackCode(error) },
          'Slack refused the blocks; showing plainer ones',
        ),
      );
    },
  };
}

async function firstAccepted(
  tries: readonly (() => Promise<void>)[],
  refused: (error: unknown) => void,
): Promise<void> {
  for (const [index, attempt] of tries.entries()) {
    try {
      return await attempt();
    } catch (error) {
      if (failureKind(error) !== 'refused_blocks' || index === tries.length - 1) throw error;
      refused(error);
    }
  }
}
