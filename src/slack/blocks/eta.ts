import type { Answer } from '../../agent/answer.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { causeParts, nextParts } from './pieces/cause-parts.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { section } from './pieces/elements.ts';
import type { Rendering } from './pieces/rendering.ts';
import { progressLine } from './pieces/step-parts.ts';
import { verdictPart } from './pieces/verdict-part.ts';

/** "When will it finish?": how far it is, and what stands in its way. */
export function etaParts(answer: Answer, how: Rendering): Part[] {
  const progress: Part[] =
    answer.progress === null || answer.status === 'SUCCESS'
      ? []
      : [
          {
            keep: Keep.overview,
            what: ['progress line', 'progress lines'],
            blocks: [section(progressLine(answer.progress))],
          },
        ];
  return [
    verdictPart(answer),
    ...progress,
    ...causeParts(answer, how),
    ...prosePart(answer, how),
    ...nextParts(answer, how),
    ...closingParts(answer, how),
  ];
}
