import type { Instant } from './instant.ts';
import { MINUTE, SECOND } from './instant.ts';
import type { RunRow } from './run.ts';
import { parseRunId, type RunId } from './run-id.ts';
import type { Attempt } from './state.ts';

const ENDED = new Set(['SUCCESS', 'FAILED', 'CANCELLED']);
const OPEN = new Set(['RUNNING', 'QUEUED']);

/** A row whose effective start is this much later than its creation replaced an earlier attempt in place. */
const REWRITTEN_AFTER = 5 * MINUTE;
/** How far the epoch suffix may run ahead of the end of an ended run, or of the clock for any other. */
const CLOCK_SKEW = { ended: 60 * SECOND, open: 5 * MINUTE };

/**
 * When a run really began: the later of CREATED_DATE and the epoch suffix, where that is credible. A manual retry rewrites
 * the row in place and keeps CREATED_DATE, so that the row alone would say 28 hours for a run of 13 minutes.
 */
export function effectiveStart(row: RunRow, asOf: Instant, runId: RunId | null = runIdOf(row)): Instant {
  const epoch = runId === null ? null : runId.epoch;
  if (epoch === null) return row.createdAt;
  const latest = ENDED.has(row.status ?? '') ? row.updatedAt + CLOCK_SKEW.ended : asOf + CLOCK_SKEW.open;
  return epoch <= latest ? Math.max(row.createdAt, epoch) : row.createdAt;
}

function runIdOf(row: RunRow): RunId | null {
  return row.dagRunId === null ? null : parseRunId(row.dagRunId);
}

export function isRewritten(row: RunRow, asOf: Instant, startedAt = effectiveStart(row, asOf)): boolean {
  return startedAt > row.createdAt + REWRITTEN_AFTER;
}

/** What a row says of its run at the clock. Only for rows that exist then and carry a run id; `runId` where it is parsed already. */
export function attemptAt(row: RunRow & { dagRunId: string }, asOf: Instant, runId?: RunId): Attempt {
  const startedAt = effectiveStart(row, asOf, runId);
  const status = statusAt(row, startedAt, asOf);
  const known = row.updatedAt <= asOf;
  return {
    key: row.key,
    dagId: row.dagId,
    dagRunId: row.dagRunId,
    status,
    triggerType: row.triggerType,
    startedAt,
    endedAt: ENDED.has(status) ? row.updatedAt : null,
    heartbeatAt: status === 'RUNNING' && known ? row.updatedAt : null,
    rewritten: isRewritten(row, asOf, startedAt) && startedAt <= asOf,
    statusDetail: row.statusDetail,
  };
}

function statusAt(row: RunRow, startedAt: Instant, asOf: Instant): Attempt['status'] {
  // The attempt that this row showed before it was rewritten is lost.
  if (startedAt > asOf) return 'UNKNOWN';
  const stored = row.status ?? '';
  if (ENDED.has(stored)) return row.updatedAt > asOf ? 'RUNNING' : (stored as Attempt['status']);
  return OPEN.has(stored) ? (stored as Attempt['status']) : 'UNKNOWN';
}

/** Attempts in order: effective start, then UPDATED_DATE, then the key. */
export function compareAttempts(a: { row: RunRow; attempt: Attempt }, b: { row: RunRow; attempt: Attempt }): number {
  return a.attempt.startedAt - b.attempt.startedAt || a.row.updatedAt - b.row.updatedAt || a.row.key - b.row.key;
}
