import { z } from 'zod';
import type { ListenerDeps } from '../deps.ts';

/** A press of Stop, as far as it is used. */
const Press = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }),
  actions: z.tuple([z.object({ value: z.string().min(1) })], z.unknown()),
});

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** Ends the work on one question. Whoever may ask here may stop, since everybody in the thread reads along. */
export function createStopButton(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async () => {
      await ack();
      const press = Press.safeParse(body).data;
      if (!press) return;
      const { id: user, team_id: team } = press.user;
      const asking = { channel: press.channel.id, user, responseUrl: press.response_url, hints: { team } };
      if (!(await deps.admission.admits(asking, 'ask'))) return;
      const reference = press.actions[0].value;
      deps.log.info({ reference, user }, 'Stop was pressed');
      await deps.stops.stop({ reference }, user);
    });
}
