import type { Answer } from '../../agent/answer.ts';
import { differenceLines } from '../../agent/compose/differences.ts';
import { duration } from '../../agent/compose/times.ts';
import type { Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { inline } from './pieces/markdown.ts';
import type { Rendering } from './pieces/rendering.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { listParts, type Table } from './pieces/table-part.ts';
import { shortDate } from './pieces/time.ts';
import { plainUnitName } from './pieces/unit-name.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Comparison = NonNullable<Answer['comparison']>;
type Difference = Comparison['differences'][number];

const SHOWN = 15;

/** "What changed since yesterday?": a row a slice that differs, both nights side by side, the weightiest first. On a phone two columns are seen: the slice, and the night asked about. */
export function comparisonParts(answer: Answer, how: Rendering): Part[] {
  const { comparison } = answer;
  const lines = comparison === null ? [] : differenceLines(comparison).map((line) => `• ${inline(line, 420)}`);
  const table = comparison === null ? null : comparisonTable(comparison);
  return [
    verdictPart(answer),
    ...listParts(how, { what: ['slice that differs', 'slices that differ'], table, lines, most: SHOWN }),
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}

function comparisonTable({ before, after, differences }: Comparison): Table {
  const nameOf = createDatasetNames(differences.map(({ dataset_id }) => dataset_id));
  const title = (side: Comparison['before']) => `${side.phase} ${shortDate(side.business_date)}`;
  const rows = differences.map((each) => ({
    ...each,
    sides: [sideOf(each.after, each.what), sideOf(each.before, each.what)],
  }));
  const alike = [...Map.groupBy(rows, ({ dataset_id, sides }) => JSON.stringify([dataset_id, sides])).values()];
  return {
    columns: [
      { title: 'Slice', wraps: true },
      { title: title(after), wraps: true },
      { title: title(before), wraps: true },
    ],
    rows: alike.map((group) => {
      const [{ dataset_id, slice, sides }] = group as [(typeof rows)[number]];
      const who =
        group.length > 1
          ? `${group.length} slices of ${nameOf(dataset_id)}`
          : plainUnitName({ dataset_id, slice }, nameOf);
      return [who, ...sides];
    }),
  };
}

/** The status, and of the rest what differs. */
function sideOf(unit: Difference['before'], what: Difference['what']): string {
  if (unit === null) return 'not there';
  const { status, duration_s, attempts, started_after_min: begun, finished } = unit;
  return [
    `${symbolOf(status)} ${wordOf(status).toLowerCase()}`,
    what.includes('duration') && duration_s !== null ? duration(duration_s) : '',
    what.includes('attempts') ? `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}` : '',
    what.includes('start') && begun !== null ? `began ${begun < 0 ? '−' : '+'}${duration(Math.abs(begun) * 60)}` : '',
    what.includes('order') && what.length === 1 && finished !== null ? `finished as no. ${finished}` : '',
  ]
    .filter((said) => said !== '')
    .join(', ');
}
