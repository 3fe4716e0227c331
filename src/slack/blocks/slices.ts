import type { Answer } from '../../agent/answer.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { section } from './pieces/elements.ts';
import { failureParts, timesOf } from './pieces/failure-parts.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { chunks } from './pieces/step-parts.ts';
import { code } from './pieces/text.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Dataset = Answer['datasets'][number];
type Slice = Dataset['slices'][number];

/** "The EMEA slices of intercompany": what failed in full, then every slice meant on a line with its time. */
export function sliceParts(answer: Answer): Part[] {
  const nameOf = createDatasetNames(answer.datasets.map((dataset) => dataset.dataset_id));
  const failed = new Set(answer.failures.map((failure) => keyOf(failure.dataset_id, failure.slice)));
  const lists = answer.datasets.flatMap((dataset): Part[] => {
    const others = dataset.slices.filter((slice) => !failed.has(keyOf(dataset.dataset_id, slice.slice)));
    const lines = others.map((slice) => sliceLine(slice, answer));
    const title = `*Step ${dataset.step}* · ${code(nameOf(dataset.dataset_id), 120)}`;
    return chunks(lines, 2600).map((chunk, index) => listPart(index === 0 ? [title, ...chunk] : chunk, chunk.length));
  });
  return [
    verdictPart(answer),
    ...failureParts(answer, nameOf),
    ...lists,
    ...prosePart(answer),
    ...closingParts(answer),
  ];
}

function listPart(lines: string[], count: number): Part {
  return { keep: Keep.detail, what: ['slice', 'slices'], count, blocks: [section(...lines)] };
}

function keyOf(datasetId: string, slice: string | null): string {
  return JSON.stringify([datasetId, slice]);
}

function sliceLine(slice: Slice, answer: Answer): string {
  const name = slice.slice === null ? 'the run without a slice' : code(slice.slice, 120);
  const times = timesOf(slice, answer);
  const marks = [
    slice.attempts > 1 ? `attempt ${slice.attempts}` : '',
    slice.repaired ? 'failed earlier, repaired' : '',
    slice.listed ? '' : 'not defined in Lenz',
  ].filter((mark) => mark !== '');
  const tail = [times, ...marks].filter((each) => each !== '').join(' · ');
  return `${symbolOf(slice.status, slice.stuck)} ${name} ${wordOf(slice.status, slice.stuck).toLowerCase()}${tail === '' ? '' : ` · ${tail}`}`;
}
