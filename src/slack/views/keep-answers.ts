import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../agent/answer.ts';
import type { Ask } from '../../agent/ask.ts';
import { toSentryError } from '../../errors.ts';
import { renderWhole } from '../blocks/render-answer.ts';
import type { SlackLog } from '../slack-log.ts';
import type { AnswerBook } from './answer-book.ts';
import { type DefinitionAge, essentialsOf, keptAnswerOf } from './kept-answer.ts';

export interface Keeping {
  answers: AnswerBook;
  /** When Lenz last told of these; what is not known is left out. */
  definitionAges: (essentials: readonly string[]) => Promise<DefinitionAge[]>;
  /** The clock of the data, UTC milliseconds. */
  clock: () => number;
  /** For links to runs and tasks; null: none. */
  airflowBaseUrl: string | null;
  log: SlackLog;
}

/** The same `ask`, with what stands behind each answer kept. The answer neither waits for that nor fails with it. */
export function keepingAnswers(ask: Ask, keeping: Keeping): Ask {
  return async function* (question, options) {
    for await (const event of ask(question, options)) {
      if (event.type === 'answer') keeping.answers.keeping(event.answer.reference, keep(event.answer, keeping));
      yield event;
    }
  };
}

/** Lenz may be slow to answer, and people are quick to press. */
const PATIENCE_MS = 1500;

async function keep(answer: Answer, keeping: Keeping): Promise<void> {
  const { answers, definitionAges, clock, log } = keeping;
  const at = clock();
  try {
    const ages = definitionAges(essentialsOf(answer)).catch(() => []);
    const definitions = await Promise.race([ages, pause(PATIENCE_MS, [], { ref: false })]);
    const kept = keptAnswerOf(answer, { real: Date.now(), clock: at, definitions });
    await answers.keep(kept, renderWhole(answer, keeping.airflowBaseUrl));
  } catch (error) {
    log.warn({ reference: answer.reference, err: toSentryError(error) }, 'What stands behind an answer was not kept');
  }
}
