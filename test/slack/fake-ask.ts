import type { AgentEvent, Answer } from '../../src/agent/answer.ts';
import type { Ask, AskOptions } from '../../src/agent/ask.ts';
import type { Question, ThreadContext } from '../../src/agent/question.ts';
import { statusAnswer } from './sample-answers.ts';

export const CONTEXT: ThreadContext = {
  essential: 'TB-Derivatives',
  businessDate: '2026-02-13',
  phase: 'PRELIM',
  datasetId: null,
  slices: ['EMEA_DERIV_CFG'],
  runs: [{ dagId: 'slsline_V2', dagRunId: 'FGW_slsline_V2_2026-02-13_EMEA_DERIV_CFG_1771031820000' }],
  kind: 'status',
};

export interface FakeAsk {
  ask: Ask;
  questions: Question[];
  /** What came along with each question. */
  options: AskOptions[];
}

type Script = (question: Question, signal: AbortSignal) => AsyncIterable<AgentEvent>;

/** An agent that answers by a script; by default a step, the verdict, and a status answer that repeats the question. */
export function createFakeAsk(script: Script = ordinary()): FakeAsk {
  const questions: Question[] = [];
  const given: AskOptions[] = [];
  return {
    questions,
    options: given,
    ask: (question, options) => {
      questions.push(question);
      given.push(options);
      return script(question, options.signal);
    },
  };
}

export function ordinary(overrides: Partial<Answer> = {}, context: ThreadContext | null = CONTEXT): Script {
  return async function* (question) {
    yield { type: 'step', id: 'read', title: 'Reading TB-Derivatives runs of 2026-02-13', status: 'in_progress' };
    const answer = statusAnswer({ question: question.text, reference: question.id, ...overrides });
    yield { type: 'verdict', verdict: answer.verdict };
    yield { type: 'answer', answer, context };
  };
}
