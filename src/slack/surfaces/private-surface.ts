import type { View } from '../blocks/view.ts';
import { workingView } from '../blocks/working.ts';
import type { SlackGateway } from '../gateway.ts';
import type { Surface } from './surface.ts';

export interface PrivatePlace {
  channel: string;
  user: string;
  threadTs?: string;
  /** Comes with commands and presses; good for 30 minutes and five messages. */
  responseUrl?: string;
}

/** Shows a view to one person by the first way that works: the response address, an ephemeral message, a direct message. */
export async function tellPrivately(gateway: SlackGateway, place: PrivatePlace, view: View): Promise<void> {
  const thread = place.threadTs ? { thread_ts: place.threadTs } : {};
  const ways: (() => Promise<unknown>)[] = [
    () => gateway.ephemeral({ channel: place.channel, user: place.user, ...thread, ...view }),
    () => gateway.post({ channel: place.user, ...view }),
  ];
  const { responseUrl } = place;
  if (responseUrl) ways.unshift(() => gateway.respond(responseUrl, view));
  let last: unknown;
  for (const way of ways) {
    try {
      await way();
      return;
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** An answer for the asker's eyes only. `dress` adds why it is private and how to change that. */
export function openPrivate(gateway: SlackGateway, place: PrivatePlace, dress: (view: View) => View): Surface {
  let shown = false;
  return {
    inThread: false,
    async show(progress) {
      // Ephemeral messages cannot be updated: one word that it is being worked on is enough.
      if (shown) return;
      shown = true;
      await tellPrivately(gateway, place, workingView(progress));
    },
    async settle(views) {
      const dressed = gateway.refusedBlocks.likely(views).map(dress);
      const plainest = dressed.at(-1);
      const candidates = plainest ? [...dressed, { text: plainest.text, blocks: [] }] : [];
      let last: unknown;
      for (const view of candidates) {
        try {
          return await tellPrivately(gateway, place, view);
        } catch (error) {
          last = error;
        }
      }
      throw last;
    },
  };
}
