import { LRUCache } from 'lru-cache';
import { attemptAt, compareAttempts } from '../attempt.ts';
import type { BusinessDate } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import { definitionKey } from '../definition-key.ts';
import type { Instant } from '../instant.ts';
import { nightsOf } from '../nights-of.ts';
import { unitKey } from '../owed-units.ts';

import { hasRunId, listedUnits, mayHave, type PlacedRun, placeRuns, unitOf } from '../placement.ts';
import type { Phase, RunRow } from '../run.ts';
import { parseRunId } from '../run-id.ts';
import { type Timeline, timelineOf, timelineOfUnits } from './timeline.ts';

/** Units of nights that are kept laid out, over all essentials: some tens of megabytes. */
const KEPT_UNITS = 100_000;

/** A night as it was laid out, and the rows that it was laid out from. */
interface Kept {
  rows: readonly RunRow[];
  /** From this moment on the clock changes nothing: every instant of the rows lies before it. */
  settledAt: Instant;
  timeline: Timeline;
}

const kept = new LRUCache<string, Kept>({ maxSize: KEPT_UNITS, sizeCalculation: ({ rows }) => rows.length + 1 });

/**
 * Earlier nights of a phase in time, newest first. A night of the past is asked about again and again and hardly ever changes:
 * its layout is kept, and taken again only for the very same rows; so is the list of all of them, while none changes.
 */
export function pastNights(
  definition: Definition,
  history: readonly RunRow[],
  { before, phase, asOf }: { before: BusinessDate; phase: Phase; asOf: Instant },
): readonly Timeline[] {
  const units = definitionKey(definition);
  const nights = nightsOf(history)
    .filter(({ businessDate, rows }) => businessDate < before && mayHave(rows, phase))
    .map(({ businessDate, rows }) => {
      const key = `${businessDate} ${phase} ${units}`;
      const known = kept.get(key);
      if (known !== undefined && asOf >= known.settledAt && sameRows(known.rows, rows)) return known.timeline;
      const timeline = layOut(definition, rows, businessDate, phase, asOf);
      const settledAt = settled(rows);
      if (asOf >= settledAt) kept.set(key, { rows, settledAt, timeline });
      return timeline;
    })
    .filter((timeline) => timeline.units.size > 0);
  return sameList(nights);
}

/** The list that was given before, where it has the same nights: what was worked out of all of them is found by it. */
function sameList(nights: readonly Timeline[]): readonly Timeline[] {
  const [newest] = nights;
  if (newest === undefined) return nights;
  const known = lists.get(newest);
  if (known?.length === nights.length && nights.every((night, index) => night === known[index])) return known;
  lists.set(newest, nights);
  return nights;
}

/** By their newest night, with which they are forgotten. */
const lists = new WeakMap<Timeline, readonly Timeline[]>();

/** Only manual runs need the others of their night to find their phase; without any, each row speaks for itself. */
function layOut(
  definition: Definition,
  rows: readonly RunRow[],
  businessDate: BusinessDate,
  phase: Phase,
  asOf: Instant,
): Timeline {
  if (rows.some((row) => row.triggerType === 'ManualTrigger')) {
    return timelineOf(placeRuns(definition, rows, asOf), businessDate, phase);
  }
  const trigger = phase === 'PRELIM' ? 'ProcessTrigger' : 'RerunTrigger';
  const slices = listedUnits(definition);
  const units = new Map<string, PlacedRun[]>();
  for (const row of rows) {
    const own = row.triggerType === trigger && row.createdAt <= asOf ? slices.get(row.datasetId) : undefined;
    if (own === undefined || !hasRunId(row)) continue;
    const runId = parseRunId(row.dagRunId);
    const unit = unitOf(row, runId, own);
    if (unit === null) continue;
    const run = { row, attempt: attemptAt(row, asOf, runId), unit, phase };
    const key = unitKey(unit);
    const known = units.get(key);
    if (known === undefined) units.set(key, [run]);
    else known.push(run);
  }
  for (const runs of units.values()) if (runs.length > 1) runs.sort(compareAttempts);
  return timelineOfUnits(units, businessDate, phase);
}

function sameRows(before: readonly RunRow[], now: readonly RunRow[]): boolean {
  if (before.length !== now.length) return false;
  for (let i = 0; i < now.length; i += 1) if (!sameRow(before[i] as RunRow, now[i] as RunRow)) return false;
  return true;
}

function sameRow(a: RunRow, b: RunRow): boolean {
  return (
    a.key === b.key &&
    a.updatedAt === b.updatedAt &&
    a.createdAt === b.createdAt &&
    a.status === b.status &&
    a.triggerType === b.triggerType &&
    a.dagRunId === b.dagRunId &&
    a.datasetId === b.datasetId &&
    a.dagId === b.dagId
  );
}

function settled(rows: readonly RunRow[]): Instant {
  let latest = Number.NEGATIVE_INFINITY;
  for (const { createdAt, updatedAt, dagRunId } of rows) {
    const epoch = dagRunId === null ? null : parseRunId(dagRunId).epoch;
    latest = Math.max(latest, createdAt, updatedAt, epoch ?? createdAt);
  }
  return latest;
}
