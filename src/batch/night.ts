import type { BusinessDate } from './business-date.ts';
import { daysBefore } from './business-date.ts';
import type { Definition } from './definition.ts';
import { gapsOf } from './gaps.ts';
import type { Instant } from './instant.ts';
import { memoize, once } from './memoize.ts';
import { nightsOf } from './nights-of.ts';
import { customOf, owedUnits, unitKey, unitsWithRun, usualButAbsent } from './owed-units.ts';
import { mayHave, type Placement, placeRuns, type Unit } from './placement.ts';
import { progressOf, stepsOf } from './progress.ts';
import type { DagRunRow, Phase, RunRow } from './run.ts';
import type { DatasetState, PhaseState, UnitState } from './state.ts';
import { datasetStatus, essentialStatus } from './status.ts';
import { dagRunKey, idleUnitState, type StuckRule, unitStateOf } from './unit-state.ts';

/** How far back history is looked at, in calendar days. */
export const HISTORY_DAYS = 60;
/** Seconds without a heartbeat after which a RUNNING run is called stuck, unless a setting says otherwise. */
export const STUCK_AFTER_S = 1800;

/** Everything that decides the state of an essential on one business date. */
export interface NightInput {
  definition: Definition;
  /** Definitions of other essentials whose rows are among `rows`: those that share a unit may hold it up. */
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
  stuckAfterS?: number;
}

/** The state of one phase, by the rules of the domain. Pure: same input, same state. */
export function assessPhase(input: NightInput, phase: Phase): PhaseState {
  return openNight(input)(phase);
}

/** Like `assessPhase`, for several phases of one night: the placement of its runs is done once. */
export function openNight({ definition, others, ...night }: NightInput): (phase: Phase) => PhaseState {
  return openNights({ ...night, definitions: [definition, ...others] })(definition);
}

/** The same for every one of several essentials, which may hold up each other's units: each is looked at once. */
export function openNights(
  input: Omit<NightInput, 'definition' | 'others'> & { definitions: readonly Definition[] },
): (definition: Definition) => (phase: Phase) => PhaseState {
  const history = once(() => nightsBefore(input));
  const rule: StuckRule = {
    asOf: input.asOf,
    stuckAfterS: input.stuckAfterS ?? STUCK_AFTER_S,
    dagRuns: new Map((input.dagRuns ?? []).map((run) => [dagRunKey(run), run])),
  };
  const tonight = input.rows.filter((row) => row.businessDate === input.businessDate);
  const viewOf = memoize((definition: Definition) => viewEssential(definition, tonight, history, rule));

  return (definition) => (phase) => {
    const own = viewOf(definition);
    const { placement, owed, ran, custom } = own(phase);
    const others = input.definitions.filter((other) => other.name !== definition.name);
    const heldUp = (unit: Unit) =>
      isHeldUp(definition, own(phase), unit) ||
      others.some((other) => lists(other, unit) && isHeldUp(other, viewOf(other)(phase), unit));
    const states = owed.map((unit) => ran.get(unitKey(unit)) ?? idleUnitState(unit, heldUp(unit)));
    const datasets = datasetStates(definition, states);
    const absent = usualButAbsent(definition, placement, phase, custom);
    const { businessDate, asOf } = input;
    return {
      essential: definition.name,
      businessDate,
      phase,
      status: essentialStatus(states),
      datasets,
      progress: progressOf(datasets),
      ran: { units: ran.size, of: Math.max(ran.size, own('PRELIM').owed.length) },
      ...span(states),
      gaps: gapsOf({ input: { definition, businessDate, asOf }, phase, placement, units: states, absent }),
    };
  };
}

/** What one essential shows in a phase before waiting is decided: which units count, and the states of those that ran. */
function viewEssential(
  definition: Definition,
  tonight: readonly RunRow[],
  history: () => readonly (readonly RunRow[])[],
  rule: StuckRule,
) {
  const placement = placeRuns(definition, tonight, rule.asOf);
  const placed = memoize((rows: readonly RunRow[]) => placeRuns(definition, rows, rule.asOf));
  return memoize((phase: Phase) => {
    const custom = customOf(inPhase(history, phase, placed), phase);
    const owed = owedUnits(definition, placement, phase, custom);
    const runs = Map.groupBy(
      placement.runs.filter((run) => run.unit !== null && run.phase === phase),
      (run) => unitKey(run.unit as Unit),
    );
    const ran = new Map<string, UnitState>();
    for (const [key, unit] of unitsWithRun(placement, phase)) {
      ran.set(key, unitStateOf(unit, runs.get(key) ?? [], rule));
    }
    const incomplete = owed
      .filter((unit) => ran.get(unitKey(unit))?.status !== 'SUCCESS')
      .map((unit) => orderOf(definition, unit.datasetId));
    return { placement, custom, owed, ran, firstIncompleteOrder: Math.min(...incomplete) };
  });
}

/** A unit waits while a lower step of the essential is incomplete. */
function isHeldUp(definition: Definition, view: { firstIncompleteOrder: number }, unit: Unit): boolean {
  return view.firstIncompleteOrder < orderOf(definition, unit.datasetId);
}

/** Whether another essential shares the unit. A dataset without slices is shared as a whole. */
export function lists(definition: Definition, unit: Pick<Unit, 'datasetId' | 'slice' | 'listed'>): boolean {
  const dataset = definition.datasets.find((candidate) => candidate.datasetId === unit.datasetId);
  if (dataset === undefined) return false;
  return unit.listed ? dataset.slices.includes(unit.slice ?? '') : dataset.slices.length === 0;
}

function orderOf(definition: Definition, datasetId: string): number {
  return definition.datasets.find((dataset) => dataset.datasetId === datasetId)?.sequenceOrder ?? 0;
}

function datasetStates(definition: Definition, states: readonly UnitState[]): DatasetState[] {
  const units = Map.groupBy(states, (unit) => unit.datasetId);
  const datasets = definition.datasets
    .filter((dataset) => units.has(dataset.datasetId))
    .map(({ datasetId, sequenceOrder }) => {
      const own = units.get(datasetId) ?? [];
      return { datasetId, sequenceOrder, step: 0, status: datasetStatus(own), units: own };
    })
    .sort((a, b) => a.sequenceOrder - b.sequenceOrder);
  const ranks = new Map(stepsOf(datasets).map((step) => [step.sequenceOrder, step.rank]));
  return datasets.map((dataset) => ({ ...dataset, step: ranks.get(dataset.sequenceOrder) ?? 0 }));
}

function span(units: readonly UnitState[]): Pick<PhaseState, 'startedAt' | 'endedAt'> {
  const attempts = units.flatMap((unit) => unit.attempts);
  const open = attempts.some((attempt) => attempt.endedAt === null) || units.some((unit) => unit.decisive === null);
  return {
    startedAt: attempts.length === 0 ? null : Math.min(...attempts.map((attempt) => attempt.startedAt)),
    endedAt: open || attempts.length === 0 ? null : Math.max(...attempts.map((attempt) => attempt.endedAt as Instant)),
  };
}

/** Earlier nights within the history window, newest first, each as its rows. */
function nightsBefore({ history, businessDate }: Pick<NightInput, 'history' | 'businessDate'>): (readonly RunRow[])[] {
  const from = daysBefore(businessDate, HISTORY_DAYS);
  return nightsOf(history.filter((row) => row.businessDate < businessDate && row.businessDate >= from)).map(
    ({ rows }) => rows,
  );
}

/** The earlier nights that may show a phase, newest first, each placed only when it is asked for. */
function* inPhase(
  history: () => readonly (readonly RunRow[])[],
  phase: Phase,
  placed: (rows: readonly RunRow[]) => Placement,
): Generator<Placement> {
  for (const rows of history()) if (mayHave(rows, phase)) yield placed(rows);
}
