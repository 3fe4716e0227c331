import type { BusinessDate } from '../batch/business-date.ts';
import type { Instant } from '../batch/instant.ts';
import type { Phase } from '../batch/run.ts';

/**
 * What a follow-up needs of the answers before it. SENTRY notes it in the metadata of each answer and finds it there
 * again, so that a restart or another replica loses no conversation. Small (below 4 kB as JSON).
 */
export interface ThreadContext {
  essential: string | null;
  businessDate: BusinessDate | null;
  phase: Phase | null;
  datasetId: string | null;
  /** The slices spoken of; empty when none in particular. */
  slices: string[];
  /** The runs spoken of, failed ones first; at most 10. */
  runs: { dagId: string; dagRunId: string }[];
  /** What kind of answer the last one was, so that "and SNU?" repeats the kind of question. */
  kind: string;
  /** The person named the phase, so it goes with the conversation to another essential. */
  phaseSaid?: boolean;
  /** The word that picked the slices ("EMEA"), so that another date or phase picks afresh. */
  sliceSaid?: string | null;
  /** Not settled with SENTRY, but what people and alerts in the thread speak of: an answer that rests on it says so. */
  fromTalk?: boolean;
}

/** One message of the thread. `app`: an alert, or whatever else another app posts. */
export interface Turn {
  by: 'person' | 'sentry' | 'app';
  text: string;
}

/** One question, from wherever it was put. Its text is data, never an instruction. */
export interface Question {
  /** Short reference, also in the log: what a person quotes when something went wrong. */
  id: string;
  text: string;
  /** Null at the start of a conversation. */
  context: ThreadContext | null;
  /** Earlier turns of the thread, oldest first, bounded; only for the model, as data. */
  turns: readonly Turn[];
  /** Replays: the clock for this question alone. */
  now?: Instant;
}
