/**
 * A second opinion on the state of a night: the rules of the domain, one after the other, slow and plain. It shares no
 * code with the product, so that both are only equal when both have understood the rules alike.
 */
import type { DatasetDefinition, Definition } from '../../../src/batch/definition.ts';
import type { NightInput } from '../../../src/batch/night.ts';
import type { Phase, RunRow } from '../../../src/batch/run.ts';
import { effectiveStart, inOrder, isRewritten, isStuck, statusAtClock, takeApart } from './reading.ts';

export interface OracleUnit {
  slice: string | null;
  listed: boolean;
  status: string;
  attemptCount: number;
  dagRunId: string | null;
  stuck: boolean;
  repaired: boolean;
}

export interface OracleDataset {
  datasetId: string;
  sequenceOrder: number;
  /** Rank from 1 among the orders that count. */
  step: number;
  status: string;
  units: OracleUnit[];
}

export interface OracleState {
  status: string;
  progress: {
    step: number;
    of: number;
    datasetsDone: number;
    datasets: number;
    slicesDone: number;
    slices: number;
  };
  datasets: OracleDataset[];
  /** How many units have a run in this phase. */
  ran: { units: number };
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Which unit of a dataset a run belongs to. `identity` is equal for runs of one unit, also across business dates. */
interface Membership {
  identity: string;
  slice: string | null;
  listed: boolean;
}

// ---------------------------------------------------------------------------------------------- units

/** The unit that a run belongs to, as one essential sees the dataset; null when it is none of its units. */
function membership(row: RunRow, dataset: DatasetDefinition): Membership | null {
  if (row.datasetId !== dataset.datasetId) return null;
  // A row without a run id cannot be attributed.
  if (row.dagRunId === null) return null;
  const { remainder, epochDigits } = takeApart(row.dagRunId);

  if (dataset.slices.length > 0) {
    // The whole name must stand between the business date and the epoch.
    if (epochDigits === null) return null;
    const fitting = dataset.slices.filter((slice) => remainder.endsWith(`_${row.businessDate}_${slice}`));
    // Two fit only where one name contains the date and the other: the longer one is the whole name.
    const slice = fitting.sort((one, two) => two.length - one.length)[0];
    return slice === undefined ? null : { identity: slice, slice, listed: true };
  }

  // Not sliced in Lenz: ids that differ only in the epoch are one unit. On other nights the same unit differs in the date too.
  const identity = remainder.replace(`_${row.businessDate}`, () => '_<date>');
  const marker = `_${row.businessDate}_`;
  const at = remainder.indexOf(marker);
  if (at === -1) return { identity, slice: null, listed: false };
  return { identity, slice: remainder.slice(at + marker.length), listed: false };
}

// ---------------------------------------------------------------------------------------------- phases

/**
 * The phase of a run as one essential sees it. `sameDate` are all rows of that business date which exist at the clock.
 */
function phaseOf(
  row: RunRow,
  dataset: DatasetDefinition,
  definition: Definition,
  sameDate: readonly RunRow[],
  asOf: number,
): Phase | null {
  if (row.triggerType === 'ProcessTrigger') return 'PRELIM';
  if (row.triggerType === 'RerunTrigger') return 'FINAL';
  if (row.triggerType !== 'ManualTrigger') return null;

  if (isRewritten(row, asOf)) {
    // What it replaced is unknown, so look at when the reruns of the day were born.
    let reruns = sameDate.filter((other) => other.triggerType === 'RerunTrigger' && other.datasetId === row.datasetId);
    if (reruns.length === 0) {
      const ours = definition.datasets.map((one) => one.datasetId);
      reruns = sameDate.filter((other) => other.triggerType === 'RerunTrigger' && ours.includes(other.datasetId));
    }
    return reruns.some((rerun) => rerun.createdAt <= row.createdAt + HOUR) ? 'FINAL' : 'PRELIM';
  }

  // A row of its own: it continues what was run last before it, of its unit, else of its dataset.
  const earlier = sameDate.filter(
    (other) =>
      other.datasetId === row.datasetId &&
      (other.triggerType === 'ProcessTrigger' || other.triggerType === 'RerunTrigger') &&
      effectiveStart(other, asOf) < effectiveStart(row, asOf),
  );
  const own = membership(row, dataset);
  const ofUnit = earlier.filter((other) => own !== null && membership(other, dataset)?.identity === own.identity);
  const before = inOrder(ofUnit.length > 0 ? ofUnit : earlier, asOf).at(-1);
  if (before === undefined) return 'PRELIM';
  return before.triggerType === 'RerunTrigger' ? 'FINAL' : 'PRELIM';
}

/** Runs of one phase and date that belong to a unit of the dataset. */
function attributed(
  dataset: DatasetDefinition,
  definition: Definition,
  phase: Phase,
  sameDate: readonly RunRow[],
  asOf: number,
): { row: RunRow; unit: Membership }[] {
  const found: { row: RunRow; unit: Membership }[] = [];
  for (const row of sameDate) {
    const unit = membership(row, dataset);
    if (unit === null) continue;
    if (phaseOf(row, dataset, definition, sameDate, asOf) !== phase) continue;
    found.push({ row, unit });
  }
  return found;
}

// ---------------------------------------------------------------------------------------------- what is owed

/** For each comparable earlier date (latest 10 with a FINAL of this essential): the units that ran, as `dataset|identity`. */
function finalDates(input: NightInput, definition: Definition): string[][] {
  const rows = input.history.filter((row) => {
    const daysBefore = (Date.parse(input.businessDate) - Date.parse(row.businessDate)) / DAY;
    return daysBefore > 0 && daysBefore <= 60 && row.createdAt <= input.asOf;
  });
  const dates = [...new Set(rows.map((row) => row.businessDate))].sort().reverse();
  const withFinal: string[][] = [];
  for (const date of dates) {
    const sameDate = rows.filter((row) => row.businessDate === date);
    const ran: string[] = [];
    for (const dataset of definition.datasets) {
      for (const { unit } of attributed(dataset, definition, 'FINAL', sameDate, input.asOf)) {
        ran.push(`${dataset.datasetId}|${unit.identity}`);
      }
    }
    if (ran.length > 0) withFinal.push(ran);
  }
  return withFinal.slice(0, 10);
}

/** On at least half of the comparable dates. */
function usual(dates: readonly string[][], datasetId: string, identity: string): boolean {
  const on = dates.filter((ran) => ran.includes(`${datasetId}|${identity}`)).length;
  return on >= dates.length / 2;
}

interface Counting {
  dataset: DatasetDefinition;
  unit: Membership;
  /** Attempts in order. */
  attempts: RunRow[];
}

/** The units that count in this phase, each with its attempts. */
function countingUnits(input: NightInput, definition: Definition, phase: Phase): Counting[] {
  const { asOf } = input;
  // What was created after the clock does not exist; what is of another date is not of this night.
  const tonight = input.rows.filter((row) => row.businessDate === input.businessDate && row.createdAt <= asOf);
  const dates = phase === 'FINAL' ? finalDates(input, definition) : [];
  const counting: Counting[] = [];

  for (const dataset of definition.datasets) {
    const runs = attributed(dataset, definition, phase, tonight, asOf);
    const attemptsOf = (identity: string) =>
      inOrder(
        runs.filter((run) => run.unit.identity === identity).map((run) => run.row),
        asOf,
      );

    if (dataset.slices.length > 0) {
      for (const slice of dataset.slices) {
        const unit = { identity: slice, slice, listed: true };
        const attempts = attemptsOf(slice);
        // PRELIM owes every slice. FINAL owes what was rerun and what usually is; with too little history, everything.
        const owed =
          phase === 'PRELIM' || attempts.length > 0 || dates.length < 3 || usual(dates, dataset.datasetId, slice);
        if (owed) counting.push({ dataset, unit, attempts });
      }
      continue;
    }

    // Without slices in Lenz: the units that were seen tonight in this phase.
    const seen: Membership[] = [];
    for (const run of runs) {
      if (!seen.some((unit) => unit.identity === run.unit.identity)) seen.push(run.unit);
    }
    for (const unit of seen) counting.push({ dataset, unit, attempts: attemptsOf(unit.identity) });
    if (seen.length > 0) continue;

    // None was seen: one stands for all of them, where any is owed at all.
    const everSeen = dates.flat().filter((entry) => entry.startsWith(`${dataset.datasetId}|`));
    const anyUsual = everSeen.some((entry) =>
      usual(dates, dataset.datasetId, entry.slice(dataset.datasetId.length + 1)),
    );
    if (phase === 'PRELIM' || dates.length < 3 || anyUsual) {
      counting.push({ dataset, unit: { identity: '', slice: null, listed: false }, attempts: [] });
    }
  }
  return counting;
}

// ---------------------------------------------------------------------------------------------- states

/** The latest attempt that was not cancelled; the latest of all when every one was. */
function decisive(attempts: readonly RunRow[], asOf: number): RunRow | null {
  for (const row of [...attempts].reverse()) {
    if (statusAtClock(row, asOf) !== 'CANCELLED') return row;
  }
  return attempts.at(-1) ?? null;
}

/** The state of a unit that ran; null when it did not. */
function ranStatus(attempts: readonly RunRow[], asOf: number): string | null {
  const row = decisive(attempts, asOf);
  return row === null ? null : statusAtClock(row, asOf);
}

/** A lower step of this essential has a counting unit that is not done. */
function heldUpBelow(counting: readonly Counting[], sequenceOrder: number, asOf: number): boolean {
  return counting.some(
    (one) => one.dataset.sequenceOrder < sequenceOrder && ranStatus(one.attempts, asOf) !== 'SUCCESS',
  );
}

/** WAITING when something below holds it up, in this essential or in another that lists the same unit. */
function statusWithoutRun(input: NightInput, phase: Phase, unit: Counting, counting: readonly Counting[]): string {
  if (heldUpBelow(counting, unit.dataset.sequenceOrder, input.asOf)) return 'WAITING';
  for (const other of input.others) {
    if (other.name === input.definition.name) continue;
    for (const dataset of other.datasets) {
      if (dataset.datasetId !== unit.dataset.datasetId) continue;
      const listsIt = unit.unit.slice === null ? dataset.slices.length === 0 : dataset.slices.includes(unit.unit.slice);
      if (!listsIt) continue;
      if (heldUpBelow(countingUnits(input, other, phase), dataset.sequenceOrder, input.asOf)) return 'WAITING';
    }
  }
  return 'NOT_STARTED';
}

/** First line that applies. */
function datasetStatus(statuses: readonly string[], anyRan: boolean): string {
  if (statuses.includes('FAILED')) return 'FAILED';
  if (statuses.includes('RUNNING')) return 'RUNNING';
  if (statuses.includes('QUEUED')) return 'QUEUED';
  if (statuses.includes('UNKNOWN')) return 'UNKNOWN';
  if (statuses.every((status) => status === 'SUCCESS')) return 'SUCCESS';
  if (statuses.includes('CANCELLED')) return 'CANCELLED';
  if (anyRan) return 'WAITING';
  if (statuses.includes('WAITING')) return 'WAITING';
  return 'NOT_STARTED';
}

/** First line that applies. */
function essentialStatus(statuses: readonly string[], anyRan: boolean): string {
  if (!anyRan) return 'NOT_STARTED';
  if (statuses.every((status) => status === 'SUCCESS')) return 'SUCCESS';
  if (statuses.includes('FAILED') || statuses.includes('CANCELLED')) {
    const anyLife = statuses.includes('SUCCESS') || statuses.includes('RUNNING') || statuses.includes('QUEUED');
    return anyLife ? 'PARTIAL_FAILURE' : 'FAILED';
  }
  if (statuses.includes('RUNNING') || statuses.includes('QUEUED')) return 'RUNNING';
  if (statuses.includes('UNKNOWN')) return 'UNKNOWN';
  return 'WAITING';
}

/** The state of one essential in one phase, according to the oracle. */
export function oraclePhase(input: NightInput, phase: Phase): OracleState {
  const { asOf, definition } = input;
  const counting = countingUnits(input, definition, phase);
  const datasets: OracleDataset[] = [];
  const allUnits: OracleUnit[] = [];

  for (const dataset of definition.datasets) {
    const ofDataset = counting.filter((one) => one.dataset === dataset);
    // Without a unit that counts, a dataset is left out.
    if (ofDataset.length === 0) continue;
    const units: OracleUnit[] = [];
    for (const one of ofDataset) {
      const row = decisive(one.attempts, asOf);
      let attemptCount = 0;
      for (const attempt of one.attempts) {
        attemptCount += 1;
        // The replaced attempt counts as well, once it has been replaced.
        if (isRewritten(attempt, asOf) && effectiveStart(attempt, asOf) <= asOf) attemptCount += 1;
      }
      units.push({
        slice: one.unit.slice,
        listed: one.unit.listed,
        status: ranStatus(one.attempts, asOf) ?? statusWithoutRun(input, phase, one, counting),
        attemptCount,
        dagRunId: row === null ? null : row.dagRunId,
        stuck: row !== null && isStuck(row, asOf, input.stuckAfterS ?? 1800, input.dagRuns ?? []),
        // Whatever failed before the success that decides.
        repaired:
          ranStatus(one.attempts, asOf) === 'SUCCESS' &&
          one.attempts.some(
            (attempt, index) =>
              statusAtClock(attempt, asOf) === 'FAILED' && row !== null && index < one.attempts.indexOf(row),
          ),
      });
    }
    const anyRan = ofDataset.some((one) => one.attempts.length > 0);
    const statuses = units.map((unit) => unit.status);
    datasets.push({
      datasetId: dataset.datasetId,
      sequenceOrder: dataset.sequenceOrder,
      step: 0,
      status: datasetStatus(statuses, anyRan),
      units,
    });
    allUnits.push(...units);
  }
  datasets.sort((a, b) => a.sequenceOrder - b.sequenceOrder);

  // Steps are the distinct orders that count; the first with a unit that is not done is where the essential stands.
  const orders = [...new Set(datasets.map((dataset) => dataset.sequenceOrder))].sort((a, b) => a - b);
  for (const dataset of datasets) dataset.step = orders.indexOf(dataset.sequenceOrder) + 1;
  const incomplete = orders.findIndex((order) =>
    datasets.some(
      (dataset) => dataset.sequenceOrder === order && dataset.units.some((unit) => unit.status !== 'SUCCESS'),
    ),
  );
  const anyRan = counting.some((one) => one.attempts.length > 0);
  return {
    status: essentialStatus(
      allUnits.map((unit) => unit.status),
      anyRan,
    ),
    progress: {
      step: incomplete === -1 ? orders.length : incomplete + 1,
      of: orders.length,
      datasetsDone: datasets.filter((dataset) => dataset.status === 'SUCCESS').length,
      datasets: datasets.length,
      slicesDone: allUnits.filter((unit) => unit.status === 'SUCCESS').length,
      slices: allUnits.length,
    },
    datasets,
    ran: { units: counting.filter((one) => one.attempts.length > 0).length },
  };
}
