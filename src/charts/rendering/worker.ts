import { parentPort } from 'node:worker_threads';
import type { Chart } from '../chart.ts';
import { type Picture, renderChart } from './render-chart.ts';

/** What a worker answers to a chart: one answer a chart, in order. */
export type Reply = { picture: Picture } | { failed: string };
/** What it says once, when it has loaded what it draws with. */
export const READY = 'ready';

parentPort?.on('message', (chart: Chart) => {
  parentPort?.postMessage(replyTo(chart));
});

parentPort?.postMessage(READY);

function replyTo(chart: Chart): Reply {
  try {
    return { picture: renderChart(chart) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
