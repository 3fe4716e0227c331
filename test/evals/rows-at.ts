import { MINUTE } from '../../src/batch/instant.ts';
import type { DagRunRow, TaskInstanceRow, WorkflowRunInstanceRow } from '../../src/playground/world/tables.ts';

/**
 * What single rows say at the clock, read from the tables themselves and by the letter of the rule: a second opinion that
 * shares nothing with the code that is measured.
 */

const ENDED = ['SUCCESS', 'FAILED', 'CANCELLED'];

export interface RunAt {
  status: string;
  startedAt: number;
  endedAt: number | null;
  heartbeatAt: number | null;
  /** Attempts that this row stands for: two where it was rewritten. */
  attempts: number;
}

/** Null for a row that did not exist yet. */
export function runAt(row: WorkflowRunInstanceRow, now: number): RunAt | null {
  const [created, updated] = [millis(row.CREATED_DATE), millis(row.UPDATED_DATE)];
  if (created > now) return null;
  const stored = row.STATUS ?? '';
  const ended = ENDED.includes(stored);
  const suffix = /_(\d{13})$/.exec(row.DAG_RUN_ID ?? '')?.[1];
  const epoch = suffix === undefined ? created : Number(suffix);
  const startedAt = epoch <= (ended ? updated + MINUTE : now + 5 * MINUTE) ? Math.max(created, epoch) : created;
  const rewritten = startedAt <= now && startedAt > created + 5 * MINUTE;
  const base = { startedAt, endedAt: null, heartbeatAt: null, attempts: rewritten ? 2 : 1 };
  if (startedAt > now) return { ...base, status: 'UNKNOWN' };
  if (ended) return updated > now ? { ...base, status: 'RUNNING' } : { ...base, status: stored, endedAt: updated };
  if (stored === 'RUNNING') return { ...base, status: stored, heartbeatAt: updated <= now ? updated : null };
  return { ...base, status: stored === 'QUEUED' ? stored : 'UNKNOWN' };
}

export interface TaskAt {
  state: string | null;
  tryNumber: number | null;
  operator: string | null;
  hostname: string | null;
  queuedAt: number | null;
  startedAt: number | null;
  endedAt: number | null;
  /** Seconds. */
  durationS: number | null;
}

export function taskAt(row: TaskInstanceRow, now: number): TaskAt {
  const [queuedAt, startedAt, endedAt] = [row.queued_dttm, row.start_date, row.end_date].map(millisOrNull) as [
    number | null,
    number | null,
    number | null,
  ];
  const stored = { tryNumber: row.try_number, operator: row.operator, hostname: row.hostname, queuedAt };
  const before = queuedAt !== null && queuedAt <= now ? 'queued' : null;
  const open = { ...stored, endedAt: null, durationS: null };
  if (startedAt === null) {
    const decided = endedAt ?? millisOrNull(row.updated_at);
    if (decided !== null && decided > now) return { ...open, startedAt, state: before };
  } else {
    if (startedAt > now) return { ...open, startedAt: null, hostname: null, state: before };
    if (endedAt !== null && endedAt > now) return { ...open, startedAt, state: 'running' };
  }
  return { ...stored, startedAt, endedAt, durationS: row.duration, state: row.state };
}

export function dagRunAt(row: DagRunRow, now: number): { state: string | null; endedAt: number | null } {
  const endedAt = millisOrNull(row.end_date);
  return endedAt !== null && endedAt > now ? { state: 'running', endedAt: null } : { state: row.state, endedAt };
}

export function millis(text: string): number {
  return Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);
}

export function millisOrNull(text: string | null): number | null {
  return text === null ? null : millis(text);
}
