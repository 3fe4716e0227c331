import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Chart } from '../../src/charts/chart.ts';
import { chartOf } from '../../src/charts/chart-of.ts';
import { comparisonChart } from '../../src/charts/comparison/comparison-chart.ts';
import { durationsChart } from '../../src/charts/durations/durations-chart.ts';
import { historyChart } from '../../src/charts/history/history-chart.ts';
import { latenessChart } from '../../src/charts/lateness/lateness-chart.ts';
import { timelineChart } from '../../src/charts/timeline/timeline-chart.ts';
import { causeOf, historyOf, latenessOf, MINUTE, NOW, nightOf, present, stateOf, ZONE } from '../charts/scenes.ts';
import type { Drawn } from './measured-worker.ts';

/**
 * `node test/bench/charts.ts [number]`: each kind of picture, drawn by a process as the product's. Fails where one takes more
 * than 300 ms of processor time once warm, or holds the event loop for longer than 20 ms. Beside each stands how many times as
 * long as the JSON of a large night there and back it takes, measured in the same run: that ratio says the same on any machine.
 */
const [MOST_MS, MOST_HELD_MS] = [300, 20];
const WARM_UP = 3;
const FAILED = [{ status: 'FAILED' }];

function makers(): Record<string, () => Chart> {
  const large = stateOf(
    Array.from({ length: 30 }, () => 12),
    Object.fromEntries(Array.from({ length: 15 }, (_, step) => [`DESK_${step * 2}_3`, FAILED])),
    NOW + 4000 * MINUTE,
  );
  const tonight = stateOf([3, 4, 1]);
  const failed = stateOf([3, 4, 1], { DESK_1_0: FAILED });
  const history = historyOf(30, tonight);
  const { essential, businessDate, phase, other } = history;
  const about = { essential, businessDate, phase, state: tonight, other, notes: [], gaps: [], datasetId: null };
  const estimate = { p50: NOW + 60 * MINUTE, p90: NOW + 90 * MINUTE, basis: 20, chanceOfMissing: () => 0.5 };
  const prospect = { estimate, lateness: latenessOf({ run: 60 }, false), deadline: NOW + 80 * MINUTE };
  const causes = [causeOf('task_failure', 'x-dataset_1_results', ['DESK_1_0'])];
  const night = (batches: number) =>
    nightOf(
      Array.from({ length: batches }, (_, index) =>
        index % 4 === 0
          ? { essential: `BATCH-${index}`, state: failed, causes, prospect }
          : { essential: `BATCH-${index}`, state: tonight },
      ),
    );
  const [twelve, forty] = [night(12), night(40)];
  const usual = { p50: 1200, p90: 1500, p95: 1600, basis: 20, calendar: 'ordinary' } as const;
  const units = Array.from({ length: 40 }, (_, index) => ({
    ...{
      datasetId: 'x-positions_v2',
      slice: `DESK_${index}`,
      running: false,
      usual,
      longerThan: null,
      lastAsLong: null,
    },
    actualS: index < 3 ? 4000 : 1200 + index,
  }));
  const side = {
    status: 'SUCCESS',
    startedAt: NOW,
    startedAfterMin: 5,
    durationS: 600,
    attempts: 1,
    finished: 1,
  } as const;
  const differences = units.map(({ datasetId, slice }) => ({
    ...{ datasetId, slice, what: ['duration' as const], before: side },
    after: { ...side, durationS: 4000 },
  }));
  const whole = { businessDate, phase, status: 'SUCCESS' as const, startedAt: 0, endedAt: 1, durationS: 600 };
  const comparison = { before: whole, after: whole, differences, alike: 0 };
  return {
    'timeline of 24 lanes': () => present(timelineChart({ state: large, now: NOW + 4000 * MINUTE, zone: ZONE })),
    'timeline of a small night': () =>
      present(timelineChart({ state: failed, now: NOW, zone: ZONE, causes, estimate })),
    'night of 12 batches': () => present(chartOf(twelve, NOW, ZONE)),
    'night of 40 batches': () => present(chartOf(forty, NOW, ZONE)),
    'durations of 40 slices': () =>
      present(durationsChart({ ...about, kind: 'durations', units, phaseUsual: { actualS: 60, usual } }, NOW, ZONE)),
    'two nights': () => present(comparisonChart({ ...about, kind: 'comparison', comparison }, NOW, ZONE)),
    'run history': () => present(historyChart(history, NOW, ZONE)),
    'lateness split': () => latenessChart(tonight, latenessOf({ late_start: 20, run: 63, retry: 31 }), ZONE),
  };
}

export async function benchCharts(rounds: number): Promise<boolean> {
  const worker = fork(fileURLToPath(new URL('./measured-worker.ts', import.meta.url)), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  await once(worker, 'message');
  let good = true;
  for (const [name, make] of Object.entries(makers())) {
    const measured: Measured[] = [];
    for (let round = -WARM_UP; round < rounds; round += 1) {
      const one = await measure(worker, make);
      if (round >= 0) measured.push(one);
    }
    const middle = (of: (one: Measured) => number) =>
      measured.map(of).sort((a, b) => a - b)[Math.floor(measured.length / 2)] ?? Number.NaN;
    const [cpu, held, ratio] = [middle((one) => one.cpuMs), middle((one) => one.heldMs), middle((one) => one.ratio)];
    good &&= cpu < MOST_MS && held < MOST_HELD_MS;
    console.log(
      `${name}: ${cpu.toFixed(0)} ms of processor time (median of ${rounds}), ${ratio.toFixed(1)} times the JSON; ${middle((one) => one.wallMs).toFixed(0)} ms by the clock; ${held.toFixed(1)} ms of the event loop; ${(middle((one) => one.bytes) / 1024).toFixed(0)} KiB`,
    );
  }
  worker.disconnect();
  return good;
}

interface Measured extends Drawn {
  /** Processor time of the drawing beside that of the JSON. */
  ratio: number;
  wallMs: number;
  /** Processor time of this thread for making the chart and sending it away. */
  heldMs: number;
}

async function measure(worker: ChildProcess, make: () => Chart): Promise<Measured> {
  const [begun, own] = [performance.now(), ownMs()];
  const answer = once(worker, 'message');
  worker.send(make());
  const heldMs = ownMs() - own;
  const [drawn] = (await answer) as [Drawn];
  return { ...drawn, ratio: drawn.cpuMs / drawn.jsonMs, wallMs: performance.now() - begun, heldMs };
}

function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

if (import.meta.main) {
  process.exitCode = (await benchCharts(Number(process.argv[2] ?? 15))) ? 0 : 1;
}
