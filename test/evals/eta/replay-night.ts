import { type Instant, MINUTE } from '../../../src/batch/instant.ts';
import { estimateEnd } from '../../../src/batch/timing/estimate.ts';
import type { GeneratedNight } from '../../../src/playground/world/nights/generated-night.ts';
import { baselineOf } from './baseline.ts';
import { nightRows, sceneAt } from './night-rows.ts';

/** Clocks at which each night is asked, as shares of its usual course: a share of the actual one would give the end away. */
export const SHARES = [0.2, 0.4, 0.6, 0.8] as const;

/** One estimate beside what came true. Minutes. */
export interface Prediction {
  seed: string;
  kind: GeneratedNight['kind'];
  share: number;
  now: Instant;
  actual: Instant;
  p50: Instant;
  p90: Instant;
  errorMin: number;
  baselineErrorMin: number;
  durationBaselineErrorMin: number;
  /** Chance that was given to an end later than the actual one: evenly spread over [0, 1] where estimates are honest. */
  rank: number;
}

/** Estimates at several clocks within the phase; none where it had ended, stood still, or had too little history. */
export function replayNight(night: GeneratedNight): Prediction[] {
  const { startedAt, endedAt } = night.truth;
  if (startedAt === null || endedAt === null) return [];
  const rows = nightRows(night);
  const usual = baselineOf(sceneAt(rows, startedAt), startedAt)?.duration ?? null;
  if (usual === null) return [];
  return SHARES.flatMap((share): Prediction[] => {
    const now = Math.round(startedAt + share * usual);
    if (now >= endedAt) return [];
    const scene = sceneAt(rows, now);
    const [estimate, baseline] = [estimateEnd(scene), baselineOf(scene, startedAt)];
    if (estimate === null || baseline === null) return [];
    const error = (instant: Instant) => Math.abs(instant - endedAt) / MINUTE;
    return [
      {
        seed: night.seed,
        kind: night.kind,
        share,
        now,
        actual: endedAt,
        p50: estimate.p50,
        p90: estimate.p90,
        errorMin: error(estimate.p50),
        baselineErrorMin: error(baseline.byEnd),
        durationBaselineErrorMin: error(baseline.byDuration),
        rank: estimate.chanceOfMissing(endedAt),
      },
    ];
  });
}
