import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { EssentialNames } from '../batch/essential-names.ts';
import type { Finding } from '../batch/finding.ts';
import type { Desk } from '../batch/inquiry/desk.ts';
import type { QueryRecord } from '../batch/ports.ts';
import type { Sight } from '../batch/sight.ts';
import type { ErrorCode, SentryError } from '../errors.ts';
import type { AgentLog } from './agent-log.ts';
import type { AgentEvent } from './answer.ts';
import type { CreateModel } from './model.ts';
import type { Question } from './question.ts';

/** Everything that belongs to one question and dies with it. Survives an aborted graph: what was found is still said. */
export interface Session {
  question: Question;
  /** The question's text, cleaned. */
  text: string;
  desk: Desk;
  names: EssentialNames;
  /** Null: everything is in sight. */
  sight: Sight | null;
  signal: AbortSignal;
  log: AgentLog;
  createModel: CreateModel;
  /** Plans when the model fails before any tool ran. */
  createFallbackModel: CreateModel | null;
  modelTimeoutS: number;
  budgetS: number;
  /** When the budget ends, as `performance.now()` counts. */
  endsAt: number;
  /** The model could not read all of it: it gets less from then on. */
  brief: boolean;
  /** Told of every turn that the model did not give. */
  onModelFailure: (code: ErrorCode) => void;
  /** The model in use, once made. */
  model: BaseChatModel | null;
  onFallback: boolean;
  findings: Finding[];
  /** Tools that failed for an upstream's sake. */
  failures: SentryError[];
  records: QueryRecord[];
  notes: string[];
  /** The phase was named in a call: it goes with the conversation. */
  phaseSaid: boolean;
  /** The model's words that have passed the check; only grows. */
  prose: string;
  lastVerdict: string | null;
  usage: { llm_calls: number; input_tokens: number; output_tokens: number; tool_calls: number };
}

export type Emit = (event: AgentEvent) => void;
