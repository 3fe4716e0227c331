import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type DatasetState, type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { code } from '../safe-text.ts';

/** What a reader calls a unit: its slice, else its dataset. */
export function unitName(unit: UnitState): string {
  return unit.slice ?? shortDatasetName(unit.datasetId);
}

/** FAILED, CANCELLED, UNKNOWN or stuck: somebody should look. */
export function needsAttention(unit: UnitState): boolean {
  return unit.stuck || unit.status === 'FAILED' || unit.status === 'CANCELLED' || unit.status === 'UNKNOWN';
}

/** Whether something of it runs without a sign of life. */
export function hasStuck(state: PhaseState): boolean {
  return unitsOf(state).some((unit) => unit.stuck);
}

export interface UnitCounts {
  total: number;
  success: number;
  failed: number;
  cancelled: number;
  unknown: number;
  running: number;
  queued: number;
  waiting: number;
  notStarted: number;
  stuck: number;
  repaired: number;
}

export function countUnits(units: readonly UnitState[]): UnitCounts {
  const having = (status: UnitState['status']) => units.filter((unit) => unit.status === status).length;
  return {
    total: units.length,
    success: having('SUCCESS'),
    failed: having('FAILED'),
    cancelled: having('CANCELLED'),
    unknown: having('UNKNOWN'),
    running: having('RUNNING'),
    queued: having('QUEUED'),
    waiting: having('WAITING'),
    notStarted: having('NOT_STARTED'),
    stuck: units.filter((unit) => unit.stuck).length,
    repaired: units.filter((unit) => unit.repaired).length,
  };
}

/** Datasets of the first step that is not done: where the batch is now. */
export function openDatasets(state: PhaseState): DatasetState[] {
  return state.datasets.filter((dataset) => dataset.step === state.progress.step && dataset.status !== 'SUCCESS');
}

/** `1 slice`, `3 slices`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `EMEA` of `positions`, or the dataset alone where the unit has no name. */
export function fullUnitName(unit: Pick<UnitState, 'datasetId' | 'slice'>): string {
  const dataset = code(shortDatasetName(unit.datasetId));
  return unit.slice === null ? dataset : `${code(unit.slice)} of ${dataset}`;
}
