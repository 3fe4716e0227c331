import { type ErrorCode, SentryError } from '../errors.ts';

const WHY: Partial<Record<ErrorCode, string>> = {
  LLM_AUTH: 'it refused the credentials',
  LLM_BUSY: 'it is busy',
  LLM_REFUSED: 'its content filter withheld the answer',
  LLM_TOO_LONG: 'the findings are too long for it',
  LLM_INVALID: 'it gave nothing usable',
};

/** What a person reads below an answer that the model had no part in, or only half of one. */
export function modelNote(error: unknown, found: boolean): string {
  const why = error instanceof SentryError ? WHY[error.code] : WHY.LLM_INVALID;
  const instead = found ? 'these words are put together by rules' : 'this question was read by rules';
  return `The language model did not answer${why === undefined ? '' : ` (${why})`}; ${instead}.`;
}
