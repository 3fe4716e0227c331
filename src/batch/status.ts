import type { DatasetStatus, EssentialStatus, UnitState } from './state.ts';

/** What the status tables look at. */
type Judged = Pick<UnitState, 'status' | 'attemptCount'>;

/** Status of a dataset or a step over the units that count: the first line that applies. */
export function datasetStatus(units: readonly Judged[]): DatasetStatus {
  const any = (status: UnitState['status']) => units.some((unit) => unit.status === status);
  for (const status of ['FAILED', 'RUNNING', 'QUEUED', 'UNKNOWN'] as const) if (any(status)) return status;
  if (units.length > 0 && units.every((unit) => unit.status === 'SUCCESS')) return 'SUCCESS';
  if (any('CANCELLED')) return 'CANCELLED';
  if (any('WAITING') || units.some((unit) => unit.attemptCount > 0)) return 'WAITING';
  return 'NOT_STARTED';
}

/** Status of an essential over the units that count: the first line that applies. */
export function essentialStatus(units: readonly Judged[]): EssentialStatus {
  const any = (...statuses: UnitState['status'][]) => units.some((unit) => statuses.includes(unit.status));
  if (!units.some((unit) => unit.attemptCount > 0)) return 'NOT_STARTED';
  if (units.every((unit) => unit.status === 'SUCCESS')) return 'SUCCESS';
  if (any('FAILED', 'CANCELLED')) return any('SUCCESS', 'RUNNING', 'QUEUED') ? 'PARTIAL_FAILURE' : 'FAILED';
  if (any('RUNNING', 'QUEUED')) return 'RUNNING';
  return any('UNKNOWN') ? 'UNKNOWN' : 'WAITING';
}

const SEVERITY: readonly EssentialStatus[] = [
  'FAILED',
  'PARTIAL_FAILURE',
  'UNKNOWN',
  'WAITING',
  'RUNNING',
  'NOT_STARTED',
  'SUCCESS',
];

/** Orders essentials worst first. */
export function compareSeverity(a: EssentialStatus, b: EssentialStatus): number {
  return SEVERITY.indexOf(a) - SEVERITY.indexOf(b);
}
