import { clockTime } from '../../agent/compose/times.ts';
import { fullUnitName } from '../../agent/compose/units.ts';
import type { UnitState } from '../../batch/state.ts';

/** One thing that is better than it was. */
export interface Betterment {
  /** The same for as long as it is the same: it is told once. */
  key: string;
  /** Names the unit as the keys of its troubles do. */
  unit: string;
  text: string;
}

/** How the keys of troubles and betterments name a unit. */
export function unitKey({ datasetId, slice }: Pick<UnitState, 'datasetId' | 'slice'>): string {
  return `${datasetId}:${slice ?? ''}`;
}

/** Somebody has begun it again: whoever was woken may wait. */
export function retryOf(unit: UnitState, zone: string, businessDate: string): Betterment[] {
  const { status, stuck, attemptCount, decisive } = unit;
  if (stuck || attemptCount < 2 || decisive === null || (status !== 'RUNNING' && status !== 'QUEUED')) return [];
  const since = clockTime(decisive.startedAt, zone, businessDate);
  const text = `${fullUnitName(unit)} runs again since ${since}, attempt ${attemptCount}.`;
  return [{ key: `again:${unitKey(unit)}:${attemptCount}`, unit: unitKey(unit), text }];
}

/** It is done: of use to whoever has heard that it had stopped. */
export function endOf(unit: UnitState, zone: string, businessDate: string): Betterment[] {
  const endedAt = unit.decisive?.endedAt ?? null;
  if (unit.status !== 'SUCCESS' || endedAt === null) return [];
  const attempt = unit.attemptCount > 1 ? ` on attempt ${unit.attemptCount}` : '';
  const text = `${fullUnitName(unit)} went through at ${clockTime(endedAt, zone, businessDate)}${attempt}.`;
  return [{ key: `done:${unitKey(unit)}:${unit.attemptCount}`, unit: unitKey(unit), text }];
}
