import { type ErrorCode, SentryError } from '../errors.ts';

const WHY: Partial<Record<ErrorCode, string>> = {
  LLM_AUTH: 'it refused the credentials',
  LLM_BUSY: 'it is busy',
  LLM_REFUSED: 'its content filter withheld the answer',
  LLM_TOO_LONG: 'the findings are too long for it',
  LLM_INVALID: 'it gave nothing usable',
};

/** How far an answer had come when the model failed. */
export type Reached = 'nothing' | 'found' | 'half-worded';

/** What a person reads below an answer that the model had no part in, or only half of one. */
export function modelNote(error: unknown, reached: Reached): string {
  const code = error instanceof SentryError ? error.code : 'LLM_INVALID';
  if (reached === 'half-worded') {
    const why = code === 'LLM_REFUSED' ? ' (its content filter withheld the rest)' : '';
    return `The language model fell silent half way${why}; what it had said by then was checked and stays.`;
  }
  const why = WHY[code];
  const instead = reached === 'found' ? 'these words are put together by rules' : 'this question was read by rules';
  return `The language model did not answer${why === undefined ? '' : ` (${why})`}; ${instead}.`;
}
