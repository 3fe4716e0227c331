import type { EChartsOption } from 'echarts';
import type { Tick } from '../local-time.ts';
import { FONT, INK, LINE, TEXT_SIZE } from './look.ts';

/** Below the plot: two lines of text where a day begins. */
export const TIME_AXIS_HEIGHT = 56;

/** The axes of a picture in which time goes to the right and the rows are ours. */
export function timeAxes({ from, to, ticks }: { from: number; to: number; ticks: readonly Tick[] }): EChartsOption {
  const customValues = ticks.map(({ at }) => at);
  return {
    xAxis: {
      type: 'value',
      min: from,
      max: to,
      axisLine: { lineStyle: { color: LINE } },
      axisTick: { show: true, customValues },
      splitLine: { show: false },
      axisLabel: {
        customValues,
        formatter: (at: number) => ticks.find((tick) => tick.at === at)?.label ?? '',
        fontFamily: FONT,
        fontSize: TEXT_SIZE - 2,
        lineHeight: TEXT_SIZE + 2,
        color: INK,
        hideOverlap: true,
      },
    },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
  };
}
