import { z } from 'zod';
import type { State } from '../../state/state.ts';
import type { KeptAnswer } from '../views/kept-answer.ts';

/** What a person said of an answer. */
export const Feedback = z.object({
  /** UTC milliseconds of real time. */
  at: z.number(),
  reference: z.string(),
  /** Slack's ids. */
  user: z.string(),
  channel: z.string(),
  right: z.boolean(),
  /** The family of the actual cause; `nothing_wrong` and `something_else` are answers too, null where it was not said. */
  cause: z.string().nullable(),
  /** In the person's words; may be empty. Untrusted. */
  words: z.string(),
  /** Of the answer, where it was still kept. */
  question: z.string().nullable(),
  verdict: z.string().nullable(),
  essentials: z.array(z.string()),
  businessDate: z.string().nullable(),
  phase: z.string().nullable(),
  /** UTC milliseconds: what the clock of the data said. */
  clock: z.number().nullable(),
  answered: z.array(
    z.object({
      family: z.string(),
      datasetId: z.string().nullable(),
      slice: z.string().nullable(),
      taskId: z.string().nullable(),
    }),
  ),
});
export type Feedback = z.infer<typeof Feedback>;

export interface FeedbackBook {
  /** One a person and answer: what is said later replaces it. */
  put(feedback: Feedback): Promise<void>;
  /** Newest first. */
  list(): Promise<Feedback[]>;
}

const MOST = 2000;
const SWEEP_EVERY = 50;

export function createFeedbackBook(state: State): FeedbackBook {
  const collection = state.collection('feedback', Feedback);
  let sinceSweep = 0;
  const newestFirst = async () => (await collection.list()).sort((one, other) => other.value.at - one.value.at);
  return {
    async put(feedback) {
      await collection.put(`${feedback.reference}-${feedback.user}`, feedback);
      sinceSweep += 1;
      if (sinceSweep < SWEEP_EVERY) return;
      sinceSweep = 0;
      for (const { id } of (await newestFirst()).slice(MOST)) await collection.remove(id);
    },
    list: async () => (await newestFirst()).map(({ value }) => value),
  };
}

/** What was said, beside what it was said of. */
export function feedbackOn(
  answer: KeptAnswer | null,
  said: Pick<Feedback, 'at' | 'reference' | 'user' | 'channel' | 'right' | 'cause' | 'words'>,
): Feedback {
  return {
    ...said,
    question: answer?.question ?? null,
    verdict: answer?.verdict ?? null,
    essentials: answer?.essentials ?? [],
    businessDate: answer?.businessDate ?? null,
    phase: answer?.phase ?? null,
    clock: answer?.clock ?? null,
    answered: (answer?.causes ?? []).map(({ family, datasetId, slice, taskId }) => ({
      family,
      datasetId,
      slice,
      taskId,
    })),
  };
}
