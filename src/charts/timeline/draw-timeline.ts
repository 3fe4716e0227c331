import { fitted, fittedApart } from '../fitting.ts';
import type { Drawing } from '../rendering/drawing.ts';
import { frame } from '../rendering/frame.ts';
import { legend } from '../rendering/legend.ts';
import { FAINT_INK, FONT, INK, LINE, MARGIN, TEXT_SIZE, WIDTH } from '../rendering/look.ts';
import { badge, box, layer, line, type Shape, words } from '../rendering/shapes.ts';
import { type Look, STATUS_STYLES } from '../status-style.ts';
import { textWidth } from '../text-width.ts';
import type { Bar } from './bars.ts';
import type { Lane } from './lanes.ts';
import { type Rule, rulesOf } from './rules.ts';
import type { TimelineChart } from './timeline-chart.ts';

const LANE = 35;
const BAR = 22;
const LEFT = 300;
/** The last time below the axis stands half beyond it. */
const RIGHT = WIDTH - 32;
const LABEL_LEFT = MARGIN + 34;
const UNIT_LEFT = LABEL_LEFT + 16;
const UNIT_SIZE = TEXT_SIZE - 2;
const RULE_LINE = 27;
const AXIS = 56;

type Scale = (at: number) => number;

/** Names at the left, time to the right; the vertical lines are named above, each in a line of its own. */
export function drawTimeline(chart: TimelineChart): Drawing {
  const { titles, top, bottom } = frame(chart.caption);
  const rules = rulesOf(chart);
  const gridTop = top + rules.length * RULE_LINE + 4;
  const gridHeight = chart.lanes.length * LANE;
  const axisBottom = gridTop + gridHeight + AXIS;
  const key = legend(
    [...looksIn(chart.lanes)].map((look) => STATUS_STYLES[look]),
    axisBottom,
  );
  const width = RIGHT - LEFT;
  const x: Scale = (at) => LEFT + ((at - chart.from) / (chart.to - chart.from)) * width;
  const labels = labelsOf(chart.lanes);
  const laneY = (index: number) => gridTop + index * LANE;

  return {
    width: WIDTH,
    height: axisBottom + key.height + bottom,
    option: {
      title: titles,
      grid: { left: LEFT, top: gridTop, width, height: gridHeight },
      xAxis: {
        type: 'value',
        min: chart.from,
        max: chart.to,
        axisLine: { lineStyle: { color: LINE } },
        axisTick: { show: true, customValues: chart.ticks.map(({ at }) => at) },
        splitLine: { show: false },
        axisLabel: {
          customValues: chart.ticks.map(({ at }) => at),
          formatter: (at: number) => chart.ticks.find((tick) => tick.at === at)?.label ?? '',
          fontFamily: FONT,
          fontSize: TEXT_SIZE - 2,
          lineHeight: TEXT_SIZE + 2,
          color: INK,
          hideOverlap: true,
        },
      },
      yAxis: { type: 'value', min: 0, max: 1, show: false },
      graphic: { elements: key.elements as never },
      series: [
        layer(chart.lanes.flatMap((lane, index) => laneGround(lane, labels[index] ?? '', laneY(index), index))),
        layer(chart.ticks.map(({ at }) => line([x(at), gridTop], [x(at), gridTop + gridHeight], { stroke: LINE }))),
        layer(rules.flatMap((rule) => ruleLines(rule, x, gridTop, gridHeight))),
        layer(chart.lanes.flatMap((lane, index) => laneBars(lane, laneY(index) + LANE / 2, x))),
        layer(rules.map((rule, index) => ruleName(rule, x, top + (index + 0.5) * RULE_LINE))),
      ],
    },
  };
}

function looksIn(lanes: readonly Lane[]): Set<Look> {
  const seen = new Set(
    lanes.flatMap((lane) => [lane.look, ...lane.bars.flatMap((bar) => (bar.look === null ? [] : [bar.look]))]),
  );
  return new Set((Object.keys(STATUS_STYLES) as Look[]).filter((look) => seen.has(look)));
}

/** Datasets are told apart from datasets, and slices from slices. */
function labelsOf(lanes: readonly Lane[]): string[] {
  const labelled = (units: boolean, size: number, left: number) => {
    const those = lanes.filter((lane) => (lane.kind === 'unit') === units);
    const texts = fittedApart(
      those.map((lane) => lane.label),
      size,
      LEFT - 10 - left,
    );
    return new Map(those.map((lane, index) => [lane, texts[index] ?? '']));
  };
  const labels = new Map([...labelled(false, TEXT_SIZE, LABEL_LEFT), ...labelled(true, UNIT_SIZE, UNIT_LEFT)]);
  return lanes.map((lane) => labels.get(lane) ?? '');
}

function laneGround(lane: Lane, label: string, y: number, index: number): Shape[] {
  const middle = y + LANE / 2;
  const own = lane.kind === 'unit';
  return [
    ...((lane.step !== null || lane.kind === 'folded') && index > 0
      ? [line([MARGIN, y], [WIDTH - MARGIN, y], { stroke: LINE })]
      : []),
    ...(lane.step === null ? [] : stepNumber(lane.step, middle)),
    words(label, own ? UNIT_LEFT : LABEL_LEFT, middle, {
      size: own ? UNIT_SIZE : TEXT_SIZE,
      fill: lane.kind === 'dataset' ? INK : FAINT_INK,
    }),
  ];
}

function stepNumber(step: number, y: number): Shape[] {
  return [
    box({ x: MARGIN - 4, y: y - 13, width: 31, height: 26, r: 6 }, { fill: '#eceff3' }),
    words(String(step), MARGIN + 11.5, y, { size: TEXT_SIZE - 2, fill: FAINT_INK, bold: true, align: 'center' }),
  ];
}

function laneBars(lane: Lane, y: number, x: Scale): Shape[] {
  const [first, last] = [lane.bars[0], lane.bars.at(-1)];
  const note = noteBeside(lane, y, first === undefined ? LEFT : x(first.from), last === undefined ? null : x(last.to));
  return [...lane.bars.flatMap((bar) => barElements(bar, y, x)), ...marksOf(lane, y, x), ...note];
}

function barElements({ from, to, look }: Bar, y: number, x: Scale): Shape[] {
  const colour = look === null ? '#aab2bd' : STATUS_STYLES[look].colour;
  const shape = { x: x(from), y: y - BAR / 2, width: Math.max(4, x(to) - x(from)), height: BAR, r: 4 };
  if (look === 'RUNNING') return [box(shape, { fill: `${colour}40`, stroke: colour, lineWidth: 2 })];
  if (look === 'STUCK' || look === 'QUEUED')
    return [box(shape, { fill: `${colour}30`, stroke: colour, lineWidth: 2, lineDash: [6, 4] })];
  return [box(shape, { fill: look === 'SUCCESS' ? `${colour}b0` : colour })];
}

/** Each attempt has its mark at its end; a quiet success needs none but on the lane's last bar. */
function marksOf(lane: Lane, y: number, x: Scale): Shape[] {
  return lane.bars.flatMap((bar, index) => {
    const look = index === lane.bars.length - 1 ? lane.look : bar.look;
    if (look === null || (look === 'SUCCESS' && index < lane.bars.length - 1)) return [];
    return badge(STATUS_STYLES[look].mark, STATUS_STYLES[look].colour, x(bar.to), y);
  });
}

/** Right of the last bar where there is room, else left of the first, else on it. */
function noteBeside(lane: Lane, y: number, from: number, to: number | null): Shape[] {
  const size = TEXT_SIZE - 2;
  const { mark, colour } = STATUS_STYLES[lane.look];
  const fill = lane.look === 'SUCCESS' ? FAINT_INK : colour;
  if (to === null) {
    const text = fitted(lane.note, size, WIDTH - LEFT - MARGIN - 40);
    return [...badge(mark, colour, LEFT + 18, y, 11), words(text, LEFT + 38, y, { size, fill })];
  }
  if (lane.note === '') return [];
  const width = textWidth(lane.note, size);
  if (to + 20 + width <= WIDTH - 6) return [words(lane.note, to + 20, y, { size, fill, halo: true })];
  if (from - 8 - width >= LEFT) return [words(lane.note, from - 8, y, { size, fill, align: 'right', halo: true })];
  const text = fitted(lane.note, size, Math.max(60, to - 18 - LEFT));
  return [words(text, to - 18, y, { size, align: 'right', halo: true })];
}

function ruleLines({ at, until, colour, dash }: Rule, x: Scale, top: number, height: number): Shape[] {
  const upright = (instant: number, lineWidth: number, lineDash?: number[]) =>
    line([x(instant), top - 4], [x(instant), top + height], { stroke: colour, lineWidth, lineDash });
  if (until === null) return [upright(at, 3, dash)];
  return [
    box({ x: x(at), y: top, width: Math.max(1, x(until) - x(at)), height }, { fill: `${colour}22` }),
    upright(at, 3, dash),
    upright(until, 2, [3, 5]),
  ];
}

/** Over its line, as far as the picture's edges allow. */
function ruleName({ at, name, colour }: Rule, x: Scale, y: number): Shape {
  const half = textWidth(name, TEXT_SIZE, true) / 2;
  const middle = Math.min(Math.max(x(at), MARGIN + half), WIDTH - MARGIN - half);
  return words(name, middle, y, { fill: colour, bold: true, align: 'center', halo: true });
}
