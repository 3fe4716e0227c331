import { z } from 'zod';
import { personText } from '../../message-text.ts';
import { askAboutModal } from '../../views/ask-modal.ts';
import { openModal } from '../../views/open-modal.ts';
import { writePlace } from '../../views/place.ts';
import type { ListenerDeps } from '../deps.ts';
import { alertText } from './alert-text.ts';
import { questionOf, readAlert } from './read-alert.ts';

const Shortcut = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  channel: z.object({ id: z.string() }),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().optional() }),
});

interface ShortcutArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** "Investigate with SENTRY": the question that an alert stands for, answered in its thread. */
export function createInvestigateShortcut(deps: ListenerDeps) {
  return ({ ack, body }: ShortcutArgs): Promise<void> =>
    deps.work.run(async (signal) => {
      await ack();
      const used = Shortcut.safeParse(body).data;
      if (used === undefined) {
        deps.log.warn({}, 'A shortcut came without what is needed to answer it');
        return;
      }
      const { channel, user, message } = used;
      const threadTs = message.thread_ts ?? message.ts;
      const said = personText(alertText(message), deps.self().userId);
      const at = { now: deps.insight?.clock() ?? Date.now(), zone: deps.insight?.zone ?? 'UTC' };
      const question = questionOf(readAlert(said, deps.names, at), deps.names);
      if (question === null) {
        const place = writePlace({ channel: channel.id, threadTs, reference: '' });
        await openModal(deps, used.trigger_id, 'Investigate', async () => askAboutModal(place, said));
        return;
      }
      if (!(await deps.claims.claim(`investigate:${channel.id}:${message.ts}`, deps.timing.doubleClickMs))) return;
      const asked = { channel: channel.id, user: user.id, question, hints: { team: user.team_id } };
      const where = { threadTs, responseUrl: used.response_url };
      await deps.inbox.answer({ form: 'pressed', ...asked, ...where }, signal);
    });
}
