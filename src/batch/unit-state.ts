import type { Instant } from './instant.ts';
import { SECOND } from './instant.ts';
import type { PlacedRun, Unit } from './placement.ts';
import type { DagRunRow } from './run.ts';
import type { Attempt, UnitState } from './state.ts';

const AIRFLOW_ENDED = new Set(['success', 'failed']);

/** The latest attempt that is not CANCELLED: a cancelled duplicate hides no success, nor a cancelled retry a failure. */
export function decisiveAttempt(attempts: readonly Attempt[]): Attempt | null {
  return attempts.findLast((attempt) => attempt.status !== 'CANCELLED') ?? attempts.at(-1) ?? null;
}

export interface StuckRule {
  asOf: Instant;
  stuckAfterS: number;
  dagRuns: ReadonlyMap<string, DagRunRow>;
}

/** State of a unit that ran: that of its decisive attempt. `runs` in order of attempts, at least one. */
export function unitStateOf(unit: Unit, runs: readonly PlacedRun[], rule: StuckRule): UnitState {
  const attempts = runs.map((run) => run.attempt);
  const decisive = decisiveAttempt(attempts) as Attempt;
  return {
    datasetId: unit.datasetId,
    slice: unit.slice,
    listed: unit.listed,
    status: decisive.status,
    stuck: isStuck(decisive, rule),
    attemptCount: attempts.reduce((count, attempt) => count + (attempt.rewritten ? 2 : 1), 0),
    attempts,
    decisive,
    repaired: decisive.status === 'SUCCESS' && attempts.some((attempt) => attempt.status === 'FAILED'),
  };
}

/**
 * Whether a unit took a retry to succeed. A row that a retry overwrote hides how the attempt before ended; that there was a
 * retry says enough.
 */
export function tookARetry({
  status,
  repaired,
  attempts,
}: Pick<UnitState, 'status' | 'repaired' | 'attempts'>): boolean {
  return status === 'SUCCESS' && (repaired || attempts.some(({ rewritten }) => rewritten));
}

/** State of a unit that has no run: held up by something, or simply not started. */
export function idleUnitState(unit: Unit, heldUp: boolean): UnitState {
  return {
    datasetId: unit.datasetId,
    slice: unit.slice,
    listed: unit.listed,
    status: heldUp ? 'WAITING' : 'NOT_STARTED',
    stuck: false,
    attemptCount: 0,
    attempts: [],
    decisive: null,
    repaired: false,
  };
}

export function dagRunKey(run: { dagId: string | null; runId: string }): string {
  return `${run.dagId ?? ''}\n${run.runId}`;
}

function isStuck(attempt: Attempt, { asOf, stuckAfterS, dagRuns }: StuckRule): boolean {
  if (attempt.status !== 'RUNNING') return false;
  if (attempt.heartbeatAt !== null && asOf - attempt.heartbeatAt > stuckAfterS * SECOND) return true;
  const dagRun = dagRuns.get(dagRunKey({ dagId: attempt.dagId, runId: attempt.dagRunId }));
  return (
    dagRun !== undefined && AIRFLOW_ENDED.has(dagRun.state ?? '') && dagRun.endedAt !== null && dagRun.endedAt <= asOf
  );
}
