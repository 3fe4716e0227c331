import type { Answer } from '../../../agent/answer.ts';
import { datasetStatus } from '../../../batch/status.ts';

type Slice = Answer['datasets'][number]['slices'][number];
export type UnitStatus = Slice['status'];
export type AnyStatus = UnitStatus | NonNullable<Answer['status']>;

/** Shapes differ, so that nobody depends on colour; the word is always said beside the symbol. */
const MARKS: Record<AnyStatus, { symbol: string; word: string }> = {
  SUCCESS: { symbol: '✅', word: 'Success' },
  PARTIAL_FAILURE: { symbol: '⚠️', word: 'Partial failure' },
  FAILED: { symbol: '❌', word: 'Failed' },
  CANCELLED: { symbol: '🚫', word: 'Cancelled' },
  RUNNING: { symbol: '▶️', word: 'Running' },
  QUEUED: { symbol: '⏳', word: 'Queued' },
  WAITING: { symbol: '⏸️', word: 'Waiting' },
  UNKNOWN: { symbol: '❔', word: 'Unknown' },
  NOT_STARTED: { symbol: '◻️', word: 'Not started' },
};

export function symbolOf(status: AnyStatus, stuck = false): string {
  return stuck ? '🧊' : MARKS[status].symbol;
}

/** The status in words; a stuck run says so as well. */
export function wordOf(status: AnyStatus, stuck = false): string {
  return stuck ? `${MARKS[status].word}, stuck` : MARKS[status].word;
}

/** "2 failed, 1 running": how many of each, the worst first, successes left out. */
export function tally(statuses: readonly UnitStatus[]): string {
  const order: UnitStatus[] = ['FAILED', 'CANCELLED', 'UNKNOWN', 'RUNNING', 'QUEUED', 'WAITING', 'NOT_STARTED'];
  return order
    .map((status) => ({ status, count: statuses.filter((each) => each === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${MARKS[status].word.toLowerCase()}`)
    .join(', ');
}

/** The status of a step for its mark, by the domain's own table. */
export function statusOfStep(statuses: readonly UnitStatus[]): UnitStatus {
  const ran = (status: UnitStatus) => status !== 'WAITING' && status !== 'NOT_STARTED';
  return datasetStatus(statuses.map((status) => ({ status, attemptCount: ran(status) ? 1 : 0 })));
}
