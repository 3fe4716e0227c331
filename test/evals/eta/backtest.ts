import { median } from '../../../src/batch/percentile.ts';
import { generateNight } from '../../../src/playground/world/nights/generate-night.ts';
import type { GeneratedNight, NightRequest } from '../../../src/playground/world/nights/generated-night.ts';
import { type Prediction, predictionsOf } from './predictions.ts';
import { type ReplayKind, replaysOf } from './replay.ts';

/** How good estimates of the end were. Shares in [0, 1]; errors in minutes. */
export interface EtaFigures {
  /** Estimates that were judged. */
  n: number;
  /** Share of ends that came at or before the P50, and the P90. */
  p50Share: number;
  p90Share: number;
  /** Median of the absolute error of the P50, and of the baselines (see `baseline.ts`). */
  medianErrorMin: number;
  baselineMedianErrorMin: number;
  durationMedianErrorMin: number;
}

export interface EtaReport extends EtaFigures {
  /** The same by kind of night. */
  byKind: Readonly<Record<ReplayKind, EtaFigures>>;
}

interface BacktestOptions {
  /** Each stands for the world of a healthy night; every so many (`NOISY_EVERY`) for that of a noisy one besides. */
  seeds: readonly string[];
  generate?: (request: NightRequest) => GeneratedNight;
  /** Nights of the history of each healthy night's world that are replayed beside it. */
  pastNights?: number;
}

/**
 * Almost half of the noisy nights have a failure that somebody repairs, of ordinary nights one in twelve or fewer. An estimate
 * made before such a failure is bound to be early: were there many more of them than in the history that it rests on, its
 * percentiles would be judged by what nobody can know.
 */
const NOISY_EVERY = 4;

/**
 * Looks at nights from clocks within them, and compares the estimate with the end that came. Most are ordinary nights of a world's
 * history, with the incidents that fell on them; a few are as quiet, or as lively, as they were made to be. History of a
 * lively one's world is not replayed: it was made to show the like of that night's incidents.
 */
export function backtestEta({ seeds, generate = generateNight, pastNights = 8 }: BacktestOptions): EtaReport {
  const predictions = seeds.flatMap((seed, index) => [
    ...replaysOf(generate({ seed, kind: 'healthy' }), pastNights).flatMap(predictionsOf),
    ...(index % NOISY_EVERY === 0 ? replaysOf(generate({ seed, kind: 'noisy' }), 0).flatMap(predictionsOf) : []),
  ]);
  const of = (kind: ReplayKind) => figuresOf(predictions.filter((prediction) => prediction.kind === kind));
  return { ...figuresOf(predictions), byKind: { past: of('past'), healthy: of('healthy'), noisy: of('noisy') } };
}

export function figuresOf(predictions: readonly Prediction[]): EtaFigures {
  const n = predictions.length;
  const share = (holds: (prediction: Prediction) => boolean) => predictions.filter(holds).length / Math.max(1, n);
  const middle = (of: 'errorMin' | 'baselineErrorMin' | 'durationErrorMin') =>
    median(predictions.map((prediction) => prediction[of])) ?? 0;
  return {
    n,
    p50Share: share(({ actual, p50 }) => actual <= p50),
    p90Share: share(({ actual, p90 }) => actual <= p90),
    medianErrorMin: middle('errorMin'),
    baselineMedianErrorMin: middle('baselineErrorMin'),
    durationMedianErrorMin: middle('durationErrorMin'),
  };
}
