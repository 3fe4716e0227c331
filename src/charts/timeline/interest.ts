import type { Instant } from '../../batch/instant.ts';
import type { DatasetState, UnitState } from '../../batch/state.ts';

/** How much a reader at night wants to see a unit: from 0 for one that went as it should. */
export function unitInterest(unit: UnitState, siblings: readonly UnitState[]): number {
  if (unit.stuck || unit.status === 'FAILED') return 6;
  if (unit.status === 'CANCELLED' || unit.status === 'UNKNOWN') return 5;
  // One that did not come while its siblings did may have missed its trigger.
  if (unit.attempts.length === 0) return siblings.some((other) => other.attempts.length > 0) ? 4 : 0;
  if (unit.status === 'RUNNING' || unit.status === 'QUEUED') return 3;
  return unit.attemptCount > 1 ? 2 : 0;
}

/** A dataset is as interesting as its most interesting unit; among quiet ones the longest come first. */
export function datasetInterest({ units }: DatasetState, now: Instant): number {
  const most = Math.max(0, ...units.map((unit) => unitInterest(unit, units)));
  const attempts = units.flatMap((unit) => unit.attempts);
  if (attempts.length === 0) return most;
  const from = Math.min(...attempts.map((attempt) => attempt.startedAt));
  const to = Math.max(...attempts.map((attempt) => attempt.endedAt ?? now));
  // Below one: the hours decide among equals only.
  return most + 0.1 + 0.9 * (1 - 1 / (1 + Math.max(0, to - from) / 3_600_000)) * 0.99;
}
