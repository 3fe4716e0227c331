import { fittedApart } from '../fitting.ts';
import { minuteTicks } from '../history/minute-ticks.ts';
import type { Drawing } from '../rendering/drawing.ts';
import { frame } from '../rendering/frame.ts';
import { legend } from '../rendering/legend.ts';
import { FAINT_INK, LINE, MARGIN, TEXT_SIZE, WIDTH } from '../rendering/look.ts';
import { noteLine } from '../rendering/note-line.ts';
import { badge, box, layer, line, type Shape, words } from '../rendering/shapes.ts';
import { type Look, STATUS_STYLES } from '../status-style.ts';
import type { ComparedBar, ComparisonChart, ComparisonRow } from './comparison-chart.ts';

const LEFT = 288;
const RIGHT = WIDTH - 48;
const ROW = 42;
const NOTE = 26;
const AXIS = 62;
const BEFORE = '#9aa3af';

/** A pair of bars a slice, each night from its own beginning: what moved and what grew is seen at once. */
export function drawComparison({ caption, names, rows, folded }: ComparisonChart): Drawing {
  const { titles, top, bottom } = frame(caption);
  const tops: number[] = [];
  let height = 0;
  for (const { notes } of rows) {
    tops.push(top + height);
    height += ROW + (notes.length === 0 ? 0 : NOTE);
  }
  const plotBottom = top + height;
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before.to, after.to]));
  const x = (minutes: number) => LEFT + (minutes / most) * (RIGHT - LEFT);
  const foldedTop = plotBottom + AXIS;
  const keyTop = foldedTop + (folded === '' ? 0 : 34);
  const looks = new Set(rows.map(({ after }) => after.look));
  const swatch = (colour: string, tall: number) => (at: number, y: number) => [
    box({ x: at - 13, y: y - tall / 2, width: 26, height: tall, r: 3 }, { fill: colour }),
  ];
  const key = legend(
    [
      { word: names.before, sign: swatch(BEFORE, 8) },
      { word: names.after, sign: swatch(`${STATUS_STYLES.SUCCESS.colour}b0`, 14) },
      ...(Object.keys(STATUS_STYLES) as Look[]).filter((look) => looks.has(look)).map((look) => STATUS_STYLES[look]),
    ],
    keyTop,
  );
  const labels = fittedApart(
    rows.map(({ label }) => label),
    TEXT_SIZE,
    LEFT - 8 - MARGIN,
  );
  const rowTop = (index: number) => tops[index] as number;
  return {
    width: WIDTH,
    height: keyTop + key.height + bottom,
    option: {
      title: titles,
      grid: { left: LEFT, top, width: RIGHT - LEFT, height },
      xAxis: { type: 'value', min: 0, max: most, show: false },
      yAxis: { type: 'value', min: 0, max: 1, show: false },
      graphic: { elements: key.elements as never },
      series: [
        layer(axis(most, x, top, plotBottom)),
        layer(rows.flatMap((row, index) => rowShapes(row, labels[index] ?? '', rowTop(index), x, index))),
        layer(rows.flatMap(({ notes }, index) => noteLine(notes, MARGIN + 16, rowTop(index) + ROW + NOTE / 2 - 8))),
        layer(folded === '' ? [] : [words(folded, MARGIN, foldedTop + 17, { fill: FAINT_INK, size: TEXT_SIZE - 1 })]),
      ],
    },
  };
}

function rowShapes(
  row: ComparisonRow,
  label: string,
  y: number,
  x: (minutes: number) => number,
  index: number,
): Shape[] {
  const { before, after } = row;
  const middle = y + ROW / 2;
  const width = ({ from, to }: ComparedBar) => Math.max(4, x(to) - x(from));
  return [
    ...(index > 0 ? [line([MARGIN, y], [WIDTH - MARGIN, y], { stroke: LINE })] : []),
    words(label, MARGIN, middle),
    box({ x: x(before.from), y: middle - 16, width: width(before), height: 8, r: 3 }, { fill: BEFORE }),
    ...afterShapes(after, x(after.from), width(after), middle + 4),
  ];
}

function afterShapes({ look }: ComparedBar, x: number, width: number, y: number): Shape[] {
  const { colour, mark } = STATUS_STYLES[look];
  const shape = { x, y: y - 7, width, height: 14, r: 3 };
  return [
    look === 'RUNNING'
      ? box(shape, { fill: `${colour}40`, stroke: colour, lineWidth: 2 })
      : box(shape, { fill: look === 'SUCCESS' ? `${colour}b0` : colour }),
    ...badge(mark, colour, x + width + 13, y, 11),
  ];
}

function axis(most: number, x: (minutes: number) => number, top: number, bottom: number): Shape[] {
  const style = { size: TEXT_SIZE - 2, fill: FAINT_INK };
  return [
    ...minuteTicks(most).flatMap(({ at, label }) => [
      line([x(at), top], [x(at), bottom + 6], { stroke: LINE }),
      words(label, x(at), bottom + 20, { ...style, align: 'center' }),
    ]),
    words('after its first run began', RIGHT, bottom + 45, { ...style, align: 'right' }),
  ];
}
