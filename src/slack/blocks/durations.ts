import type { Answer } from '../../agent/answer.ts';
import { durationLine } from '../../agent/compose/sections/timing.ts';
import { duration } from '../../agent/compose/times.ts';
import { isUnusual } from '../../batch/timing/usual.ts';
import type { Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import type { Rendering } from './pieces/rendering.ts';
import { listParts, type Table } from './pieces/table-part.ts';
import { createShortUnitNames, unitName } from './pieces/unit-name.ts';
import { verdictPart } from './pieces/verdict-part.ts';

/** The most unusual come first; what comes later is what it always is. */
const SLOWEST = 12;

/** "Which slice is slow?": a row a slice, the most unusual first. */
export function durationsParts(answer: Answer, how: Rendering): Part[] {
  const units = answer.durations?.units ?? [];
  const nameOf = createDatasetNames([...answer.datasets, ...units].map(({ dataset_id }) => dataset_id));
  const shortName = createShortUnitNames(units, nameOf);
  const table: Table = {
    columns: [
      { title: 'Slice' },
      { title: 'Took', wraps: true },
      { title: 'Usually', align: 'right' },
      { title: '9 of 10 within', align: 'right' },
    ],
    rows: units.map((unit) => [
      shortName(unit),
      tookOf(unit),
      unit.usual === null ? '' : duration(unit.usual.p50),
      unit.usual === null ? '' : duration(unit.usual.p90),
    ]),
  };
  const lines = units.map((unit) => `${unitName(unit, nameOf)} · ${durationLine(unit)}`);
  return [
    verdictPart(answer),
    ...(units.length < 2 ? [] : listParts(how, { what: ['slice', 'slices'], table, lines, most: SLOWEST })),
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
