import type { BusinessDate } from './business-date.ts';
import type { Definition } from './definition.ts';
import type { Instant } from './instant.ts';
import type { DagRunRow, Phase, RunRow } from './run.ts';
import type { PhaseState } from './state.ts';

/** Everything that decides the state of an essential on one business date. */
export interface NightInput {
  definition: Definition;
  /** Definitions of other essentials: those that share a unit may hold it up. May be all of them. */
  others: readonly Definition[];
  businessDate: BusinessDate;
  /** The clock: what happened after it has not happened. */
  asOf: Instant;
  /** Runs of that business date of the datasets of `definition` (and of `others`); any further rows are ignored. */
  rows: readonly RunRow[];
  /** Runs of earlier business dates of the same datasets; later or equal dates are ignored. */
  history: readonly RunRow[];
  /** What Airflow says of RUNNING runs; without it only the heartbeat tells a stuck run. */
  dagRuns?: readonly DagRunRow[];
  /** Seconds without a heartbeat after which a RUNNING run is called stuck. Default 1800. */
  stuckAfterS?: number;
}

/** The state of one phase, by the rules of the domain. Pure: same input, same state. */
export function assessPhase(_input: NightInput, _phase: Phase): PhaseState {
  throw new Error('not yet');
}
