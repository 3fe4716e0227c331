import type { BusinessDate } from './business-date.ts';
import type { Instant } from './instant.ts';

/** A trailing run of six or more digits is the epoch part; only thirteen digits are a time in milliseconds. */
const [FEWEST_DIGITS, TIME_DIGITS] = [6, 13];
const [ZERO, NINE, UNDERSCORE] = [48, 57, 95];

/** The anatomy of `FGW_{DAG_ID}_{BUSINESS_DATE}_{SLICE}_{epoch milliseconds}`. */
export interface RunId {
  /** The id without its epoch part. */
  stem: string;
  hasEpoch: boolean;
  /** Only where the epoch part has thirteen digits. */
  epoch: Instant | null;
}

export function parseRunId(dagRunId: string): RunId {
  // Digit by digit from the end: histories are tens of thousands of ids, and a pattern is many times slower.
  let at = dagRunId.length - 1;
  for (; at >= 0; at -= 1) {
    const code = dagRunId.charCodeAt(at);
    if (code < ZERO || code > NINE) break;
  }
  const digits = dagRunId.length - 1 - at;
  if (digits < FEWEST_DIGITS || dagRunId.charCodeAt(at) !== UNDERSCORE) {
    return { stem: dagRunId, hasEpoch: false, epoch: null };
  }
  return {
    stem: dagRunId.slice(0, at),
    hasEpoch: true,
    epoch: digits === TIME_DIGITS ? Number(dagRunId.slice(at + 1)) : null,
  };
}

/** What stands before a slice. The last one is kept: rows come night by night. */
function markerOf(businessDate: BusinessDate): string {
  if (marked.date !== businessDate) marked = { date: businessDate, marker: `_${businessDate}_` };
  return marked.marker;
}
let marked = { date: '', marker: '__' };

/**
 * The listed slice that a run belongs to, or null. Names nest (`SLICE-1` in `SLICE-10`, `EMEA` in `AWS_EMEA`), so nothing
 * but the name may stand between the business date and the epoch.
 */
export function listedSliceOf(
  runId: RunId,
  businessDate: BusinessDate,
  slices: Pick<ReadonlySet<string>, 'has'>,
): string | null {
  if (!runId.hasEpoch) return null;
  const marker = markerOf(businessDate);
  for (let at = runId.stem.indexOf(marker); at >= 0; at = runId.stem.indexOf(marker, at + 1)) {
    const name = runId.stem.slice(at + marker.length);
    if (slices.has(name)) return name;
  }
  return null;
}

/**
 * The unit that a run of a dataset without Lenz slices belongs to: the id without its epoch, so that repeated attempts come
 * together. The identity leaves the business date out, so that the same unit is recognised on other nights.
 */
export function observedUnitOf(runId: RunId, businessDate: BusinessDate): { identity: string; name: string | null } {
  const marker = `_${businessDate}`;
  const at = runId.stem.indexOf(`${marker}_`);
  if (at >= 0) {
    const name = runId.stem.slice(at + marker.length + 1);
    return { identity: `${runId.stem.slice(0, at)}_*_${name}`, name: name === '' ? null : name };
  }
  if (runId.stem.endsWith(marker)) return { identity: `${runId.stem.slice(0, -marker.length)}_*`, name: null };
  return { identity: runId.stem, name: null };
}
