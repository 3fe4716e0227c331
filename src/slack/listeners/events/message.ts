import { decide, IncomingMessage } from '../../incoming-message.ts';
import { DELIVERY_TTL_MS } from '../../timing.ts';
import type { ListenerDeps } from '../deps.ts';

interface Envelope {
  event_id?: string;
  team_id?: string;
  is_ext_shared_channel?: boolean;
}

/** Handles `message` and `app_mention`, which describe the same message twice. */
export function createMessageListener(deps: ListenerDeps, { mentioned }: { mentioned: boolean }) {
  return ({ event, body }: { event: unknown; body: Envelope }): Promise<void> =>
    deps.work.run((signal) => handle(deps, event, body, mentioned, signal));
}

async function handle(
  deps: ListenerDeps,
  event: unknown,
  body: Envelope,
  mentioned: boolean,
  signal: AbortSignal,
): Promise<void> {
  const message = IncomingMessage.safeParse(event).data;
  if (!message) return;
  const decision = decide(message, deps.self(), deps.names, { mentioned, isNamed: deps.admission.isNamed });
  if (decision.kind === 'ignore') return;
  if (decision.kind === 'if_ours') {
    // A thread is not read again for what is merely delivered again.
    const eventId = body.event_id;
    if (eventId !== undefined && !(await deps.claims.claim(`event:${eventId}`, DELIVERY_TTL_MS))) return;
    const ours = await deps.threads.isOurs(message.channel, decision.threadTs, message.parent_user_id);
    if (!ours) return;
  }
  if (!(await deps.claims.claim(`message:${message.channel}:${message.ts}`, DELIVERY_TTL_MS))) return;
  await deps.inbox.answer(
    {
      form: 'in_thread',
      channel: message.channel,
      threadTs: decision.threadTs,
      user: decision.user,
      question: decision.question,
      askedTs: message.ts,
      hints: { team: message.user_team ?? message.team ?? body.team_id, shared: body.is_ext_shared_channel },
      ours: decision.kind === 'if_ours' || decision.opens,
    },
    signal,
  );
}
