import type { Drawing } from '../rendering/drawing.ts';
import { frame } from '../rendering/frame.ts';
import { FAINT_INK, INK, LINE, MARGIN, TEXT_SIZE, WIDTH } from '../rendering/look.ts';
import { box, layer, line, type Shape, words } from '../rendering/shapes.ts';
import { textWidth } from '../text-width.ts';
import type { LatenessChart, LatenessRow } from './lateness-chart.ts';

const ROW = 50;
const BAR = 28;
const LEFT = 190;
/** Room for the longest value, right of a bar. */
const VALUE = 128;

const COLOURS: Readonly<Record<LatenessRow['kind'], string>> = {
  lost: '#c2281d',
  gained: '#1b7f5c',
  none: FAINT_INK,
  total: INK,
};

/** A waterfall, level: each part begins where the one above ended, and the last row is their sum. */
export function drawLateness({ caption, rows, usual }: LatenessChart): Drawing {
  const { titles, top, bottom } = frame(caption);
  const gridTop = top + 38;
  const height = rows.length * ROW;
  const ends = rows.flatMap(({ from, to }) => [from, to]);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const span = Math.max(1, most - least);
  const width = WIDTH - MARGIN - VALUE - LEFT;
  const x = (minutes: number) => LEFT + ((minutes - least) / span) * width;
  const y = (index: number) => gridTop + (index + 0.5) * ROW;
  return {
    width: WIDTH,
    height: gridTop + height + 16 + bottom,
    option: {
      title: titles,
      grid: { left: LEFT, top: gridTop, width, height },
      xAxis: { type: 'value', min: least, max: least + span, show: false },
      yAxis: { type: 'value', min: 0, max: 1, show: false },
      series: [
        layer(usualLine(x(0), gridTop, height, usual)),
        layer(rows.flatMap((row, index) => rowElements(row, x, y(index)))),
        layer(rows.slice(0, -1).map((row, index) => connector(x(row.to), y(index), y(index + 1)))),
      ],
    },
  };
}

function rowElements(
  { label, from, to, value, kind }: LatenessRow,
  x: (minutes: number) => number,
  y: number,
): Shape[] {
  const [start, end] = [Math.min(x(from), x(to)), Math.max(x(from), x(to))];
  const width = Math.max(3, end - start);
  const colour = COLOURS[kind];
  const total = kind === 'total';
  const style = { fill: colour, bold: kind !== 'none' };
  return [
    ...(total ? [line([MARGIN, y - ROW / 2], [WIDTH - MARGIN, y - ROW / 2], { stroke: INK, lineWidth: 2 })] : []),
    words(label, MARGIN, y, { fill: kind === 'none' ? FAINT_INK : INK, bold: total, size: TEXT_SIZE + 1 }),
    box({ x: start, y: y - BAR / 2, width, height: BAR, r: 4 }, { fill: colour }),
    words(value, start + width + 10, y, style),
  ];
}

function usualLine(x: number, top: number, height: number, usual: string): Shape[] {
  const name = `usual end ${usual}`;
  const half = textWidth(name, TEXT_SIZE - 1) / 2;
  const middle = Math.min(Math.max(x, MARGIN + half), WIDTH - MARGIN - half);
  return [
    line([x, top - 4], [x, top + height], { stroke: FAINT_INK, lineWidth: 2, lineDash: [6, 5] }),
    words(name, middle, top - 18, { size: TEXT_SIZE - 1, fill: FAINT_INK, align: 'center' }),
  ];
}

function connector(x: number, above: number, below: number): Shape {
  return line([x, above + BAR / 2], [x, below - BAR / 2], { stroke: LINE, lineWidth: 2 });
}
