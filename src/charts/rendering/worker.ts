import type { Chart } from '../chart.ts';
import { type Picture, renderChart } from './render-chart.ts';

/** What a worker answers to a chart: one answer a chart, in order. */
export type Reply = { picture: Picture } | { failed: string };
/** What it says once, when it has loaded what it draws with. */
export const READY = 'ready';

process.on('message', (chart: Chart) => {
  process.send?.(replyTo(chart));
});
// A terminal sends it to everything that it started; whoever started this one decides when it is no longer needed.
process.on('SIGINT', () => {});

process.send?.(READY);

function replyTo(chart: Chart): Reply {
  try {
    return { picture: renderChart(chart) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
