import type { EChartsOption } from 'echarts';

/** A chart laid out: what the library draws, and how large it is, in logical pixels. */
export interface Drawing {
  option: EChartsOption;
  width: number;
  height: number;
}
