import { z } from 'zod';
import type { ThreadContext as Context, Question, Turn } from '../agent/question.ts';
import type { EssentialNames } from '../batch/essential-names.ts';
import { cut } from './blocks/pieces/text.ts';
import type { Metadata, StoredMessage } from './gateway.ts';
import type { Self } from './identity.ts';
import { mentionedUsers, personText } from './message-text.ts';
import { contextOfTalk, textOf } from './thread-talk.ts';

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
  fromTalk: z.boolean().optional(),
});

const Payload = z.object({ context: z.string().max(MAX_CONTEXT_JSON).optional(), ours: z.boolean().optional() });

/** What a thread tells about the question that was put in it. */
export interface ThreadMemory {
  /** Of SENTRY's latest answer that carries one; else what the thread speaks of. */
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
 * after which people's messages are no earlier turns. `ours`: known beforehand. `talk`: how to read what others say
 * there, for a question in the middle of an incident; left out where that is not wanted.
 */
export function readThread(
  messages: readonly StoredMessage[],
  threadTs: string,
  self: Self,
  known: { until?: string | null; ours?: boolean; talk?: { names: Pick<EssentialNames, 'find'>; zone: string } } = {},
): ThreadMemory {
  const until = known.until ?? null;
  const root = messages.find((message) => message.ts === threadTs && message.subtype !== 'tombstone');
  const earlier = messages.filter((message) => until === null || (message.ts ?? '') < until || isOwn(message, self));
  const answers = earlier.filter((message) => isOwn(message, self) && message.metadata?.event_type === ANSWER_EVENT);
  const payloads = answers.map((message) => Payload.safeParse(message.metadata?.event_payload).data);
  const noted = payloads.findLast((payload) => payload)?.ours ?? false;
  const ours = known.ours === true || (root ? belongs(root, self) : noted);
  const settled = payloads.map((payload) => parseContext(payload?.context)).findLast((each) => each !== null) ?? null;
  const others = earlier.filter((message) => !isOwn(message, self));
  const talk = known.talk && contextOfTalk(others, { ...known.talk, ownUserId: self.userId });
  return { context: settled ?? talk ?? null, ours, turns: turnsOf(earlier, self, until) };
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

/** What was said before: the root, which is the alert or the first question, and the latest after it. */
function turnsOf(messages: readonly StoredMessage[], self: Self, until: string | null): Question['turns'] {
  const turns = messages
    .filter((message) => until === null || message.ts !== until)
    .flatMap((message) => turnOf(message, self))
    .filter((turn) => turn.text !== '')
    .map((turn) => ({ by: turn.by, text: cut(turn.text, MAX_TURN_TEXT) }));
  return turns.length <= MAX_TURNS ? turns : [...turns.slice(0, 1), ...turns.slice(1 - MAX_TURNS)];
}

function turnOf(message: StoredMessage, self: Self): Turn[] {
  if (isOwn(message, self)) return ownTurn(message, self);
  const text = textOf(message, self.userId);
  if (message.bot_id !== undefined) return [{ by: 'app', text }];
  return message.subtype === undefined ? [{ by: 'person', text }] : [];
}

function ownTurn(message: StoredMessage, self: Self): Turn[] {
  const type = message.metadata?.event_type;
  if (type === ANSWER_EVENT) return [{ by: 'sentry', text: personText(message.text ?? '', self.userId) }];
  if (type !== QUESTION_EVENT) return [];
  const asked = z.object({ question: z.string() }).safeParse(message.metadata?.event_payload).data;
  return asked ? [{ by: 'person', text: asked.question }] : [];
}
