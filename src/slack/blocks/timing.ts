import type { Answer } from '../../agent/answer.ts';
import { durationLine, pathMinutes } from '../../agent/compose/sections/timing.ts';
import { duration } from '../../agent/compose/times.ts';
import { isUnusual } from '../../batch/timing/usual.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { causeParts, nextParts } from './pieces/cause-parts.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { section } from './pieces/elements.ts';
import { type Rendering, shownOf } from './pieces/rendering.ts';
import { progressLine } from './pieces/step-parts.ts';
import { listParts, type Table } from './pieces/table-part.ts';
import { code } from './pieces/text.ts';
import { columnTime, moment, timeTitle } from './pieces/time.ts';
import { verdictPart } from './pieces/verdict-part.ts';

const SHOWN = 25;
const SLACK = 12;

/** "Where did the time go?": the links of the critical path, each with its minutes over what is usual. */
export function latenessParts(answer: Answer, how: Rendering): Part[] {
  const nameOf = namesIn(answer);
  const path = answer.lateness?.path ?? [];
  const lines = path.map((link) => {
    const ended = link.ended_at === null ? 'not ended' : moment(link.ended_at, answer.time_zone, answer.business_date);
    return `Step ${link.step} · ${unitOf(link, nameOf)} · ${ended} · ${pathMinutes(link.minutes)}`;
  });
  const table: Table = {
    columns: [
      { title: 'Step', align: 'right' },
      { title: 'Slice', wraps: true },
      { title: 'Over usual', wraps: true },
      { title: timeTitle('Ended', answer.time_zone) },
    ],
    rows: path.map((link) => [
      String(link.step),
      plainUnit(link, nameOf),
      pathMinutes(link.minutes),
      link.ended_at === null ? 'not ended' : columnTime(link.ended_at, answer.time_zone, answer.business_date),
    ]),
  };
  const what = ['link of the critical path', 'links of the critical path'] as const;
  return [
    verdictPart(answer),
    ...listParts(how, { what, table, lines, most: SHOWN }),
    ...slackParts(answer, nameOf, how),
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}

/** How much later others could have ended without harm. */
function slackParts(answer: Answer, nameOf: (datasetId: string) => string, how: Rendering): Part[] {
  const slack = (answer.lateness?.slack ?? []).filter(({ minutes }) => minutes > 0);
  const shown = shownOf(slack, SLACK, how);
  if (shown.length === 0) return [];
  const said = shown.map(({ dataset_id, minutes }) => `${code(nameOf(dataset_id), 120)} ${duration(minutes * 60)}`);
  const left = slack.length - shown.length;
  const more = left > 0 ? ` · and ${left} more` : '';
  return [
    {
      keep: Keep.overview,
      what: ['line of slack', 'lines of slack'],
      blocks: [section(`Slack: ${said.join(' · ')}${more}`)],
      left,
    },
  ];
}

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

/** "Which slice is slow?": a row a slice, the most unusual first. */
export function durationsParts(answer: Answer, how: Rendering): Part[] {
  const nameOf = namesIn(answer);
  const units = answer.durations?.units ?? [];
  const datasets = new Set(units.map(({ dataset_id }) => dataset_id));
  const [only] = datasets.size === 1 ? datasets : [];
  const table: Table = {
    columns: [
      { title: only === undefined ? 'Slice' : `Slice of ${nameOf(only)}`, wraps: true },
      { title: 'Took', align: 'right' },
      { title: 'Usually', align: 'right' },
      { title: '9 of 10 within', align: 'right' },
    ],
    rows: units.map((unit) => [
      only !== undefined && unit.slice !== null ? unit.slice : plainUnit(unit, nameOf),
      tookOf(unit),
      unit.usual === null ? '' : duration(unit.usual.p50),
      unit.usual === null ? '' : duration(unit.usual.p90),
    ]),
  };
  const lines = units.map((unit) => `${unitOf(unit, nameOf)} · ${durationLine(unit)}`);
  return [
    verdictPart(answer),
    ...(units.length < 2 ? [] : listParts(how, { what: ['slice', 'slices'], table, lines, most: SHOWN })),
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}

/** The word stands beside the figure: nothing is told by its place alone. */
function tookOf({ actual_s: actual, running, usual }: NonNullable<Answer['durations']>['units'][number]): string {
  if (actual === null) return 'has not run';
  const unusual = isUnusual({ actualS: actual, usual }) ? ', unusual' : '';
  return `${duration(actual)}${running ? ' so far' : ''}${unusual}`;
}

type Unit = { dataset_id: string; slice: string | null };

function unitOf({ dataset_id, slice }: Unit, nameOf: (datasetId: string) => string): string {
  const dataset = code(nameOf(dataset_id), 120);
  return slice === null ? dataset : `${code(slice, 120)} of ${dataset}`;
}

function plainUnit({ dataset_id, slice }: Unit, nameOf: (datasetId: string) => string): string {
  return slice === null ? nameOf(dataset_id) : `${slice} of ${nameOf(dataset_id)}`;
}

function namesIn(answer: Answer): (datasetId: string) => string {
  const ids = [...answer.datasets, ...(answer.lateness?.path ?? []), ...(answer.durations?.units ?? [])];
  return createDatasetNames(ids.map((each) => each.dataset_id));
}
