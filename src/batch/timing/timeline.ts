import type { BusinessDate } from '../business-date.ts';
import type { Instant } from '../instant.ts';
import { SECOND } from '../instant.ts';
import { unitKey } from '../owed-units.ts';
import type { Placement, Unit } from '../placement.ts';
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
  const units = new Map<string, Unfinished>();
  // Runs come in order of attempts.
  for (const { row, attempt, unit, phase: own } of placement.runs) {
    if (unit === null || own !== phase) continue;
    const key = unitKey(unit);
    const startedAt = attempt.rewritten ? row.createdAt : attempt.startedAt;
    const known = units.get(key);
    if (known === undefined) {
      units.set(key, { unit, key, attempts: [attempt], decisive: attempt, startedAt, endedAt: null, runS: null });
    } else {
      known.attempts.push(attempt);
      if (startedAt < known.startedAt) known.startedAt = startedAt;
    }
  }
  for (const times of units.values()) {
    if (times.attempts.length > 1) times.decisive = decisiveAttempt(times.attempts) as Attempt;
    const { status, startedAt, endedAt } = times.decisive;
    times.endedAt = endedAt;
    if (status === 'SUCCESS' && endedAt !== null) times.runS = (endedAt - startedAt) / SECOND;
  }
  return { businessDate, phase, units };
}

type Unfinished = Omit<UnitTimes, 'attempts'> & { attempts: Attempt[] };
