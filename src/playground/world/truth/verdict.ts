import type { RunStatus } from './glimpse.ts';

export type UnitTruthStatus = RunStatus | 'WAITING' | 'NOT_STARTED';
export type EssentialTruthStatus =
  | 'NOT_STARTED'
  | 'SUCCESS'
  | 'PARTIAL_FAILURE'
  | 'FAILED'
  | 'RUNNING'
  | 'UNKNOWN'
  | 'WAITING';

/** Two small tables, each: the first line that applies. */
export function datasetVerdict(units: readonly UnitTruthStatus[]): UnitTruthStatus {
  const any = (status: UnitTruthStatus) => units.includes(status);
  if (any('FAILED')) return 'FAILED';
  if (any('RUNNING')) return 'RUNNING';
  if (any('QUEUED')) return 'QUEUED';
  if (any('UNKNOWN')) return 'UNKNOWN';
  if (units.every((status) => status === 'SUCCESS')) return 'SUCCESS';
  if (any('CANCELLED')) return 'CANCELLED';
  // Some succeeded and the rest are yet to come, or the rest wait.
  if (any('SUCCESS') || any('WAITING')) return 'WAITING';
  return 'NOT_STARTED';
}

export function essentialVerdict(units: readonly UnitTruthStatus[]): EssentialTruthStatus {
  const any = (...statuses: UnitTruthStatus[]) => units.some((status) => statuses.includes(status));
  if (!any('SUCCESS', 'FAILED', 'CANCELLED', 'RUNNING', 'QUEUED', 'UNKNOWN')) return 'NOT_STARTED';
  if (units.every((status) => status === 'SUCCESS')) return 'SUCCESS';
  if (any('FAILED', 'CANCELLED')) return any('SUCCESS', 'RUNNING', 'QUEUED') ? 'PARTIAL_FAILURE' : 'FAILED';
  if (any('RUNNING', 'QUEUED')) return 'RUNNING';
  if (any('UNKNOWN')) return 'UNKNOWN';
  return 'WAITING';
}
