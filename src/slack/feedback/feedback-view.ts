import type { State } from '../../state/state.ts';
import { Keep, type Part, withinBudget } from '../blocks/pieces/budget.ts';
import { context, section } from '../blocks/pieces/elements.ts';
import { inline } from '../blocks/pieces/markdown.ts';
import { code, words } from '../blocks/pieces/text.ts';
import type { View } from '../blocks/view.ts';
import { createFeedbackBook, type Feedback } from './feedback.ts';

const SHOWN = 20;

/** `/sentry feedback`: what people said of the latest answers. `allows`: the essentials that the reader may see. */
export async function feedbackView(state: State, allows: (essential: string) => boolean = () => true): Promise<View> {
  const all = (await createFeedbackBook(state).list()).filter(({ essentials }) => essentials.every(allows));
  if (all.length === 0) {
    const none = 'Nobody has said anything about an answer yet. Each answer has buttons for it.';
    return { text: none, blocks: [section(none)] };
  }
  const right = all.filter((each) => each.right).length;
  const lead = `*Feedback* · ${all.length} in all: ${right} right, ${all.length - right} wrong`;
  const blocks = withinBudget([
    { keep: Keep.verdict, what: ['summary', 'summaries'], blocks: [section(lead)] },
    ...all
      .slice(0, SHOWN)
      .map((each): Part => ({ keep: Keep.detail, what: ['answer', 'answers'], blocks: [section(...linesOf(each))] })),
    {
      keep: Keep.note,
      what: ['note', 'notes'],
      blocks: [context('`npm run feedback-cases` writes them as cases for the evaluation.')],
    },
  ]);
  return { text: `Feedback: ${right} of ${all.length} answers were right.`, blocks };
}

function linesOf(feedback: Feedback): string[] {
  const { right, cause, businessDate, phase, essentials, user } = feedback;
  const about = [essentials.slice(0, 3).join(', '), phase ?? '', businessDate ?? ''].filter((part) => part !== '');
  const date = new Date(feedback.at).toISOString().slice(0, 16).replace('T', ' ');
  const who = /^[UW][A-Z0-9]{2,}$/.test(user) ? `<@${user}>` : 'someone';
  const actual = cause === null ? '' : ` · actual cause: ${words(cause.replaceAll('_', ' '), 60)}`;
  return [
    `${right ? '👍 Right' : '👎 Wrong'}${about.length > 0 ? ` · ${words(about.join(' '), 200)}` : ''}${actual}`,
    feedback.words === '' ? '' : `“${words(feedback.words, 300)}”`,
    feedback.verdict === null ? '' : `said: ${inline(feedback.verdict, 240)}`,
    `${date} UTC by ${who} · ref ${code(feedback.reference, 60)}`,
  ];
}
