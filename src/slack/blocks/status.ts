import type { Answer } from '../../agent/answer.ts';
import type { Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { failureParts } from './pieces/failure-parts.ts';
import type { Rendering } from './pieces/rendering.ts';
import { stepParts } from './pieces/step-parts.ts';
import { verdictPart } from './pieces/verdict-part.ts';

/** "How is derivatives doing?": verdict, steps with finished ones folded, what failed, words, small print, buttons. */
export function statusParts(answer: Answer, how: Rendering): Part[] {
  const nameOf = createDatasetNames(answer.datasets.map((dataset) => dataset.dataset_id));
  return [
    verdictPart(answer),
    ...stepParts(answer, nameOf, how, false),
    ...failureParts(answer, nameOf, how),
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}
