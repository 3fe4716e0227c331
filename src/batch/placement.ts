import { attemptAt, compareAttempts, effectiveStart, isRewritten } from './attempt.ts';
import type { Definition } from './definition.ts';
import { type Instant, MINUTE } from './instant.ts';
import { memoizeWeakly, once } from './memoize.ts';
import { unitKey } from './owed-units.ts';
import type { Phase, RunRow } from './run.ts';
import { listedSliceOf, observedUnitOf, parseRunId, type RunId } from './run-id.ts';
import type { Attempt } from './state.ts';

/** A manual retry still belongs to FINAL when the first rerun of the night was created at most this much later. */
const RERUN_GRACE = 60 * MINUTE;

export interface Unit {
  datasetId: string;
  /** The same on every night, unique within the dataset. */
  identity: string;
  slice: string | null;
  listed: boolean;
  /** `unitKey`, where it is worth keeping: a history asks tens of thousands of times. */
  key?: string;
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
  const units = listedUnits(definition);
  const ours: RunRow[] = [];
  const runs: PlacedRun[] = [];
  const unattributed: RunRow[] = [];
  for (const row of rows) {
    const slices = units.get(row.datasetId);
    // Rows created after the clock do not exist yet.
    if (slices === undefined || row.createdAt > asOf) continue;
    ours.push(row);
    if (!hasRunId(row)) {
      unattributed.push(row);
      continue;
    }
    const runId = parseRunId(row.dagRunId);
    runs.push({ row, attempt: attemptAt(row, asOf, runId), unit: unitOf(row, runId, slices), phase: null });
  }
  runs.sort(compareAttempts);
  const phaseOf = phaseRule(ours, runs, asOf);
  for (const run of runs) run.phase = phaseOf(run);
  return { runs, unattributed };
}

export function hasRunId(row: RunRow): row is RunRow & { dagRunId: string } {
  return row.dagRunId !== null && row.dagRunId !== '';
}

export type Slices = ReadonlyMap<string, Unit>;

/** The units that Lenz defines, by dataset and slice; one object each, however many nights are placed. */
export const listedUnits = memoizeWeakly(
  ({ datasets }: Definition): ReadonlyMap<string, Slices> =>
    new Map(
      datasets.map(({ datasetId, slices }) => [
        datasetId,
        new Map(
          slices.map((slice): [string, Unit] => {
            const unit: Unit = { datasetId, identity: slice, slice, listed: true };
            return [slice, { ...unit, key: unitKey(unit) }];
          }),
        ),
      ]),
    ),
);

export function unitOf(row: RunRow, runId: RunId, slices: Slices): Unit | null {
  if (slices.size > 0) {
    const slice = listedSliceOf(runId, row.businessDate, slices);
    return slice === null ? null : (slices.get(slice) ?? null);
  }
  const { identity, name } = observedUnitOf(runId, row.businessDate);
  return { datasetId: row.datasetId, identity, slice: name, listed: false };
}

/** Whether any of the rows may be of that phase: told at a glance, so that few nights have to be placed. */
export function mayHave(rows: readonly RunRow[], phase: Phase): boolean {
  const wrong = phase === 'PRELIM' ? 'RerunTrigger' : 'ProcessTrigger';
  return rows.some((row) => row.triggerType !== wrong);
}

/** The trigger type decides the phase absolutely; only a manual run takes the phase of what it intervened in. */
function phaseRule(ours: readonly RunRow[], runs: readonly Omit<PlacedRun, 'phase'>[], asOf: Instant) {
  const reruns = once(() => ours.filter((row) => row.triggerType === 'RerunTrigger'));
  const byTrigger = (row: RunRow): Phase | null =>
    row.triggerType === 'ProcessTrigger' ? 'PRELIM' : row.triggerType === 'RerunTrigger' ? 'FINAL' : null;

  const ofRewritten = (row: RunRow): Phase => {
    const same = reruns().filter((rerun) => rerun.datasetId === row.datasetId);
    const candidates = same.length > 0 ? same : reruns();
    return candidates.some((rerun) => rerun.createdAt <= row.createdAt + RERUN_GRACE) ? 'FINAL' : 'PRELIM';
  };

  // Unattributed rows of the dataset say its phase as well as any other.
  const automatic = once(() =>
    ours
      .filter((row) => byTrigger(row) !== null)
      .map((row) => ({ row, startedAt: effectiveStart(row, asOf) }))
      .sort((a, b) => b.startedAt - a.startedAt || b.row.updatedAt - a.row.updatedAt || b.row.key - a.row.key),
  );
  const unitByKey = once(() => new Map(runs.map((run) => [run.row.key, run.unit])));
  const ofInserted = (row: RunRow, unit: Unit | null): Phase => {
    const start = effectiveStart(row, asOf);
    const before = automatic().filter((other) => other.row.datasetId === row.datasetId && other.startedAt < start);
    const sameUnit = before.find(
      (other) => unit !== null && unitByKey().get(other.row.key)?.identity === unit.identity,
    );
    const latest = sameUnit ?? before[0];
    return latest === undefined ? 'PRELIM' : (byTrigger(latest.row) as Phase);
  };

  return ({ row, unit }: Omit<PlacedRun, 'phase'>): Phase | null => {
    if (row.triggerType !== 'ManualTrigger') return byTrigger(row);
    return isRewritten(row, asOf) ? ofRewritten(row) : ofInserted(row, unit);
  };
}
