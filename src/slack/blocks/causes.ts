import type { Answer } from '../../agent/answer.ts';
import type { Part } from './pieces/budget.ts';
import { causeParts, nextParts, ruledOutParts } from './pieces/cause-parts.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { failureParts } from './pieces/failure-parts.ts';
import type { Rendering } from './pieces/rendering.ts';
import { verdictPart } from './pieces/verdict-part.ts';

/** "Why did it fail?": the cause in the verdict, its proof, the words, what to look at, what was ruled out. */
export function causesParts(answer: Answer, how: Rendering): Part[] {
  const nameOf = createDatasetNames(answer.datasets.map((dataset) => dataset.dataset_id));
  return [
    verdictPart(answer),
    ...causeParts(answer, how),
    ...(answer.root_causes.length === 0 ? failureParts(answer, nameOf, how) : []),
    ...prosePart(answer, how),
    ...nextParts(answer, how),
    ...ruledOutParts(answer, how),
    ...closingParts(answer, how),
  ];
}
