import type { DatasetStatus, EssentialStatus, PhaseState, UnitState } from './state.ts';

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

/** Worst first. A stuck run is worse than anything that still moves by itself. */
const SEVERITY = [
  'FAILED',
  'PARTIAL_FAILURE',
  'STUCK',
  'UNKNOWN',
  'WAITING',
  'RUNNING',
  'NOT_STARTED',
  'SUCCESS',
] as const;

/** Orders phases of essentials worst first. */
export function compareSeverity(a: PhaseState, b: PhaseState): number {
  return severityOf(a) - severityOf(b);
}

function severityOf(state: PhaseState): number {
  const severity = SEVERITY.indexOf(state.status);
  const stuck = state.datasets.some((dataset) => dataset.units.some((unit) => unit.stuck));
  return stuck ? Math.min(severity, SEVERITY.indexOf('STUCK')) : severity;
}
