import type { Answer } from '../../../agent/answer.ts';
import { Keep, type Part } from './budget.ts';
import type { createDatasetNames } from './dataset-name.ts';
import { section } from './elements.ts';
import { statusOfStep, symbolOf, tally, wordOf } from './status-mark.ts';
import { code } from './text.ts';

type Dataset = Answer['datasets'][number];
type Naming = ReturnType<typeof createDatasetNames>;

interface Step {
  rank: number;
  datasets: Dataset[];
}

const BAR = 10;

/** "Step 4 of 6", a bar, and the counts: where the batch is, in two short lines. */
export function progressLine(progress: NonNullable<Answer['progress']>): string {
  const share = progress.slices === 0 ? 0 : progress.slices_done / progress.slices;
  const filled =
    progress.slices_done >= progress.slices && progress.slices > 0 ? BAR : Math.min(BAR - 1, Math.floor(share * BAR));
  const bar = `${'▰'.repeat(Math.max(0, filled))}${'▱'.repeat(BAR - Math.max(0, filled))}`;
  const counts = `${progress.slices_done} of ${progress.slices} slices · ${progress.datasets_done} of ${progress.datasets} datasets`;
  return `*Step ${progress.step} of ${progress.of}*  ${bar}\n${counts}`;
}

/** One line a dataset in the order of steps; runs of finished steps are one line unless `full`. */
export function stepParts(answer: Answer, nameOf: Naming, full: boolean): Part[] {
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
  const lines = groupQuiet(steps, full && steps.length <= 12).flatMap((group) => linesOf(group, nameOf));
  return [...head, ...chunks(lines).map((chunk): Part => stepPart(chunk))];
}

function stepPart(lines: string[]): Part {
  return {
    keep: Keep.overview,
    what: ['line of steps', 'lines of steps'],
    count: lines.length,
    blocks: [section(...lines)],
  };
}

function stepsOf(datasets: readonly Dataset[]): Step[] {
  const byRank = Map.groupBy(datasets, (dataset) => dataset.step);
  return [...byRank].sort(([a], [b]) => a - b).map(([rank, members]) => ({ rank, datasets: members }));
}

function statusOf(step: Step) {
  return statusOfStep(step.datasets.flatMap(unitStatuses));
}

function unitStatuses(dataset: Dataset) {
  return dataset.slices.length > 0 ? dataset.slices.map((slice) => slice.status) : [dataset.status];
}

/** Neighbouring steps of which nothing needs to be said (all done, or none begun) become one group. */
function groupQuiet(steps: readonly Step[], full: boolean): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const status = statusOf(step);
    const last = groups.at(-1);
    const quiet = status === 'SUCCESS' || status === 'NOT_STARTED' || status === 'WAITING';
    if (!full && quiet && last?.[0] && statusOf(last[0]) === status) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function linesOf(group: readonly Step[], nameOf: Naming): string[] {
  const first = group[0];
  if (!first) return [];
  if (group.length === 1) return first.datasets.map((dataset) => datasetLine(dataset, first.rank, nameOf));
  const status = statusOf(first);
  const last = group.at(-1)?.rank ?? first.rank;
  const datasets = group.reduce((sum, step) => sum + step.datasets.length, 0);
  return [`${symbolOf(status)} Steps ${first.rank}–${last} · ${datasets} datasets · ${wordOf(status).toLowerCase()}`];
}

function datasetLine(dataset: Dataset, rank: number, nameOf: Naming): string {
  const stuck = dataset.slices.some((slice) => slice.stuck);
  const done = dataset.slices.filter((slice) => slice.status === 'SUCCESS').length;
  const troubles = tally(dataset.slices.map((slice) => slice.status));
  const counts = dataset.slices.length > 1 ? `${done}/${dataset.slices.length}` : wordOf(dataset.status).toLowerCase();
  const detail = dataset.slices.length > 1 && troubles !== '' ? ` · ${troubles}` : '';
  return `${symbolOf(dataset.status, stuck)} Step ${rank} · ${code(nameOf(dataset.dataset_id), 90)} ${counts}${detail}${stuck ? ' · stuck' : ''}`;
}

/** Sections of at most 2,800 characters. */
export function chunks(lines: readonly string[], limit = 2800): string[][] {
  const out: string[][] = [];
  let size = 0;
  for (const line of lines) {
    const last = out.at(-1);
    if (!last || size + line.length + 1 > limit) {
      out.push([line]);
      size = line.length;
    } else {
      last.push(line);
      size += line.length + 1;
    }
  }
  return out;
}
