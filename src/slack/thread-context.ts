import { z } from 'zod';
import type { ThreadContext as Context, Question } from '../agent/question.ts';
import { cut } from './blocks/pieces/text.ts';
import type { Metadata, StoredMessage } from './gateway.ts';
import type { Self } from './identity.ts';
import { mentionedUsers, personText } from './message-text.ts';

/** Names of what SENTRY writes beside its own messages. */
export const ANSWER_EVENT = 'sentry_answer';
export const WORKING_EVENT = 'sentry_working';
export const QUESTION_EVENT = 'sentry_question';

const MAX_TURNS = 10;
const MAX_TURN_TEXT = 800;
const MAX_CONTEXT_JSON = 6000;

const ThreadContext = z.object({
  essential: z.string().max(200).nullable(),
  businessDate: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
  phase: z.enum(['PRELIM', 'FINAL']).nullable(),
  datasetId: z.string().max(500).nullable(),
  slices: z.array(z.string().max(300)).max(200),
  runs: z.array(z.object({ dagId: z.string().max(300), dagRunId: z.string().max(500) })).max(20),
  kind: z.string().max(40),
  phaseSaid: z.boolean().optional(),
  sliceSaid: z.string().max(200).nullish(),
});

const Payload = z.object({ context: z.string().max(MAX_CONTEXT_JSON).optional(), ours: z.boolean().optional() });

/** What a thread tells about the question that was put in it. */
export interface ThreadMemory {
  /** Of SENTRY's latest answer that carries one. */
  context: Context | null;
  turns: Question['turns'];
  /** The root is SENTRY's own, or a question that a person put to SENTRY. */
  ours: boolean;
}

/** Slack's metadata holds plain values only, so that the context travels as JSON. */
export function answerMetadata(reference: string, context: Context | null, ours: boolean): Metadata {
  const json = context === null ? null : JSON.stringify(context);
  const carried: Metadata['event_payload'] = json !== null && json.length <= MAX_CONTEXT_JSON ? { context: json } : {};
  return { event_type: ANSWER_EVENT, event_payload: { reference, ours, ...carried } };
}

/**
 * Reads a thread as `conversations.replies` gives it. Only metadata beside SENTRY's own messages is believed: anybody may post
 * metadata under any name. A root that is gone leaves what SENTRY noted beside its answers. `until`: the question itself,
 * after which people's messages are no earlier turns. `ours`: known beforehand.
 */
export function readThread(
  messages: readonly StoredMessage[],
  threadTs: string,
  self: Self,
  known: { until?: string | null; ours?: boolean } = {},
): ThreadMemory {
  const until = known.until ?? null;
  const root = messages.find((message) => message.ts === threadTs && message.subtype !== 'tombstone');
  const earlier = messages.filter((message) => until === null || (message.ts ?? '') < until || isOwn(message, self));
  const answers = earlier.filter((message) => isOwn(message, self) && message.metadata?.event_type === ANSWER_EVENT);
  const payloads = answers.map((message) => Payload.safeParse(message.metadata?.event_payload).data);
  const noted = payloads.findLast((payload) => payload)?.ours ?? false;
  const ours = known.ours === true || (root ? belongs(root, self) : noted);
  const context = payloads.map((payload) => parseContext(payload?.context)).findLast((each) => each !== null) ?? null;
  return { context, ours, turns: turnsOf(earlier, self, ours, until) };
}

export function isOwn(message: StoredMessage, self: Self): boolean {
  return message.bot_id === self.botId || (message.user === self.userId && message.bot_id === undefined);
}

function belongs(root: StoredMessage, self: Self): boolean {
  if (isOwn(root, self)) return true;
  return root.bot_id === undefined && mentionedUsers(root.text ?? '').includes(self.userId);
}

function parseContext(json: string | undefined): Context | null {
  if (json === undefined) return null;
  try {
    return ThreadContext.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** What people asked SENTRY and what it answered; what they say to each other stays theirs. */
function turnsOf(
  messages: readonly StoredMessage[],
  self: Self,
  ours: boolean,
  until: string | null,
): Question['turns'] {
  const turns = messages.flatMap((message): { by: 'person' | 'sentry'; text: string }[] => {
    if (until !== null && message.ts === until) return [];
    if (isOwn(message, self)) return ownTurn(message, self);
    if (message.bot_id !== undefined || message.subtype !== undefined) return [];
    const toSentry = ours || mentionedUsers(message.text ?? '').includes(self.userId);
    return toSentry ? [{ by: 'person', text: personText(message.text ?? '', self.userId) }] : [];
  });
  return turns
    .filter((turn) => turn.text !== '')
    .slice(-MAX_TURNS)
    .map((turn) => ({ by: turn.by, text: cut(turn.text, MAX_TURN_TEXT) }));
}

function ownTurn(message: StoredMessage, self: Self): { by: 'person' | 'sentry'; text: string }[] {
  const type = message.metadata?.event_type;
  if (type === ANSWER_EVENT) return [{ by: 'sentry', text: personText(message.text ?? '', self.userId) }];
  if (type !== QUESTION_EVENT) return [];
  const asked = z.object({ question: z.string() }).safeParse(message.metadata?.event_payload).data;
  return asked ? [{ by: 'person', text: asked.question }] : [];
}
