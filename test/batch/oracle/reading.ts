/**
 * How the oracle reads a single row. Deliberately naive: no caching, no shared helpers with the product.
 */
import type { DagRunRow, RunRow } from '../../../src/batch/run.ts';

export type AttemptStatus = 'SUCCESS' | 'FAILED' | 'CANCELLED' | 'RUNNING' | 'QUEUED' | 'UNKNOWN';

const MINUTE = 60_000;

/** What the end of a run id says. `epochDigits` is null when the id does not end in at least six digits after a `_`. */
export function takeApart(dagRunId: string): { remainder: string; epochDigits: string | null } {
  const lastUnderscore = dagRunId.lastIndexOf('_');
  if (lastUnderscore === -1) return { remainder: dagRunId, epochDigits: null };
  const tail = dagRunId.slice(lastUnderscore + 1);
  if (tail.length < 6) return { remainder: dagRunId, epochDigits: null };
  for (const character of tail) {
    if (!'0123456789'.includes(character)) return { remainder: dagRunId, epochDigits: null };
  }
  return { remainder: dagRunId.slice(0, lastUnderscore), epochDigits: tail };
}

/**
 * Effective start: the later of CREATED_DATE and the suffix of the run id. The suffix is believed when it has 13 digits
 * and does not lie after UPDATED_DATE + 60 s of an ended run, or after the clock + 5 min of any other.
 */
export function effectiveStart(row: RunRow, asOf: number): number {
  if (row.dagRunId === null) return row.createdAt;
  const { epochDigits } = takeApart(row.dagRunId);
  if (epochDigits === null) return row.createdAt;
  if (epochDigits.length !== 13) return row.createdAt;
  const suffix = Number(epochDigits);
  const ended = row.status === 'SUCCESS' || row.status === 'FAILED' || row.status === 'CANCELLED';
  const latestCredible = ended ? row.updatedAt + MINUTE : asOf + 5 * MINUTE;
  if (suffix > latestCredible) return row.createdAt;
  return Math.max(suffix, row.createdAt);
}

/** The row was there before its present run began: the retry replaced an earlier attempt in place. */
export function isRewritten(row: RunRow, asOf: number): boolean {
  return effectiveStart(row, asOf) > row.createdAt + 5 * MINUTE;
}

/** What the attempt was at the clock, whatever it became later. */
export function statusAtClock(row: RunRow, asOf: number): AttemptStatus {
  // The row existed, but what it was before its rewrite is lost.
  if (effectiveStart(row, asOf) > asOf) return 'UNKNOWN';
  if (row.status === 'SUCCESS' || row.status === 'FAILED' || row.status === 'CANCELLED') {
    // It had begun and had not ended yet.
    if (row.updatedAt > asOf) return 'RUNNING';
    return row.status;
  }
  if (row.status === 'RUNNING') return 'RUNNING';
  if (row.status === 'QUEUED') return 'QUEUED';
  // Nothing, or a word that nobody knows: never a success.
  return 'UNKNOWN';
}

/** RUNNING without a sign of life for too long, or ended according to Airflow. */
export function isStuck(row: RunRow, asOf: number, stuckAfterS: number, dagRuns: readonly DagRunRow[]): boolean {
  if (statusAtClock(row, asOf) !== 'RUNNING') return false;
  if (row.status === 'RUNNING' && row.updatedAt <= asOf && asOf - row.updatedAt > stuckAfterS * 1000) return true;
  for (const dagRun of dagRuns) {
    if (dagRun.dagId !== row.dagId) continue;
    if (dagRun.runId !== row.dagRunId) continue;
    if (dagRun.state !== 'success' && dagRun.state !== 'failed') continue;
    if (dagRun.endedAt === null) continue;
    if (dagRun.endedAt <= asOf) return true;
  }
  return false;
}

/** By effective start; then UPDATED_DATE; then the key. */
export function inOrder(rows: readonly RunRow[], asOf: number): RunRow[] {
  return [...rows].sort((a, b) => {
    const byStart = effectiveStart(a, asOf) - effectiveStart(b, asOf);
    if (byStart !== 0) return byStart;
    if (a.updatedAt !== b.updatedAt) return a.updatedAt - b.updatedAt;
    return a.key - b.key;
  });
}
