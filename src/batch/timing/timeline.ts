import type { BusinessDate } from '../business-date.ts';
import type { Instant } from '../instant.ts';
import { SECOND } from '../instant.ts';
import { unitKey } from '../owed-units.ts';
import type { PlacedRun, Placement, Unit } from '../placement.ts';
import type { Phase } from '../run.ts';
import type { Attempt } from '../state.ts';
import { decisiveAttempt } from '../unit-state.ts';

/** A unit on one night in one phase, in time. It has at least one attempt. */
export interface UnitTimes {
  unit: Unit;
  /** `unitKey(unit)`: the same on every night. */
  key: string;
  /** In order of effective start. */
  attempts: readonly Attempt[];
  /** The attempt that decides the state. */
  decisive: Attempt;
  /** When the first of its attempts began; of a rewritten row, when the row was created. */
  startedAt: Instant;
  /** End of the decisive attempt; null while it has none. */
  endedAt: Instant | null;
  /** Seconds of the decisive attempt where it succeeded: what a history of durations is made of. Null otherwise. */
  runS: number | null;
}

/** One phase of one business date, in time: every unit that ran, by `unitKey`. */
export interface Timeline {
  businessDate: BusinessDate;
  phase: Phase;
  units: ReadonlyMap<string, UnitTimes>;
}

/** Lays out the runs of one phase in time. `placement` must be of that business date. */
export function timelineOf(placement: Placement, businessDate: BusinessDate, phase: Phase): Timeline {
  const units = new Map<string, PlacedRun[]>();
  for (const run of placement.runs) {
    if (run.unit === null || run.phase !== phase) continue;
    const key = unitKey(run.unit);
    const known = units.get(key);
    if (known === undefined) units.set(key, [run]);
    else known.push(run);
  }
  return timelineOfUnits(units, businessDate, phase);
}

/** The same for runs that are gathered by `unitKey` already, those of each unit in order of attempts. */
export function timelineOfUnits(
  runs: ReadonlyMap<string, readonly PlacedRun[]>,
  businessDate: BusinessDate,
  phase: Phase,
): Timeline {
  const units = new Map<string, UnitTimes>();
  for (const [key, placed] of runs) units.set(key, unitTimes(key, placed));
  return { businessDate, phase, units };
}

function unitTimes(key: string, placed: readonly PlacedRun[]): UnitTimes {
  const attempts = placed.map(({ attempt }) => attempt);
  const decisive = decisiveAttempt(attempts) as Attempt;
  const { status, endedAt } = decisive;
  let startedAt = Number.POSITIVE_INFINITY;
  for (const { row, attempt } of placed) {
    startedAt = Math.min(startedAt, attempt.rewritten ? row.createdAt : attempt.startedAt);
  }
  return {
    unit: placed[0]?.unit as Unit,
    key,
    attempts,
    decisive,
    startedAt,
    endedAt,
    runS: status === 'SUCCESS' && endedAt !== null ? (endedAt - decisive.startedAt) / SECOND : null,
  };
}
