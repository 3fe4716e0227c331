import type { Answer } from '../../agent/answer.ts';
import { pathMinutes } from '../../agent/compose/sections/timing.ts';
import { duration } from '../../agent/compose/times.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { section } from './pieces/elements.ts';
import { type Rendering, shownOf } from './pieces/rendering.ts';
import { listParts, type Table } from './pieces/table-part.ts';
import { code } from './pieces/text.ts';
import { columnTime, moment, timeTitle } from './pieces/time.ts';
import { plainUnitName, unitName } from './pieces/unit-name.ts';
import { verdictPart } from './pieces/verdict-part.ts';

const SHOWN = 25;
const SLACK = 12;

/** "Where did the time go?": the links of the critical path, each with its minutes over what is usual. */
export function latenessParts(answer: Answer, how: Rendering): Part[] {
  const path = answer.lateness?.path ?? [];
  const nameOf = createDatasetNames([...answer.datasets, ...path].map(({ dataset_id }) => dataset_id));
  const lines = path.map((link) => {
    const ended = link.ended_at === null ? 'not ended' : moment(link.ended_at, answer.time_zone, answer.business_date);
    return `Step ${link.step} · ${unitName(link, nameOf)} · ${ended} · ${pathMinutes(link.minutes)}`;
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
      plainUnitName(link, nameOf),
      overUsual(link.minutes),
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

/** "+3 h 18 min: run +7 h 15 min, waiting −3 h 57 min": over or under what is usual. */
function overUsual(minutes: NonNullable<Answer['lateness']>['parts']): string {
  const words = { late_start: 'late start', queue: 'queue', run: 'run', retry: 'retries', waiting: 'waiting' } as const;
  const parts = (Object.keys(words) as (keyof typeof words)[]).filter((part) => minutes[part] !== 0);
  if (parts.length === 0) return 'as usual';
  const total = parts.reduce((sum, part) => sum + minutes[part], 0);
  return `${signed(total)}: ${parts.map((part) => `${words[part]} ${signed(minutes[part])}`).join(', ')}`;
}

function signed(minutes: number): string {
  return `${minutes < 0 ? '−' : '+'}${duration(Math.abs(minutes) * 60)}`;
}
