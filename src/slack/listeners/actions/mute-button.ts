import { z } from 'zod';
import { noteView } from '../../blocks/note.ts';
import { tellPrivately } from '../../surfaces/private-surface.ts';
import type { ListenerDeps } from '../deps.ts';

const Press = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }),
  message: z.object({ ts: z.string() }),
  actions: z.tuple([z.object({ value: z.string().min(1).max(500), action_ts: z.string().optional() })], z.unknown()),
});

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** Mutes an incident, or lets it speak again. Its root says who did. */
export function createMuteButton(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async () => {
      await ack();
      const press = Press.safeParse(body).data;
      if (press === undefined || deps.standing === null) return;
      const [{ value: incident, action_ts: pressed = '' }] = press.actions;
      const channel = press.channel.id;
      // What a press carries is not believed: an incident is muted in its own channel alone.
      if (!incident.startsWith(`${channel}:`)) return;
      if (!(await deps.claims.claim(`mute:${channel}:${press.message.ts}:${pressed}`, deps.timing.doubleClickMs)))
        return;
      const asking = {
        channel,
        user: press.user.id,
        responseUrl: press.response_url,
        hints: { team: press.user.team_id },
      };
      if (!(await deps.admission.admits(asking, 'watch'))) return;
      const known = await deps.standing.watches.toggleMute(incident, press.user.id).catch((error) => {
        deps.log.error({ incident, err: error }, 'An incident could not be muted');
        return false;
      });
      if (!known)
        await tellPrivately(deps.gateway, asking, noteView('This incident can no longer be muted.')).catch(() => {});
    });
}
