import { type Instant, MINUTE } from '../../../src/batch/instant.ts';
import { estimateEnd } from '../../../src/batch/timing/estimate.ts';
import { baselineOf } from './baseline.ts';
import { type Replay, type ReplayKind, sceneAt } from './replay.ts';

/** Clocks at which a night is asked, as shares of its usual course: shares of the actual one would give the end away. */
export const SHARES = [0.2, 0.4, 0.6, 0.8] as const;

/** One estimate beside what came true. */
export interface Prediction {
  name: string;
  kind: ReplayKind;
  share: (typeof SHARES)[number];
  now: Instant;
  actual: Instant;
  p50: Instant;
  p90: Instant;
  /** Minutes, as all errors here. */
  errorMin: number;
  baselineErrorMin: number;
  /** Of the baseline that knows when tonight began. */
  durationErrorMin: number;
  /** The chance that was given to an end later than the actual one: evenly spread over [0, 1] where estimates are honest. */
  rank: number;
}

/** Estimates at several clocks within the phase; none where it had ended, stood still, or had too little history. */
export function predictionsOf(replay: Replay): Prediction[] {
  const { name, kind, startedAt, endedAt: actual, knownUntil } = replay;
  const usual = baselineOf(sceneAt(replay, startedAt), startedAt)?.duration ?? null;
  if (usual === null) return [];
  return SHARES.flatMap((share): Prediction[] => {
    const now = Math.round(startedAt + share * usual);
    if (now >= actual || now > knownUntil) return [];
    const scene = sceneAt(replay, now);
    const [estimate, baseline] = [estimateEnd(scene), baselineOf(scene, startedAt)];
    if (estimate === null || baseline === null) return [];
    const error = (instant: Instant) => Math.abs(instant - actual) / MINUTE;
    const { p50, p90 } = estimate;
    return [
      {
        name,
        kind,
        share,
        now,
        actual,
        p50,
        p90,
        errorMin: error(p50),
        baselineErrorMin: error(baseline.byEnd),
        durationErrorMin: error(baseline.byDuration),
        rank: estimate.chanceOfMissing(actual),
      },
    ];
  });
}
