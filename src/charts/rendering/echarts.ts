import { CustomChart, type CustomSeriesOption } from 'echarts/charts';
import {
  GraphicComponent,
  type GraphicComponentOption,
  GridComponent,
  type GridComponentOption,
  TitleComponent,
  type TitleComponentOption,
} from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Drawing } from './drawing.ts';

use([CustomChart, GraphicComponent, GridComponent, TitleComponent, SVGRenderer]);

export type EChartsOption = ComposeOption<
  CustomSeriesOption | GraphicComponentOption | GridComponentOption | TitleComponentOption
>;

/** A drawing as SVG text. */
export function renderSvg({ option, width, height }: Drawing): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: Math.ceil(height) });
  try {
    chart.setOption({ animation: false, backgroundColor: '#ffffff', ...option });
    return chart.renderToSVGString();
  } finally {
    // One that is not disposed of keeps the process alive.
    chart.dispose();
  }
}
