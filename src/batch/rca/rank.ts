import type { Candidate, Family, RankedCause } from './cause.ts';

/** Families that delay and, left alone, do not break the status. */
export const DELAYS: ReadonlySet<Family> = new Set(['late_start', 'queue_delay', 'slow_run', 'data_skew']);

/** Best first: what breaks before what delays, then what more datasets wait for, then what came first. */
export function rank(causes: readonly Omit<RankedCause, 'rank'>[]): RankedCause[] {
  return [...causes]
    .sort(
      (a, b) =>
        Number(DELAYS.has(a.family)) - Number(DELAYS.has(b.family)) ||
        b.affects.datasets.length - a.affects.datasets.length ||
        a.at - b.at ||
        compareKeys(a, b),
    )
    .map((cause, index) => ({ ...cause, rank: index + 1 }));
}

/** Any order will do, as long as it is always the same. */
function compareKeys(a: Candidate, b: Candidate): number {
  const key = (c: Candidate) => `${c.family}\n${c.datasetId}\n${c.slice}\n${c.taskId}\n${c.operator}\n${c.host}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
