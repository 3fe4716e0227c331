import { unitKey } from '../owed-units.ts';
import type { UnitState } from '../state.ts';
import type { Timeline, UnitTimes } from './timeline.ts';

/**
 * Finds the unit of a state in the timeline of the same night, by its runs: a state names a unit as people do, a timeline
 * by an identity that is the same on every night. Null for a unit that has not run.
 */
export function timesByState(timeline: Timeline): (unit: UnitState) => UnitTimes | null {
  const byRun = new Map<number, UnitTimes>();
  for (const times of timeline.units.values()) for (const attempt of times.attempts) byRun.set(attempt.key, times);
  return (unit) => (unit.decisive === null ? null : (byRun.get(unit.decisive.key) ?? null));
}

/** The key under which earlier nights know a unit; null for the stand-in of a dataset whose units nobody has seen yet. */
export function keyOfState(unit: UnitState, times: UnitTimes | null): string | null {
  if (times !== null) return times.key;
  if (!unit.listed || unit.slice === null) return null;
  return unitKey({ datasetId: unit.datasetId, identity: unit.slice, slice: unit.slice, listed: true });
}
