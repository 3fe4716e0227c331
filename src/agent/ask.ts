import type { Sight } from '../batch/sight.ts';
import type { AgentEvent } from './answer.ts';
import type { Question } from './question.ts';

/** Puts a question to a fresh agent. Never throws: what goes wrong arrives as an answer with `error` set. */
export type Ask = (question: Question, options: AskOptions) => AsyncIterable<AgentEvent>;

export interface AskOptions {
  signal: AbortSignal;
  /** What whoever asks may see, where it is asked; everything when left out. */
  sight?: Sight;
  /** Who asks where, for the audit trail; the agent does not look at it. */
  asker?: Asker;
}

/** Slack's ids. */
export interface Asker {
  user: string;
  channel: string;
  /** Null where it is answered privately. */
  threadTs: string | null;
}
