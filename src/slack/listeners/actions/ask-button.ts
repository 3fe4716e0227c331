import { z } from 'zod';
import type { ListenerDeps } from '../deps.ts';

/** A press of a button that carries a question, as far as it is used. */
const Press = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  container: z
    .object({
      channel_id: z.string().optional(),
      message_ts: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  actions: z.tuple([z.object({ value: z.string().min(1) })], z.unknown()),
});

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** Asks the button's question exactly as if it were typed there; a double click asks once. */
export function createAskButton(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async (signal) => {
      await ack();
      const press = Press.safeParse(body).data;
      const channel = press?.channel?.id ?? press?.container?.channel_id;
      if (!press || channel === undefined) {
        deps.log.warn({}, 'A press came without what is needed to answer it');
        return;
      }
      const question = press.actions[0].value;
      const messageTs = press.message?.ts ?? press.container?.message_ts ?? '';
      const key = `press:${channel}:${messageTs}:${question}`;
      if (!(await deps.claims.claim(key, deps.timing.doubleClickMs))) return;
      const asked = {
        channel,
        user: press.user.id,
        question,
        responseUrl: press.response_url,
        hints: { team: press.user.team_id },
      };
      // A message for one person's eyes has no thread to answer in.
      if (!press.message || press.container?.is_ephemeral)
        return deps.inbox.answer({ form: 'in_channel', ...asked }, signal);
      const threadTs = press.message.thread_ts ?? press.message.ts;
      await deps.inbox.answer({ form: 'pressed', ...asked, threadTs }, signal);
    });
}
