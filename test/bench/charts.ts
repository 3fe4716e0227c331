import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Chart } from '../../src/charts/chart.ts';
import { historyChart } from '../../src/charts/history/history-chart.ts';
import { latenessChart } from '../../src/charts/lateness/lateness-chart.ts';
import type { Reply } from '../../src/charts/rendering/worker.ts';
import { timelineChart } from '../../src/charts/timeline/timeline-chart.ts';
import { historyOf, latenessOf, MINUTE, NOW, present, stateOf, ZONE } from '../charts/scenes.ts';

/**
 * `node test/bench/charts.ts [number]`: each kind of picture, drawn by a worker as the product's. Fails where one takes more than
 * 300 ms of processor time once warm, or holds the event loop for longer than 20 ms.
 */
const [MOST_MS, MOST_HELD_MS] = [300, 20];
const WARM_UP = 3;

export async function benchCharts(rounds: number): Promise<boolean> {
  const large = stateOf(
    Array.from({ length: 30 }, () => 12),
    Object.fromEntries(Array.from({ length: 15 }, (_, step) => [`DESK_${step * 2}_3`, [{ status: 'FAILED' }]])),
    NOW + 4000 * MINUTE,
  );
  const tonight = stateOf([3, 4, 1]);
  const makers: Record<string, () => Chart> = {
    'timeline of 24 lanes': () => present(timelineChart({ state: large, now: NOW + 4000 * MINUTE, zone: ZONE })),
    'timeline of a small night': () => present(timelineChart({ state: tonight, now: NOW, zone: ZONE })),
    'run history': () => present(historyChart(historyOf(30, tonight), NOW, ZONE)),
    'lateness split': () => latenessChart(tonight, latenessOf({ late_start: 20, run: 63, retry: 31 }), ZONE),
  };
  const worker = new Worker(new URL('../../src/charts/rendering/worker.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await once(worker, 'message');
  let good = true;
  for (const [name, make] of Object.entries(makers)) {
    const measured: Measured[] = [];
    for (let round = -WARM_UP; round < rounds; round += 1) {
      const one = await measure(worker, make);
      if (round >= 0) measured.push(one);
    }
    const middle = (of: (one: Measured) => number) =>
      measured.map(of).sort((a, b) => a - b)[Math.floor(measured.length / 2)] ?? Number.NaN;
    const [cpu, held] = [middle((one) => one.cpuMs), middle((one) => one.heldMs)];
    good &&= cpu < MOST_MS && held < MOST_HELD_MS;
    console.log(
      `${name}: ${cpu.toFixed(0)} ms of processor time (median of ${rounds}), ${middle((one) => one.wallMs).toFixed(0)} ms by the clock; ${held.toFixed(1)} ms of the event loop; ${(middle((one) => one.bytes) / 1024).toFixed(0)} KiB`,
    );
  }
  await worker.terminate();
  return good;
}

interface Measured {
  /** Of the worker's thread: what else runs on the machine does not count. */
  cpuMs: number;
  wallMs: number;
  /** Processor time of this thread for making the chart and sending it away. */
  heldMs: number;
  bytes: number;
}

async function measure(worker: Worker, make: () => Chart): Promise<Measured> {
  const [spent, begun, own] = [await worker.cpuUsage(), performance.now(), ownMs()];
  const reply = new Promise<Reply>((resolve) => {
    worker.once('message', resolve);
  });
  worker.postMessage(make());
  const heldMs = ownMs() - own;
  const answer = await reply;
  const wallMs = performance.now() - begun;
  const { user, system } = await worker.cpuUsage(spent);
  if (!('picture' in answer)) throw new Error(answer.failed);
  return { cpuMs: (user + system) / 1000, wallMs, heldMs, bytes: answer.picture.png.length };
}

function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

if (import.meta.main) {
  process.exitCode = (await benchCharts(Number(process.argv[2] ?? 15))) ? 0 : 1;
}
