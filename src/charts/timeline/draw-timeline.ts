import { fitted, fittedApart } from '../fitting.ts';
import type { Drawing } from '../rendering/drawing.ts';
import { frame } from '../rendering/frame.ts';
import { legend } from '../rendering/legend.ts';
import { FAINT_INK, INK, LINE, MARGIN, TEXT_SIZE, WIDTH } from '../rendering/look.ts';
import { badge, box, layer, line, type Shape, words } from '../rendering/shapes.ts';
import { TIME_AXIS_HEIGHT, timeAxes } from '../rendering/time-axis.ts';
import { type Look, STATUS_STYLES } from '../status-style.ts';
import { textWidth } from '../text-width.ts';
import { barShape, type Scale } from './bar-shape.ts';
import type { Lane } from './lanes.ts';
import { type Rule, rulesOf } from './rules.ts';
import type { TimelineChart } from './timeline-chart.ts';

const LANE = 35;
/** Half as wide as a badge, with a little air. */
const BADGE = 15;
/** Behind the lanes where it went wrong. */
const CAUSE = '#ffefcc';
const LEFT = 300;
/** The last time below the axis stands half beyond it. */
const RIGHT = WIDTH - 32;
const LABEL_LEFT = MARGIN + 34;
const UNIT_LEFT = LABEL_LEFT + 16;
const UNIT_SIZE = TEXT_SIZE - 2;
const RULE_LINE = 27;

/** Names at the left, time to the right; the vertical lines are named above, each in a line of its own. */
export function drawTimeline(chart: TimelineChart): Drawing {
  const { titles, top, bottom } = frame(chart.caption);
  const rules = rulesOf(chart);
  const width = RIGHT - LEFT;
  const x: Scale = (at) => LEFT + ((at - chart.from) / (chart.to - chart.from)) * width;
  const names = ruleNames(rules, x);
  const gridTop = top + Math.max(0, ...names.map(({ row }) => row + 1)) * RULE_LINE + 4;
  const gridHeight = chart.lanes.length * LANE;
  const axisBottom = gridTop + gridHeight + TIME_AXIS_HEIGHT;
  const key = legend(
    [
      ...[...looksIn(chart.lanes)].map((look) => STATUS_STYLES[look]),
      ...(chart.lanes.some((lane) => lane.cause) ? [{ word: 'where it went wrong', sign: causeSign }] : []),
    ],
    axisBottom,
  );
  const labels = labelsOf(chart.lanes);
  const laneY = (index: number) => gridTop + index * LANE;

  return {
    width: WIDTH,
    height: axisBottom + key.height + bottom,
    option: {
      ...timeAxes(chart),
      title: titles,
      grid: { left: LEFT, top: gridTop, width, height: gridHeight },
      graphic: { elements: key.elements as never },
      series: [
        layer(chart.lanes.flatMap((lane, index) => laneGround(lane, labels[index] ?? '', laneY(index), index))),
        layer(chart.ticks.map(({ at }) => line([x(at), gridTop], [x(at), gridTop + gridHeight], { stroke: LINE }))),
        layer(rules.flatMap((rule) => ruleLines(rule, x, gridTop, gridHeight))),
        layer(chart.lanes.flatMap((lane, index) => laneBars(lane, laneY(index) + LANE / 2, x))),
        layer(names.map((name) => nameElement(name, top))),
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

function causeSign(x: number, y: number): Shape[] {
  return [box({ x: x - 13, y: y - 12, width: 26, height: 24, r: 4 }, { fill: CAUSE, stroke: '#d9a300', lineWidth: 1 })];
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
    ...(lane.cause ? [box({ x: 0, y, width: WIDTH, height: LANE }, { fill: CAUSE })] : []),
    ...((lane.step !== null || lane.kind === 'folded') && index > 0
      ? [line([MARGIN, y], [WIDTH - MARGIN, y], { stroke: LINE })]
      : []),
    ...(lane.step === null ? [] : stepNumber(lane.step, middle)),
    words(label, own ? UNIT_LEFT : LABEL_LEFT, middle, {
      size: own ? UNIT_SIZE : TEXT_SIZE,
      fill: lane.kind === 'dataset' || lane.cause ? INK : FAINT_INK,
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
  return [...lane.bars.map((bar) => barShape(bar, y, x)), ...marksOf(lane, y, x), ...note];
}

/** The state stands right of the last bar; an earlier attempt has its mark at its end, a quiet success none. */
function marksOf(lane: Lane, y: number, x: Scale): Shape[] {
  return lane.bars.flatMap((bar, index) => {
    if (index === lane.bars.length - 1)
      return badge(STATUS_STYLES[lane.look].mark, STATUS_STYLES[lane.look].colour, x(bar.to) + BADGE, y);
    if (bar.look === null || bar.look === 'SUCCESS') return [];
    return badge(STATUS_STYLES[bar.look].mark, STATUS_STYLES[bar.look].colour, x(bar.to), y, 9);
  });
}

/** Right of the last bar where there is room, else left of the first, else on it. */
function noteBeside(lane: Lane, y: number, from: number, to: number | null): Shape[] {
  const size = TEXT_SIZE - 2;
  const { mark, colour } = STATUS_STYLES[lane.look];
  const fill = lane.look !== 'SUCCESS' ? colour : lane.cause ? INK : FAINT_INK;
  const halo = lane.cause ? CAUSE : true;
  if (to === null) {
    const text = fitted(lane.note, size, WIDTH - LEFT - MARGIN - 40);
    return [...badge(mark, colour, LEFT + 18, y, 11), words(text, LEFT + 38, y, { size, fill })];
  }
  if (lane.note === '') return [];
  const width = textWidth(lane.note, size);
  const right = to + 2 * BADGE + 4;
  if (right + width <= WIDTH - 6) return [words(lane.note, right, y, { size, fill, halo })];
  if (from - 8 - width >= LEFT) return [words(lane.note, from - 8, y, { size, fill, align: 'right', halo })];
  const text = fitted(lane.note, size, Math.max(60, to - 8 - LEFT));
  return [words(text, to - 8, y, { size, align: 'right', halo })];
}

function ruleLines({ at, until, colour, dash, faint }: Rule, x: Scale, top: number, height: number): Shape[] {
  const upright = (instant: number, lineWidth: number, lineDash?: number[]) =>
    line([x(instant), top - 4], [x(instant), top + height], { stroke: colour, lineWidth, lineDash });
  if (until === null) return [upright(at, faint ? 2 : 3, dash)];
  return [
    box({ x: x(at), y: top, width: Math.max(1, x(until) - x(at)), height }, { fill: `${colour}22` }),
    upright(at, 3, dash),
    upright(until, 2, [3, 5]),
  ];
}

/** A name over its line, as far as the picture's edges allow. */
interface RuleName {
  rule: Rule;
  middle: number;
  half: number;
  row: number;
}

/** Side by side where there is room, else one below the other, in order of time. */
function ruleNames(rules: readonly Rule[], x: Scale): RuleName[] {
  const placed: RuleName[] = [];
  for (const rule of rules) {
    const half = textWidth(rule.name, TEXT_SIZE, true) / 2;
    const middle = Math.min(Math.max(x(rule.at), MARGIN + half), WIDTH - MARGIN - half);
    const meets = placed.filter((other) => Math.abs(other.middle - middle) < other.half + half + 12);
    placed.push({ rule, middle, half, row: Math.max(-1, ...meets.map(({ row }) => row)) + 1 });
  }
  return placed;
}

function nameElement({ rule, middle, row }: RuleName, top: number): Shape {
  const y = top + (row + 0.5) * RULE_LINE;
  return words(rule.name, middle, y, { fill: rule.colour, bold: !rule.faint, align: 'center', halo: true });
}
