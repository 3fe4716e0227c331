import type { AgentEvent } from './answer.ts';
import type { Question } from './question.ts';

/** Puts a question to a fresh agent. Never throws: what goes wrong arrives as an answer with `error` set. */
export type Ask = (question: Question, options: { signal: AbortSignal }) => AsyncIterable<AgentEvent>;
