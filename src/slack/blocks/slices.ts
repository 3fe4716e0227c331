import type { Answer } from '../../agent/answer.ts';
import { duration } from '../../agent/compose/times.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { section } from './pieces/elements.ts';
import { failureParts, timesOf } from './pieces/failure-parts.ts';
import type { Rendering } from './pieces/rendering.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { listParts, type Table } from './pieces/table-part.ts';
import { code } from './pieces/text.ts';
import { columnTime, timeTitle } from './pieces/time.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Dataset = Answer['datasets'][number];
type Slice = Dataset['slices'][number];

/** "The EMEA slices of intercompany": what failed in full, then every slice meant with its time. */
export function sliceParts(answer: Answer, how: Rendering): Part[] {
  const nameOf = createDatasetNames(answer.datasets.map((dataset) => dataset.dataset_id));
  const failed = new Set(answer.failures.map((failure) => keyOf(failure.dataset_id, failure.slice)));
  const shown = answer.datasets
    .map((dataset) => ({
      dataset,
      others: unfinishedFirst(dataset.slices.filter((slice) => !failed.has(keyOf(dataset.dataset_id, slice.slice)))),
    }))
    .filter(({ others }) => others.length > 0);
  const lists = shown.flatMap(({ dataset, others }): Part[] => {
    const title = `*Step ${dataset.step}* · ${code(nameOf(dataset.dataset_id), 120)}`;
    // A message takes one table: where several datasets are meant each gets lines, so that they read alike.
    const table = shown.length === 1 ? sliceTable(others, answer) : null;
    const lines = others.map((slice) => sliceLine(slice, answer));
    const what = ['slice', 'slices'] as const;
    const [first, ...rest] = listParts(how, { what, keep: Keep.detail, table, lines, most: 500 });
    return first === undefined ? [] : [titled(title, first), ...rest];
  });
  return [
    verdictPart(answer),
    ...failureParts(answer, nameOf, how),
    ...lists,
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}

/** Where a list is cut, what is done goes first. */
function unfinishedFirst(slices: readonly Slice[]): Slice[] {
  const done = ({ status }: Slice) => Number(status === 'SUCCESS');
  return slices.toSorted((one, other) => done(one) - done(other));
}

/** With its dataset above it, whatever is left of it. */
function titled(title: string, part: Part): Part {
  const under = ([first, ...rest]: Part['blocks']): Part['blocks'] => {
    if (first?.type === 'section') return [section(title, first.text?.text ?? ''), ...rest];
    return [section(title), ...(first ? [first] : []), ...rest];
  };
  return { ...part, blocks: under(part.blocks), ...(part.shorter ? { shorter: under(part.shorter) } : {}) };
}

function sliceTable(slices: readonly Slice[], answer: Answer): Table {
  const { time_zone: zone } = answer;
  return {
    columns: [
      { title: 'Status', wraps: true },
      { title: 'Slice', wraps: true },
      { title: 'Took', align: 'right' },
      { title: timeTitle('Start', zone) },
    ],
    rows: slices.map((slice) => [
      [
        `${symbolOf(slice.status, slice.stuck)} ${wordOf(slice.status, slice.stuck).toLowerCase()}`,
        ...marksOf(slice),
      ].join(', '),
      slice.slice ?? 'the run without a slice',
      slice.duration_s === null ? '' : duration(slice.duration_s),
      columnTime(slice.started_at, zone, answer.business_date),
    ]),
  };
}

function keyOf(datasetId: string, slice: string | null): string {
  return JSON.stringify([datasetId, slice]);
}

function sliceLine(slice: Slice, answer: Answer): string {
  const name = slice.slice === null ? 'the run without a slice' : code(slice.slice, 120);
  const times = timesOf(slice, answer);
  const tail = [times, ...marksOf(slice)].filter((each) => each !== '').join(' · ');
  return `${symbolOf(slice.status, slice.stuck)} ${name} ${wordOf(slice.status, slice.stuck).toLowerCase()}${tail === '' ? '' : ` · ${tail}`}`;
}

function marksOf(slice: Slice): string[] {
  return [
    slice.attempts > 1 ? `attempt ${slice.attempts}` : '',
    slice.repaired ? 'failed earlier, repaired' : '',
    slice.listed ? '' : 'not defined in Lenz',
  ].filter((mark) => mark !== '');
}
