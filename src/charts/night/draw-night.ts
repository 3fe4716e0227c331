import { fitted } from '../fitting.ts';
import { clock } from '../local-time.ts';
import type { Drawing } from '../rendering/drawing.ts';
import { frame } from '../rendering/frame.ts';
import { type LegendEntry, legend } from '../rendering/legend.ts';
import { FAINT_INK, INK, LINE, MARGIN, TEXT_SIZE, WIDTH } from '../rendering/look.ts';
import { noteLine } from '../rendering/note-line.ts';
import { badge, box, layer, line, type Shape, words } from '../rendering/shapes.ts';
import { TIME_AXIS_HEIGHT, timeAxes } from '../rendering/time-axis.ts';
import { type Look, STATUS_STYLES } from '../status-style.ts';
import { textWidth } from '../text-width.ts';
import { barShape, type Scale } from '../timeline/bar-shape.ts';
import type { NightChart } from './night-chart.ts';
import type { NightLane } from './night-lanes.ts';

const LEFT = 298;
/** The last time below the axis stands half beyond it. */
const RIGHT = WIDTH - 32;
const NAME_LEFT = MARGIN + 34;
const LANE = 38;
/** A line of words below a lane that went otherwise than it should. */
const NOTE = 28;
const NOW_LINE = 28;
const EXPECTED = STATUS_STYLES.RUNNING.colour;
const DUE = '#c2281d';

/** A bar a batch, the worst above; what is wrong or still to come stands below it in words. */
export function drawNight(chart: NightChart): Drawing {
  const { titles, top, bottom } = frame(chart.caption);
  const gridTop = top + (chart.now === null ? 0 : NOW_LINE) + 4;
  const tops: number[] = [];
  let height = 0;
  for (const lane of chart.lanes) {
    tops.push(gridTop + height);
    height += LANE + (lane.notes.length === 0 ? 0 : NOTE);
  }
  const axisTop = gridTop + height;
  const foldedTop = axisTop + TIME_AXIS_HEIGHT;
  const keyTop = foldedTop + (chart.folded === '' ? 0 : 34);
  const key = legend(legendOf(chart), keyTop);
  const width = RIGHT - LEFT;
  const x: Scale = (at) => LEFT + ((at - chart.from) / (chart.to - chart.from)) * width;
  const laneTop = (index: number) => tops[index] as number;
  return {
    width: WIDTH,
    height: keyTop + key.height + bottom,
    option: {
      ...timeAxes(chart),
      title: titles,
      grid: { left: LEFT, top: gridTop, width, height },
      graphic: { elements: key.elements as never },
      series: [
        layer(chart.ticks.map(({ at }) => line([x(at), gridTop], [x(at), axisTop], { stroke: LINE }))),
        layer(chart.lanes.flatMap((lane, index) => laneGround(lane, laneTop(index), index))),
        layer(nowLine(chart, x, gridTop, axisTop)),
        layer(
          chart.lanes.flatMap((lane, index) => noteLine(lane.notes, NAME_LEFT, laneTop(index) + LANE + NOTE / 2 - 6)),
        ),
        layer(chart.lanes.flatMap((lane, index) => laneTimes(lane, laneTop(index) + LANE / 2, x))),
        layer(chart.folded === '' ? [] : [words(chart.folded, MARGIN, foldedTop + 17, { fill: FAINT_INK })]),
      ],
    },
  };
}

function laneGround({ look, label, attention }: NightLane, y: number, index: number): Shape[] {
  const middle = y + LANE / 2;
  const { mark, colour } = STATUS_STYLES[look];
  const name = fitted(label, TEXT_SIZE * (attention ? 1.08 : 1), LEFT - 4 - NAME_LEFT);
  return [
    ...(index > 0 ? [line([MARGIN, y], [WIDTH - MARGIN, y], { stroke: LINE })] : []),
    ...badge(mark, colour, MARGIN + 13, middle),
    words(name, NAME_LEFT, middle, { bold: attention }),
  ];
}

function laneTimes(lane: NightLane, y: number, x: Scale): Shape[] {
  const { bars, idle, eta, usualEnd, deadline } = lane;
  const last = Math.max(...bars.map(({ to }) => to));
  const still = idle === null ? [] : [line([x(idle.from), y], [x(idle.to), y], { ...STILL, stroke: FAINT_INK })];
  return [
    ...still,
    ...bars.map((bar) => barShape(bar, y, x)),
    ...(eta === null ? [] : expectedEnd(bars.length === 0 ? x(eta.p50) - 20 : x(last), eta, y, x)),
    ...(usualEnd === null ? [] : usualMark(x(usualEnd), y)),
    ...(deadline === null ? [] : dueMark(x(deadline), y)),
    ...asideWords(lane, y, x),
  ];
}

const STILL = { lineWidth: 2, lineDash: [2, 5] };

function expectedEnd(from: number, eta: { p50: number; p90: number }, y: number, x: Scale): Shape[] {
  const [p50, p90] = [x(eta.p50), x(eta.p90)];
  return [
    line([from, y], [p50, y], { stroke: EXPECTED, lineWidth: 3, lineDash: [4, 4] }),
    box({ x: p50, y: y - 9, width: Math.max(3, p90 - p50), height: 18, r: 3 }, { fill: `${EXPECTED}38` }),
    line([p50, y - 11], [p50, y + 11], { stroke: EXPECTED, lineWidth: 4 }),
  ];
}

function usualMark(x: number, y: number): Shape[] {
  return [
    line([x, y - 15], [x, y + 15], { stroke: '#ffffff', lineWidth: 6 }),
    line([x, y - 15], [x, y + 15], { stroke: INK, lineWidth: 2.5, lineDash: [5, 3] }),
  ];
}

function dueMark(x: number, y: number): Shape[] {
  return [
    line([x, y - 16], [x, y + 16], { stroke: '#ffffff', lineWidth: 7 }),
    line([x, y - 16], [x, y + 16], { stroke: DUE, lineWidth: 4 }),
    line([x - 7, y - 15], [x + 7, y - 15], { stroke: DUE, lineWidth: 4 }),
  ];
}

/** Right of the bar where there is room, else left of it, else on it. */
function asideWords({ aside, bars, look }: NightLane, y: number, x: Scale): Shape[] {
  if (aside === '') return [];
  const style = { size: TEXT_SIZE - 2, fill: FAINT_INK, halo: true };
  if (bars.length === 0) return [words(aside, LEFT + 8, y, { ...style, fill: STATUS_STYLES[look].colour })];
  const [from, to] = [x(Math.min(...bars.map((bar) => bar.from))), x(Math.max(...bars.map((bar) => bar.to)))];
  const width = textWidth(aside, style.size);
  if (to + 10 + width <= WIDTH - 6) return [words(aside, to + 10, y, style)];
  if (from - 10 - width >= LEFT) return [words(aside, from - 10, y, { ...style, align: 'right' })];
  return [words(aside, to - 8, y, { ...style, fill: INK, align: 'right' })];
}

function nowLine({ now, zone }: NightChart, x: Scale, top: number, bottom: number): Shape[] {
  if (now === null) return [];
  const name = `now ${clock(now, zone)}`;
  const half = textWidth(name, TEXT_SIZE, true) / 2;
  const middle = Math.min(Math.max(x(now), MARGIN + half), WIDTH - MARGIN - half);
  return [
    line([x(now), top - 4], [x(now), bottom], { stroke: INK, lineWidth: 3 }),
    words(name, middle, top - 4 - NOW_LINE / 2, { bold: true, align: 'center' }),
  ];
}

function legendOf({ lanes }: NightChart): LegendEntry[] {
  const seen = new Set(lanes.map(({ look }) => look));
  const looks = (Object.keys(STATUS_STYLES) as Look[]).filter((look) => seen.has(look));
  const any = (has: (lane: NightLane) => boolean, word: string, sign: (x: number, y: number) => Shape[]) =>
    lanes.some(has) ? [{ word, sign }] : [];
  return [
    ...looks.map((look) => STATUS_STYLES[look]),
    ...any(({ usualEnd }) => usualEnd !== null, 'usual end', usualMark),
    ...any(
      ({ eta }) => eta !== null,
      'expected end, P50 to P90',
      (x, y) => expectedEnd(x - 13, { p50: x - 5, p90: x + 13 }, y, (at) => at),
    ),
    ...any(({ deadline }) => deadline !== null, 'due', dueMark),
  ];
}
