import type { BaseMessage } from '@langchain/core/messages';
import { z } from 'zod';

/** What the thread has settled, as far as planning depends on it. */
const Thread = z.object({
  essential: z.string().nullable(),
  kind: z.string(),
  datasetId: z.string().nullable().default(null),
  slices: z.array(z.string()).default([]),
});
export type Thread = z.infer<typeof Thread>;

/** The JSON in which a question arrives; more may be in it. */
const Opening = z.object({
  question: z.string(),
  thread: Thread.nullable().default(null),
  clock: z.iso.datetime(),
  time_zone: z.string(),
});
export type Opening = z.infer<typeof Opening>;

/** The question in the last human message. A message that is not that JSON is a question without a thread. */
export function openingOf(messages: readonly BaseMessage[]): Opening {
  const last = messages.findLast((message) => message.type === 'human');
  const text = last?.text ?? '';
  try {
    return Opening.parse(JSON.parse(text));
  } catch {
    return { question: text, thread: null, clock: new Date().toISOString(), time_zone: 'UTC' };
  }
}
