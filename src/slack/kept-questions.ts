import type { Orphan } from '../replicas/question-store.ts';
import type { Hold, Questions } from '../replicas/questions.ts';
import { type Asked, keptForm, readKept } from './asked.ts';
import { apology } from './blocks/error.ts';
import { overdueView } from './blocks/interrupted.ts';
import type { Conversation } from './conversation.ts';
import { newReference } from './reference.ts';
import type { SlackLog } from './slack-log.ts';
import type { Work } from './work.ts';

/** Where listeners put what they were asked. */
export interface Inbox {
  /** Resolves when it is answered. The question is kept until then: another replica answers it where this process ends. */
  answer(asked: Asked, signal: AbortSignal): Promise<void>;
}

/** Whoever asked so long ago has helped themselves by now; an answer out of the blue would be one more message at night. */
const OVERDUE_MS = 15 * 60_000;
/** A question that so many processes died of is not tried again. */
const DEADLY = 2;

interface KeptQuestionsOptions {
  questions: Questions;
  conversation: Conversation;
  work: Work;
  log: SlackLog;
}

export function createInbox({
  questions,
  conversation,
}: Pick<KeptQuestionsOptions, 'questions' | 'conversation'>): Inbox {
  return {
    answer: (asked, signal) =>
      questions.during({ reference: newReference(), data: keptForm(asked), fleeting: asked.responseUrl }, (hold) =>
        conversation.answer(asked, { hold, signal: AbortSignal.any([signal, hold.signal]) }),
      ),
  };
}

/** Answers what processes that are gone have left. */
export function resumeQuestions({ questions, conversation, work, log }: KeptQuestionsOptions): void {
  async function resume({ data, fleeting, ageMs, deaths }: Orphan, hold: Hold, signal: AbortSignal): Promise<void> {
    const { reference } = hold;
    const asked = readKept(data, fleeting);
    if (asked === null) {
      log.error({ reference }, 'What was kept of a question cannot be read');
      return;
    }
    const inHand = { hold, signal: AbortSignal.any([signal, hold.signal]) };
    if (deaths >= DEADLY) {
      log.error({ reference, deaths }, 'A question is given up: processes end while they work on it');
      const remedy =
        'SENTRY stopped each time it worked on this. Give the reference to whoever runs it, and ask in other words.';
      return conversation.giveUp(asked, apology(reference, remedy), inHand);
    }
    if (ageMs > OVERDUE_MS) return conversation.giveUp(asked, overdueView(asked.question), inHand);
    await conversation.answer(asked, inHand);
  }
  questions.start((orphan, hold) => work.run((signal) => resume(orphan, hold, signal)));
}
