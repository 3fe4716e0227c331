import type { Drawing } from '../rendering/drawing.ts';
import { frame } from '../rendering/frame.ts';
import { legend } from '../rendering/legend.ts';
import { FAINT_INK, FONT, INK, LINE, MARGIN, TEXT_SIZE, WIDTH } from '../rendering/look.ts';
import { badge, box, layer, line, type Shape, type Stroke, words } from '../rendering/shapes.ts';
import { STATUS_STYLES, type StatusStyle } from '../status-style.ts';
import type { HistoryBar, HistoryChart } from './history-chart.ts';
import { minuteTicks } from './minute-ticks.ts';

const PLOT = 330;
const LEFT = 78;
/** The names of the band stand right of the plot. */
const RIGHT = WIDTH - MARGIN - 46;
const AXIS = 64;
const BAND = '#1463b0';

const STYLES: Readonly<Record<HistoryBar['look'], StatusStyle>> = {
  SUCCESS: STATUS_STYLES.SUCCESS,
  REPAIRED: { colour: '#4f8a10', mark: 'R', word: 'repaired' },
  FAILED: STATUS_STYLES.FAILED,
  RUNNING: STATUS_STYLES.RUNNING,
  OTHER: { ...STATUS_STYLES.UNKNOWN, word: 'not complete' },
};

/** A column a date, the usual range behind them, the date in question at the right. */
export function drawHistory(chart: HistoryChart): Drawing {
  const { titles, top, bottom } = frame(chart.caption);
  const gridTop = top + 6;
  const axisBottom = gridTop + PLOT + AXIS;
  const looks = (Object.keys(STYLES) as HistoryBar['look'][]).filter((look) =>
    chart.bars.some((bar) => bar.look === look),
  );
  const key = legend(
    looks.map((look) => STYLES[look]),
    axisBottom,
  );
  const most = Math.max(1, chart.band?.p90 ?? 0, ...chart.bars.map((bar) => bar.minutes ?? 0)) * 1.12;
  const ticks = minuteTicks(most);
  const right = RIGHT;
  const slot = (right - LEFT) / chart.bars.length;
  const y = (minutes: number) => gridTop + PLOT * (1 - minutes / most);
  const axisLabel = { fontFamily: FONT, fontSize: TEXT_SIZE - 2, color: INK };
  return {
    width: WIDTH,
    height: axisBottom + key.height + bottom,
    option: {
      title: titles,
      grid: { left: LEFT, top: gridTop, width: right - LEFT, height: PLOT },
      xAxis: { type: 'value', min: 0, max: 1, show: false },
      yAxis: {
        type: 'value',
        min: 0,
        max: most,
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: {
          ...axisLabel,
          customValues: ticks.map(({ at }) => at),
          formatter: (at: number) => ticks.find((tick) => tick.at === at)?.label ?? '',
        },
      },
      graphic: { elements: key.elements as never },
      series: [
        layer(ticks.map(({ at }) => level(y(at), { stroke: LINE }))),
        layer(bandArea(chart.band, y)),
        layer(chart.bars.flatMap((bar, index) => column(bar, LEFT + slot * index, slot, y))),
        layer(bandLines(chart.band, y)),
        layer(dateLabels(chart.bars, slot, gridTop + PLOT)),
      ],
    },
  };
}

function column(bar: HistoryBar, left: number, slot: number, y: (minutes: number) => number): Shape[] {
  const { colour, mark } = STYLES[bar.look];
  const width = Math.max(6, Math.min(46, slot * 0.68));
  const [x, top, foot] = [left + (slot - width) / 2, y(bar.minutes ?? 0), y(0)];
  const marked = bar.tonight || bar.look !== 'SUCCESS';
  const faint = bar.look === 'SUCCESS' && !bar.tonight ? '90' : bar.look === 'RUNNING' ? '60' : '';
  const rim = bar.tonight ? { stroke: INK, lineWidth: 3 } : {};
  return [
    box({ x, y: top, width, height: Math.max(2, foot - top), r: [4, 4, 0, 0] }, { fill: `${colour}${faint}`, ...rim }),
    ...(marked ? badge(mark, colour, left + slot / 2, top, Math.min(13, Math.max(9, slot * 0.45))) : []),
  ];
}

function bandArea(band: HistoryChart['band'], y: (minutes: number) => number): Shape[] {
  if (band === null) return [];
  const height = Math.max(2, y(band.p50) - y(band.p90));
  return [box({ x: LEFT, y: y(band.p90), width: RIGHT - LEFT, height }, { fill: `${BAND}24` })];
}

function bandLines(band: HistoryChart['band'], y: (minutes: number) => number): Shape[] {
  if (band === null) return [];
  const [p50, p90] = [y(band.p50), y(band.p90)];
  const apart = Math.max(0, 24 - (p50 - p90)) / 2;
  const look = { size: TEXT_SIZE - 1, fill: BAND, bold: true, halo: true };
  return [
    level(p90, { stroke: BAND, lineWidth: 2, lineDash: [3, 5] }),
    level(p50, { stroke: BAND, lineWidth: 2, lineDash: [8, 5] }),
    words('P90', RIGHT + 6, p90 - apart, look),
    words('P50', RIGHT + 6, p50 + apart, look),
  ];
}

/** First, last, and as many between as there is room for. */
function dateLabels(bars: readonly HistoryBar[], slot: number, top: number): Shape[] {
  const every = Math.max(1, Math.ceil(74 / slot));
  return bars.flatMap((bar, index) => {
    const back = bars.length - 1 - index;
    if (back % every !== 0) return [];
    const x = LEFT + slot * (index + 0.5);
    const size = TEXT_SIZE - 2;
    const [fill, bold] = bar.tonight ? [INK, true] : [FAINT_INK, false];
    return [words(bar.label, x, top + 22, { size, fill, bold, align: 'center' })];
  });
}

function level(y: number, stroke: Stroke): Shape {
  return line([LEFT, y], [RIGHT, y], stroke);
}
