import type { Answer } from '../../../agent/answer.ts';
import { Keep, type Part } from './budget.ts';
import type { createDatasetNames } from './dataset-name.ts';
import { section } from './elements.ts';
import type { Rendering } from './rendering.ts';
import { statusOfStep, symbolOf, tally, type UnitStatus, wordOf } from './status-mark.ts';
import { listParts, type Table } from './table-part.ts';
import { code } from './text.ts';

type Dataset = Answer['datasets'][number];
type Naming = ReturnType<typeof createDatasetNames>;

interface Step {
  rank: number;
  datasets: Dataset[];
}

const BAR = 10;

/** A table has each dataset in a row and is read to its end; of more, the steps of which nothing needs to be said share a line. */
const MAX_DATASETS = 24;

/** "Step 4 of 6", a bar, and the counts: where the batch is, in two short lines. */
export function progressLine(progress: NonNullable<Answer['progress']>): string {
  const share = progress.slices === 0 ? 0 : progress.slices_done / progress.slices;
  const filled =
    progress.slices_done >= progress.slices && progress.slices > 0 ? BAR : Math.min(BAR - 1, Math.floor(share * BAR));
  const bar = `${'▰'.repeat(Math.max(0, filled))}${'▱'.repeat(BAR - Math.max(0, filled))}`;
  const counts = `${progress.slices_done} of ${progress.slices} slices · ${progress.datasets_done} of ${progress.datasets} datasets`;
  return `*Step ${progress.step} of ${progress.of}*  ${bar}\n${counts}`;
}

/** Where it is, then a line a dataset in the order of steps; runs of finished steps are one line unless `full`, which is a table. */
export function stepParts(answer: Answer, nameOf: Naming, how: Rendering, full: boolean): Part[] {
  const steps = stepsOf(answer.datasets);
  if (steps.length === 0) return [];
  const head: Part[] = answer.progress
    ? [
        {
          keep: Keep.overview,
          what: ['progress line', 'progress lines'],
          blocks: [section(progressLine(answer.progress))],
        },
      ]
    : [];
  const each = how.form === 'whole' || (full && steps.length <= 12 && answer.datasets.length <= MAX_DATASETS);
  const lines = groupQuiet(steps, each).flatMap((group) => linesOf(group, nameOf, each));
  const table = full && answer.datasets.length <= MAX_DATASETS ? stepTable(steps, nameOf) : null;
  return [
    ...head,
    ...listParts(how, { what: ['line of steps', 'lines of steps'], table, lines, most: 200, chunk: 2800 }),
  ];
}

function stepTable(steps: readonly Step[], nameOf: Naming): Table {
  return {
    columns: [
      { title: 'Step', align: 'right' },
      { title: 'Status' },
      { title: 'Dataset', wraps: true },
      { title: 'Slices' },
    ],
    rows: steps.flatMap(({ rank, datasets }) =>
      datasets.map((dataset) => {
        const { status, slices } = dataset;
        const stuck = slices.some((slice) => slice.stuck);
        const done = slices.filter((slice) => slice.status === 'SUCCESS').length;
        const troubles = tally(slices.map((slice) => slice.status));
        const counts = slices.length > 1 ? [`${done}/${slices.length}`, troubles].filter((said) => said !== '') : [];
        return [
          String(rank),
          `${symbolOf(status, stuck)} ${wordOf(status, stuck).toLowerCase()}`,
          nameOf(dataset.dataset_id),
          counts.join(', '),
        ];
      }),
    ),
  };
}

function stepsOf(datasets: readonly Dataset[]): Step[] {
  const byRank = Map.groupBy(datasets, (dataset) => dataset.step);
  return [...byRank].sort(([a], [b]) => a - b).map(([rank, members]) => ({ rank, datasets: members }));
}

function unitStatuses(dataset: Dataset) {
  return dataset.slices.length > 0 ? dataset.slices.map((slice) => slice.status) : [dataset.status];
}

/** Neighbouring steps of which nothing needs to be said (all done, or none begun) become one group. */
function groupQuiet(steps: readonly Step[], full: boolean): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const quiet = full ? null : quietStatus(step);
    const last = groups.at(-1)?.at(-1);
    if (quiet !== null && last && quietStatus(last) === quiet) groups.at(-1)?.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** The one status of a step that is all done or has not begun; null where more needs to be said. */
function quietStatus(step: Step): UnitStatus | null {
  const statuses = step.datasets.flatMap(unitStatuses);
  const status = statusOfStep(statuses);
  if (status === 'SUCCESS') return status;
  return statuses.every((each) => each === 'WAITING' || each === 'NOT_STARTED') ? status : null;
}

function linesOf(group: readonly Step[], nameOf: Naming, full: boolean): string[] {
  const first = group[0];
  if (!first) return [];
  const datasets = group.flatMap((step) => step.datasets);
  const status = quietStatus(first);
  if (full || status === null || datasets.length === 1) return datasets.map((dataset) => datasetLine(dataset, nameOf));
  const last = group.at(-1)?.rank ?? first.rank;
  const which = last === first.rank ? `Step ${last}` : `Steps ${first.rank}–${last}`;
  return [`${symbolOf(status)} ${which} · ${datasets.length} datasets · ${wordOf(status).toLowerCase()}`];
}

function datasetLine(dataset: Dataset, nameOf: Naming): string {
  const stuck = dataset.slices.some((slice) => slice.stuck);
  const done = dataset.slices.filter((slice) => slice.status === 'SUCCESS').length;
  const troubles = tally(dataset.slices.map((slice) => slice.status));
  const counts = dataset.slices.length > 1 ? `${done}/${dataset.slices.length}` : wordOf(dataset.status).toLowerCase();
  const detail = dataset.slices.length > 1 && troubles !== '' ? ` · ${troubles}` : '';
  return `${symbolOf(dataset.status, stuck)} Step ${dataset.step} · ${code(nameOf(dataset.dataset_id), 90)} ${counts}${detail}${stuck ? ' · stuck' : ''}`;
}
