import { attemptAt, compareAttempts, effectiveStart, isRewritten, rowsAt } from './attempt.ts';
import type { DatasetDefinition, Definition } from './definition.ts';
import { type Instant, MINUTE } from './instant.ts';
import type { Phase, RunRow } from './run.ts';
import { listedSliceOf, observedUnitOf, parseRunId } from './run-id.ts';
import type { Attempt } from './state.ts';

/** A manual retry still belongs to FINAL when the first rerun of the night was created at most this much later. */
const RERUN_GRACE = 60 * MINUTE;

export interface Unit {
  datasetId: string;
  /** The same on every night, unique within the dataset. */
  identity: string;
  slice: string | null;
  listed: boolean;
}

/** A run with its place: which unit of the essential, which phase. Null where it has none. */
export interface PlacedRun {
  row: RunRow;
  attempt: Attempt;
  unit: Unit | null;
  phase: Phase | null;
}

export interface Placement {
  /** In order of attempts. */
  runs: readonly PlacedRun[];
  /** Runs without a run id: they belong to no unit, and are told. */
  unattributed: readonly RunRow[];
}

/** Places the runs of one business date in the units and phases of one essential. Rows of other datasets are ignored. */
export function placeRuns(definition: Definition, rows: readonly RunRow[], asOf: Instant): Placement {
  const datasets = new Map(definition.datasets.map((dataset) => [dataset.datasetId, dataset]));
  const ours = rowsAt(rows, asOf).filter((row) => datasets.has(row.datasetId));
  const slices = new Map(definition.datasets.map((dataset) => [dataset.datasetId, new Set(dataset.slices)]));
  const runs = ours
    .filter((row): row is RunRow & { dagRunId: string } => row.dagRunId !== null && row.dagRunId !== '')
    .map((row) => ({
      row,
      attempt: attemptAt(row, asOf),
      unit: unitOf(row, datasets.get(row.datasetId) as DatasetDefinition, slices.get(row.datasetId) as Set<string>),
    }))
    .sort(compareAttempts);
  const phaseOf = phaseRule(ours, runs, asOf);
  return {
    runs: runs.map((run) => ({ ...run, phase: phaseOf(run) })),
    unattributed: ours.filter((row) => row.dagRunId === null || row.dagRunId === ''),
  };
}

function unitOf(
  row: RunRow & { dagRunId: string },
  dataset: DatasetDefinition,
  slices: ReadonlySet<string>,
): Unit | null {
  const runId = parseRunId(row.dagRunId);
  if (dataset.slices.length > 0) {
    const slice = listedSliceOf(runId, row.businessDate, slices);
    return slice === null ? null : { datasetId: row.datasetId, identity: slice, slice, listed: true };
  }
  const { identity, name } = observedUnitOf(runId, row.businessDate);
  return { datasetId: row.datasetId, identity, slice: name, listed: false };
}

/** The trigger type decides the phase absolutely; only a manual run takes the phase of what it intervened in. */
function phaseRule(ours: readonly RunRow[], runs: readonly Omit<PlacedRun, 'phase'>[], asOf: Instant) {
  const reruns = ours.filter((row) => row.triggerType === 'RerunTrigger');
  const byTrigger = (row: RunRow): Phase | null =>
    row.triggerType === 'ProcessTrigger' ? 'PRELIM' : row.triggerType === 'RerunTrigger' ? 'FINAL' : null;

  const ofRewritten = (row: RunRow): Phase => {
    const same = reruns.filter((rerun) => rerun.datasetId === row.datasetId);
    const candidates = same.length > 0 ? same : reruns;
    return candidates.some((rerun) => rerun.createdAt <= row.createdAt + RERUN_GRACE) ? 'FINAL' : 'PRELIM';
  };

  // Unattributed rows of the dataset say its phase as well as any other.
  const automatic = ours
    .filter((row) => byTrigger(row) !== null)
    .map((row) => ({ row, startedAt: effectiveStart(row, asOf) }))
    .sort((a, b) => b.startedAt - a.startedAt || b.row.updatedAt - a.row.updatedAt || b.row.key - a.row.key);
  const unitByKey = new Map(runs.map((run) => [run.row.key, run.unit]));
  const ofInserted = (row: RunRow, unit: Unit | null): Phase => {
    const start = effectiveStart(row, asOf);
    const before = automatic.filter((other) => other.row.datasetId === row.datasetId && other.startedAt < start);
    const sameUnit = before.find((other) => unit !== null && unitByKey.get(other.row.key)?.identity === unit.identity);
    const latest = sameUnit ?? before[0];
    return latest === undefined ? 'PRELIM' : (byTrigger(latest.row) as Phase);
  };

  return ({ row, unit }: Omit<PlacedRun, 'phase'>): Phase | null => {
    if (row.triggerType !== 'ManualTrigger') return byTrigger(row);
    return isRewritten(row, asOf) ? ofRewritten(row) : ofInserted(row, unit);
  };
}
