import type { Answer } from '../../agent/answer.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { section } from './pieces/elements.ts';
import { inline } from './pieces/markdown.ts';
import type { Rendering } from './pieces/rendering.ts';

/** Why it cannot be said, in a sentence, and what can be asked instead. */
export function refusalParts(answer: Answer, how: Rendering): Part[] {
  return [
    {
      keep: Keep.verdict,
      what: ['answer', 'answers'],
      blocks: [section(inline(answer.verdict, 1800) || 'I cannot answer that.')],
    },
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}
