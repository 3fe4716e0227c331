import type { Answer } from '../../agent/answer.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { footerPart } from './pieces/closing-parts.ts';
import { context, questionButtons, section } from './pieces/elements.ts';
import { inline } from './pieces/markdown.ts';

/** The question back, and its answers as buttons; nothing is guessed. */
export function clarificationParts(answer: Answer): Part[] {
  const buttons = questionButtons(answer.options, 'sentry_options');
  const rest = answer.options.slice(5).map((option) => `• ${inline(option.question, 200)}`);
  return [
    { keep: Keep.verdict, what: ['question', 'questions'], blocks: [section(`🤔 ${inline(answer.verdict, 1200)}`)] },
    { keep: Keep.suggestion, what: ['row of buttons', 'rows of buttons'], blocks: buttons },
    {
      keep: Keep.detail,
      what: ['option', 'options'],
      count: rest.length,
      blocks: rest.length > 0 ? [section(...rest)] : [],
    },
    { keep: Keep.note, what: ['note', 'notes'], blocks: [context('Press one, or reply here in your own words.')] },
    footerPart(answer),
  ];
}
