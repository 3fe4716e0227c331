import type { State } from '../../state/state.ts';
import { createFeedbackBook, type Feedback, type FeedbackBook } from '../feedback/feedback.ts';
import { type AnswerBook, createAnswerBook } from './answer-book.ts';
import type { DefinitionAge } from './kept-answer.ts';
import { createNights, type NightLook, type Nights } from './nights.ts';

/** What the evidence of answers, the feedback on them and the home tab are made of. */
export interface InsightOptions {
  state: State;
  night: NightLook;
  /** Lenz names of all that is watched. */
  essentials: () => readonly string[];
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
  nights: Nights;
}

export function openInsight(options: InsightOptions): Insight {
  const book = createFeedbackBook(options.state);
  return {
    ...options,
    answers: createAnswerBook(options.state),
    nights: createNights({ ...options, look: options.night }),
    feedback: {
      ...book,
      async put(feedback) {
        await book.put(feedback);
        options.onFeedback?.(feedback);
      },
    },
  };
}
