import { fittedApart } from '../fitting.ts';
import type { Drawing } from '../rendering/drawing.ts';
import { frame } from '../rendering/frame.ts';
import { legend } from '../rendering/legend.ts';
import { FAINT_INK, INK, LINE, MARGIN, TEXT_SIZE, WIDTH } from '../rendering/look.ts';
import { noteLine } from '../rendering/note-line.ts';
import { badge, box, layer, line, type Shape, words } from '../rendering/shapes.ts';
import { STATUS_STYLES } from '../status-style.ts';
import type { DurationRow, DurationsChart } from './durations-chart.ts';

const LEFT = 288;
/** Values stand right of the plot. */
const RIGHT = WIDTH - 136;
const ROW = 40;
const NOTE = 26;
const AXIS = 34;
const BAND = '#1463b0';
const SLOW = '#c2281d';
const USUAL = STATUS_STYLES.SUCCESS.colour;
/** What took many times as long as usual must not squeeze the others: its bar is broken off. */
const MOST_TIMES = 4;

/** A bar a slice over its usual range, all on the same line of what is usual. */
export function drawDurations({ caption, rows, folded }: DurationsChart): Drawing {
  const { titles, top, bottom } = frame(caption);
  const gridTop = top + AXIS;
  const tops: number[] = [];
  let height = 0;
  for (const { notes } of rows) {
    tops.push(gridTop + height);
    height += ROW + (notes.length === 0 ? 0 : NOTE);
  }
  const most = Math.min(MOST_TIMES, Math.max(1.6, ...rows.map(({ actual, p90 }) => Math.max(actual, p90) * 1.05)));
  const x = (times: number) => LEFT + (Math.min(times, most) / most) * (RIGHT - LEFT);
  const plotBottom = gridTop + height;
  const keyTop = plotBottom + 10 + (folded === '' ? 0 : 34);
  const key = legend(
    [
      {
        word: 'this date',
        sign: (at, y) => [box({ x: at - 13, y: y - 7, width: 26, height: 14, r: 3 }, { fill: `${USUAL}b0` })],
      },
      ...(rows.some(({ slow }) => slow) ? [{ word: 'beyond its usual range', mark: '!', colour: SLOW }] : []),
      { word: 'usual: median to P90', sign: bandSign },
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
      grid: { left: LEFT, top: gridTop, width: RIGHT - LEFT, height },
      xAxis: { type: 'value', min: 0, max: most, show: false },
      yAxis: { type: 'value', min: 0, max: 1, show: false },
      graphic: { elements: key.elements as never },
      series: [
        layer(scale(most, x, gridTop, plotBottom)),
        layer(rows.flatMap((row, index) => rowShapes(row, labels[index] ?? '', rowTop(index), x, most))),
        layer(rows.flatMap(({ notes }, index) => noteLine(notes, MARGIN + 16, rowTop(index) + ROW + NOTE / 2 - 8))),
        layer(folded === '' ? [] : [words(folded, MARGIN, plotBottom + 25, { fill: FAINT_INK, size: TEXT_SIZE - 1 })]),
      ],
    },
  };
}

function rowShapes(row: DurationRow, label: string, y: number, x: (times: number) => number, most: number): Shape[] {
  const middle = y + ROW / 2;
  const { actual, p90, slow, running, value } = row;
  const colour = slow ? SLOW : USUAL;
  const end = x(actual);
  const bar = { x: LEFT, y: middle - 7, width: Math.max(3, end - LEFT), height: 14, r: [0, 4, 4, 0] };
  return [
    words(label, MARGIN, middle, { bold: slow }),
    box({ x: x(1), y: middle - 13, width: Math.max(3, x(p90) - x(1)), height: 26 }, { fill: `${BAND}2c` }),
    box(bar, running ? { fill: `${colour}50`, stroke: colour, lineWidth: 2 } : { fill: `${colour}b0` }),
    line([x(1), middle - 15], [x(1), middle + 15], { stroke: BAND, lineWidth: 3 }),
    ...(actual > most ? brokenOff(end - 34, middle) : []),
    ...(slow ? badge('!', SLOW, end, middle, 12) : []),
    words(running ? `${value}…` : value, WIDTH - MARGIN, middle, {
      align: 'right',
      bold: slow,
      fill: slow ? SLOW : INK,
    }),
  ];
}

function brokenOff(x: number, y: number): Shape[] {
  return [0, 7].map((by) => line([x + by, y + 11], [x + by + 8, y - 11], { stroke: '#ffffff', lineWidth: 4 }));
}

function scale(most: number, x: (times: number) => number, top: number, bottom: number): Shape[] {
  const marks = Array.from({ length: Math.floor(most) }, (_, index) => index + 1);
  return marks.flatMap((times) => [
    line([x(times), top], [x(times), bottom], { stroke: LINE }),
    words(times === 1 ? 'usual' : `${times}×`, x(times), top - AXIS / 2, {
      size: TEXT_SIZE - 2,
      fill: times === 1 ? BAND : FAINT_INK,
      bold: times === 1,
      align: 'center',
    }),
  ]);
}

function bandSign(x: number, y: number): Shape[] {
  return [
    box({ x: x - 9, y: y - 12, width: 22, height: 24 }, { fill: `${BAND}2c` }),
    line([x - 9, y - 13], [x - 9, y + 13], { stroke: BAND, lineWidth: 3 }),
  ];
}
