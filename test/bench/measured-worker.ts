import type { Chart } from '../../src/charts/chart.ts';
import { renderChart } from '../../src/charts/rendering/render-chart.ts';
import { stateOf } from '../charts/scenes.ts';

/** What drawing a chart cost, in processor time: what else runs on the machine does not count. */
export interface Drawn {
  cpuMs: number;
  /** Of the JSON of a large night, there and back, just before: how fast the machine is now. */
  jsonMs: number;
  /** Of the PNG. */
  bytes: number;
}

const large = stateOf(Array.from({ length: 40 }, () => 40));

process.on('message', (chart: Chart) => {
  const [jsonMs] = timed(() => JSON.parse(JSON.stringify(large)));
  const [cpuMs, picture] = timed(() => renderChart(chart));
  process.send?.({ cpuMs, jsonMs, bytes: picture.png.length } satisfies Drawn);
});

process.send?.('ready');

function timed<T>(work: () => T): [number, T] {
  const before = process.cpuUsage();
  const done = work();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1000, done];
}
