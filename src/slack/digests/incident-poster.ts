import type { IncidentPosts } from '../../digest/watch/incident-posts.ts';
import { incidentReplyView, incidentView } from '../blocks/incident.ts';
import { failureKind } from '../failures.ts';
import type { StoredMessage } from '../gateway.ts';
import type { PostOnceOptions } from '../post-once.ts';
import { findThere, postThere } from './post-there.ts';

const INCIDENT_EVENT = 'sentry_incident';

/** Writes incidents: before each message its channel is read for it, since a process may have ended right after posting. */
export function createIncidentPoster(
  options: PostOnceOptions,
  isOwn: (message: StoredMessage) => boolean,
): IncidentPosts {
  const { gateway } = options;
  const mark = (reference: string) => ({ event_type: INCIDENT_EVENT, event_payload: { reference } });

  return {
    async open({ channel, reference, card }) {
      const metadata = mark(reference);
      const there = await findThere(gateway, { channel, metadata }, isOwn);
      return there ?? postThere(options, { channel, view: incidentView(card), metadata });
    },

    async reply({ channel, rootTs, reference, lines }) {
      const place = { channel, threadTs: rootTs, metadata: mark(reference) };
      return unlessGone('posted', async () => {
        if ((await findThere(gateway, place, isOwn)) !== null) return;
        await postThere(options, { ...place, view: incidentReplyView(lines) });
      });
    },

    async edit({ channel, rootTs, reference, card }) {
      const view = incidentView(card);
      const place = { channel, ts: rootTs, metadata: mark(reference) };
      return unlessGone('edited', async () => {
        try {
          await gateway.update({ ...place, ...view });
        } catch (error) {
          if (failureKind(error) !== 'refused_blocks') throw error;
          await gateway.update({ ...place, text: view.text, blocks: [] });
        }
      });
    },
  };
}

async function unlessGone<T>(done: T, task: () => Promise<void>): Promise<T | 'gone'> {
  try {
    await task();
    return done;
  } catch (error) {
    if (failureKind(error) === 'gone') return 'gone';
    throw error;
  }
}
