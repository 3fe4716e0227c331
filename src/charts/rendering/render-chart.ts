import type { Chart } from '../chart.ts';
import { draw } from './draw.ts';
import { renderSvg } from './echarts.ts';
import { rasterize } from './rasterize.ts';

/** A picture ready to be posted. */
export interface Picture {
  svg: string;
  png: Uint8Array;
  alt: string;
  title: string;
  /** Of the PNG, in device pixels. */
  width: number;
  height: number;
}

/** Draws a chart here and now, in some hundred milliseconds: for a thread that has nothing else to do. */
export function renderChart(chart: Chart): Picture {
  const svg = renderSvg(draw(chart));
  const { alt, title } = chart.caption;
  return { svg, ...rasterize(svg), alt, title };
}
