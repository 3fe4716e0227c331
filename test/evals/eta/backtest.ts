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
  /** Each stands for a world with a healthy night and another with a noisy one. */
  seeds: readonly string[];
  generate?: (request: NightRequest) => GeneratedNight;
  /** Nights of the history of each healthy night's world that are replayed beside it. */
  pastNights?: number;
}

/**
 * Looks at nights from clocks within them, and compares the estimate with the end that came. Most are ordinary nights of a
 * world's history, with the incidents that fell on them. One is as quiet as it was made to be, another as lively: with several
 * incidents where an ordinary night rarely has one, so that an estimate made before them is bound to be early. History of the
 * lively one's world is not replayed: it was made to show the like of that night's incidents.
 */
export function backtestEta({ seeds, generate = generateNight, pastNights = 8 }: BacktestOptions): EtaReport {
  const predictions = seeds.flatMap((seed) => [
    ...replaysOf(generate({ seed, kind: 'healthy' }), pastNights).flatMap(predictionsOf),
    ...replaysOf(generate({ seed, kind: 'noisy' }), 0).flatMap(predictionsOf),
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
