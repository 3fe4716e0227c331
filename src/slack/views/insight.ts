import type { BusinessDate } from '../../batch/business-date.ts';
import type { Clarification, NightFinding, Refusal } from '../../batch/finding.ts';
import type { Phase } from '../../batch/run.ts';
import type { Sight } from '../../batch/sight.ts';
import type { State } from '../../state/state.ts';
import { createFeedbackBook, type Feedback, type FeedbackBook } from '../feedback/feedback.ts';
import { type AnswerBook, createAnswerBook } from './answer-book.ts';
import type { DefinitionAge } from './kept-answer.ts';

/** A look at all essentials of a night: of the last one where no date is given, in the latest phase where none is. */
export type NightLook = (
  about: { date: BusinessDate | null; phase: Phase | null; sight: Sight },
  signal: AbortSignal,
) => Promise<NightFinding | Refusal | Clarification>;

/** What the evidence of answers, the feedback on them and the home tab are made of. */
export interface InsightOptions {
  state: State;
  night: NightLook;
  /** When Lenz last told of these essentials; what is not known is left out. */
  definitionAges: (essentials: readonly string[]) => Promise<DefinitionAge[]>;
  /** The clock of the data, UTC milliseconds. */
  clock: () => number;
  /** IANA name. */
  zone: string;
  /** Without a slash at the end; null: nothing is linked. */
  airflowBaseUrl: string | null;
  /** Told of whatever people say of an answer, once it is kept. */
  onFeedback?: (feedback: Feedback) => void;
}

export interface Insight extends InsightOptions {
  answers: AnswerBook;
  feedback: FeedbackBook;
}

export function openInsight(options: InsightOptions): Insight {
  const book = createFeedbackBook(options.state);
  return {
    ...options,
    answers: createAnswerBook(options.state),
    feedback: {
      ...book,
      async put(feedback) {
        await book.put(feedback);
        options.onFeedback?.(feedback);
      },
    },
  };
}
