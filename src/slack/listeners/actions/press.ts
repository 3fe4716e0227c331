import { z } from 'zod';
import type { ViewPlace } from '../../views/place.ts';

/** A press of a button on a message, as far as it is used. */
const Press = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  trigger_id: z.string().optional(),
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
  actions: z.tuple([z.object({ value: z.string().min(1).max(2000) })], z.unknown()),
});

export interface ButtonPress {
  value: string;
  trigger: string;
  messageTs: string;
  /** Null on a message for one person's eyes. */
  threadTs: string | null;
  asking: { user: string; channel: string; responseUrl: string | undefined; hints: { team: string | undefined } };
}

/** Null for what is no press of a button on a message. */
export function readPress(body: unknown): ButtonPress | null {
  const press = Press.safeParse(body).data;
  const channel = press?.channel?.id ?? press?.container?.channel_id;
  if (press === undefined || channel === undefined) return null;
  const alone = press.message === undefined || press.container?.is_ephemeral === true;
  return {
    value: press.actions[0].value,
    trigger: press.trigger_id ?? '',
    messageTs: press.message?.ts ?? press.container?.message_ts ?? '',
    threadTs: alone ? null : (press.message?.thread_ts ?? press.message?.ts ?? null),
    asking: { user: press.user.id, channel, responseUrl: press.response_url, hints: { team: press.user.team_id } },
  };
}

export function placeOfPress(press: ButtonPress, reference: string): ViewPlace {
  return { channel: press.asking.channel, threadTs: press.threadTs, reference };
}
