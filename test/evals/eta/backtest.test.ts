import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../src/batch/run.ts';
import { estimateEnd } from '../../../src/batch/timing/estimate.ts';
import { generateNight } from '../../../src/playground/world/nights/generate-night.ts';
import { generateSecondNight } from '../second-world/second-night.ts';
import { backtestEta, figuresOf } from './backtest.ts';
import { baselineOf } from './baseline.ts';
import { type Prediction, predictionsOf, SHARES } from './predictions.ts';
import { type Replay, replaysOf, sceneAt } from './replay.ts';

const SEEDS = ['eta-1', 'eta-2', 'eta-3', 'eta-4', 'eta-5'];

describe.each([
  ['the simulated scheduler', generateNight],
  ['the timetable', generateSecondNight],
])('estimates on nights of %s', (_, generate) => {
  it('are nearer to the end than the usual end is, and late ends are as rare as they say', () => {
    const report = backtestEta({ seeds: SEEDS, generate, pastNights: 3 });
    expect(report.n).toBeGreaterThan(25);
    expect(report.medianErrorMin).toBeLessThan(0.8 * report.baselineMedianErrorMin);
    // So few nights only show gross faults; the evaluation measures the shares.
    expect(report.p50Share).toBeGreaterThan(0.2);
    expect(report.p50Share).toBeLessThan(0.8);
    expect(report.p90Share).toBeGreaterThan(0.7);
    expect(report.byKind.past.n + report.byKind.healthy.n + report.byKind.noisy.n).toBe(report.n);
  });

  it('look at nothing that happened after the clock', () => {
    const [replay] = replaysOf(generate({ seed: 'eta-4', kind: 'healthy' }), 0) as [Replay];
    const middle = Math.round((replay.startedAt + Math.min(replay.endedAt, replay.knownUntil)) / 2);
    const whole = estimateEnd(sceneAt(replay, middle));
    const cut = { ...replay, rows: writtenBy(replay.rows, middle), history: writtenBy(replay.history, middle) };
    const known = estimateEnd(sceneAt(cut, middle));
    expect(whole).not.toBeNull();
    expect([known?.p50, known?.p90]).toEqual([whole?.p50, whole?.p90]);
    expect(baselineOf(sceneAt(cut, middle), replay.startedAt)).toEqual(
      baselineOf(sceneAt(replay, middle), replay.startedAt),
    );
  });
});

it('asks at clocks within the phase only, and never after the end', () => {
  const replays = SEEDS.flatMap((seed) => replaysOf(generateNight({ seed, kind: 'noisy' }), 2));
  expect(new Set(replays.map(({ kind }) => kind))).toEqual(new Set(['noisy', 'past']));
  for (const replay of replays) {
    const predictions = predictionsOf(replay);
    expect(predictions.length).toBeLessThanOrEqual(SHARES.length);
    for (const { now, actual, p50 } of predictions) {
      expect(now).toBeGreaterThan(replay.startedAt);
      expect(now).toBeLessThan(actual);
      expect(p50).toBeGreaterThan(now);
    }
  }
});

it('counts what was late, and takes the middle error', () => {
  const prediction = (actual: number, errorMin: number): Prediction => {
    const common = { name: '', kind: 'past' as const, share: 0.2 as const, now: 0, p50: 10, p90: 20, rank: 0 };
    return { ...common, actual, errorMin, baselineErrorMin: 2 * errorMin, durationErrorMin: 3 * errorMin };
  };
  expect(figuresOf([prediction(5, 1), prediction(10, 2), prediction(15, 3), prediction(25, 9)])).toEqual({
    n: 4,
    p50Share: 0.5,
    p90Share: 0.75,
    medianErrorMin: 2.5,
    baselineMedianErrorMin: 5,
    durationMedianErrorMin: 7.5,
  });
});

/** The rows as somebody would have found them at the clock: none from later, and what went on then still going on. */
function writtenBy(rows: readonly RunRow[], clock: number): RunRow[] {
  return rows
    .filter((row) => row.createdAt <= clock)
    .map((row) => (row.updatedAt <= clock ? row : { ...row, status: 'RUNNING', updatedAt: clock }));
}
