import { createEssentialNames } from '../batch/essential-names.ts';
import { NO_HOUSE_RULES } from '../batch/inquiry/house-rules.ts';
import { SentryError } from '../errors.ts';
import type { Ask } from './ask.ts';
import { compose } from './compose/compose.ts';
import { bounded, stripControls } from './safe-text.ts';

const MAX_QUESTION_CHARS = 200;

/** Answers every question with the error that keeps SENTRY from starting: whoever reads answers gets one all the same. */
export function cannotAnswer(error: SentryError): Ask {
  const { code, message, remedy, cause } = error;
  const inOneLine = new SentryError(code, message.replace(/\s*\n\s*/g, ' '), { remedy, cause });
  return async function* ask(question) {
    const answer = compose({
      question: bounded(stripControls(question.text).trim(), MAX_QUESTION_CHARS),
      reference: question.id,
      findings: [],
      prose: '',
      notes: [],
      gaps: [],
      asksWhy: false,
      asksWhen: false,
      records: [],
      usage: { llm_calls: 0, input_tokens: 0, output_tokens: 0, tool_calls: 0, ms: 0 },
      error: inOneLine,
      clock: { now: () => question.now ?? Date.now(), frozen: question.now !== undefined },
      zone: 'UTC',
      names: createEssentialNames(),
      adviceFor: NO_HOUSE_RULES.adviceFor,
      threadEssential: null,
    });
    yield { type: 'answer', answer, context: null };
  };
}
