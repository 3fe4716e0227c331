import type { Answer } from '../../agent/answer.ts';
import type { Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { failureParts } from './pieces/failure-parts.ts';
import type { Rendering } from './pieces/rendering.ts';
import { stepParts } from './pieces/step-parts.ts';
import { verdictPart } from './pieces/verdict-part.ts';

/** "Which step is it at?": the words before the failures, and every step on a line of its own. */
export function progressParts(answer: Answer, how: Rendering): Part[] {
  const nameOf = createDatasetNames(answer.datasets.map((dataset) => dataset.dataset_id));
  return [
    verdictPart(answer),
    ...stepParts(answer, nameOf, how, true),
    ...prosePart(answer, how),
    ...failureParts(answer, nameOf, how),
    ...closingParts(answer, how),
  ];
}
