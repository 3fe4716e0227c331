import type { Instant } from '../../batch/instant.ts';
import type { Attempt, UnitState } from '../../batch/state.ts';
import type { Look } from '../status-style.ts';

/** A stretch of time on a lane. */
export interface Bar {
  from: Instant;
  to: Instant;
  /** Null for a stretch of several slices that went differently. */
  look: Look | null;
}

/** One bar an attempt, in order of start. */
export function attemptBars(unit: UnitState, now: Instant): Bar[] {
  return unit.attempts.map((attempt) => ({
    ...stretchOf(attempt, now),
    look: attempt === unit.decisive && unit.stuck ? 'STUCK' : attempt.status,
  }));
}

/** When any of several units was under way: their attempts laid over each other. */
export function mergedBars(units: readonly UnitState[], now: Instant, look: Look | null): Bar[] {
  const stretches = units
    .flatMap((unit) => unit.attempts.map((attempt) => stretchOf(attempt, now)))
    .sort((a, b) => a.from - b.from);
  const bars: Bar[] = [];
  for (const { from, to } of stretches) {
    const last = bars.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else bars.push({ from, to, look });
  }
  return bars;
}

/** When an attempt was under way; one that is known of and has not begun by the clock stands at the clock. */
export function stretchOf(attempt: Attempt, now: Instant): { from: Instant; to: Instant } {
  const from = Math.min(attempt.startedAt, now);
  return { from, to: Math.max(from, attempt.endedAt ?? now) };
}
