import type { HistoryFinding, TasksFinding } from '../../batch/finding.ts';
import { type Instant, isoUtc } from '../../batch/instant.ts';
import type { TaskRow } from '../../batch/run.ts';
import type { Attempt, DatasetState, PhaseState, UnitState } from '../../batch/state.ts';
import type { Answer } from '../answer.ts';
import { safeText } from '../safe-text.ts';
import { secondsBetween } from './times.ts';
import { needsAttention } from './units.ts';

const ID = 250;
const DETAIL = 300;

export function datasetRecords(state: PhaseState): Answer['datasets'] {
  return state.datasets.map((dataset) => ({
    dataset_id: safeText(dataset.datasetId, ID),
    sequence_order: dataset.sequenceOrder,
    step: dataset.step,
    status: dataset.status,
    slices: dataset.units.map(sliceRecord),
  }));
}

function sliceRecord(unit: UnitState): Answer['datasets'][number]['slices'][number] {
  const run = unit.decisive;
  return {
    slice: unit.slice === null ? null : safeText(unit.slice, ID),
    listed: unit.listed,
    status: unit.status,
    stuck: unit.stuck,
    attempts: unit.attemptCount,
    dag_run_id: run === null ? null : safeText(run.dagRunId, ID),
    started_at: iso(run?.startedAt),
    ended_at: iso(run?.endedAt),
    duration_s: run === null ? null : secondsBetween(run.startedAt, run.endedAt),
    repaired: unit.repaired,
  };
}

/** Units that need attention, in sequence order, with the first failing task where tasks were read. */
export function failureRecords(
  state: PhaseState,
  only: readonly UnitState[] | null,
  firstFailed: ReadonlyMap<string, string>,
): Answer['failures'] {
  const wanted = only === null ? null : new Set(only.map(unitKey));
  return state.datasets.flatMap((dataset: DatasetState) =>
    dataset.units
      .filter((unit) => needsAttention(unit) && (wanted === null || wanted.has(unitKey(unit))))
      .map((unit) => {
        const run = unit.decisive;
        return {
          dataset_id: safeText(dataset.datasetId, ID),
          sequence_order: dataset.sequenceOrder,
          slice: unit.slice === null ? null : safeText(unit.slice, ID),
          status: unit.status,
          stuck: unit.stuck,
          dag_id: run?.dagId ? safeText(run.dagId, ID) : null,
          dag_run_id: run === null ? null : safeText(run.dagRunId, ID),
          attempt: unit.attemptCount,
          started_at: iso(run?.startedAt),
          ended_at: iso(run?.endedAt),
          duration_s: run === null ? null : secondsBetween(run.startedAt, run.endedAt),
          task_id: run === null ? null : (firstFailed.get(run.dagRunId) ?? null),
          detail: run === null ? null : detailBeyond(run),
        };
      }),
  );
}

/** What STATUS_DETAIL says beyond the DAG, the run and the outcome, which stand beside it; null when that is nothing. */
function detailBeyond({ statusDetail, dagId, dagRunId }: Attempt): string | null {
  const rest = (statusDetail ?? '')
    .replace(dagRunId, '')
    .replace(dagId ?? '', '')
    .replace(/^\W*DAG\s+(run\s+)?/i, '');
  const said = safeText(rest, DETAIL).trim();
  return /^(failed|running|success|queued|cancelled)?\W*$/i.test(said) ? null : said;
}

/** By run: the task that failed first, from its tasks or from the cause that they were found to be. */
export function firstFailures(
  findings: readonly TasksFinding[],
  causes: Answer['root_causes'],
): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const cause of causes)
    if (cause.dag_run_id !== null && cause.task_id !== null) known.set(cause.dag_run_id, cause.task_id);
  for (const run of findings.flatMap((finding) => finding.runs))
    if (run.firstFailure !== null) known.set(run.attempt.dagRunId, safeText(run.firstFailure.taskId, ID));
  return known;
}

export function taskRecords(findings: readonly TasksFinding[]): Answer['tasks'] {
  return findings
    .flatMap((finding) => finding.runs)
    .flatMap((run) => run.tasks.map((task) => taskRecord(task, run.unit, task === run.firstFailure)))
    .slice(0, 500);
}

function taskRecord(task: TaskRow, unit: UnitState, first: boolean): Answer['tasks'][number] {
  return {
    dataset_id: safeText(unit.datasetId, ID),
    slice: unit.slice === null ? null : safeText(unit.slice, ID),
    dag_id: safeText(task.dagId, ID),
    dag_run_id: safeText(task.runId, ID),
    task_id: safeText(task.taskId, ID),
    state: task.state === null ? null : safeText(task.state, 40),
    try_number: task.tryNumber,
    operator: task.operator === null ? null : safeText(task.operator, ID),
    host: task.hostname ? safeText(task.hostname, ID) : null,
    started_at: iso(task.startedAt),
    ended_at: iso(task.endedAt),
    duration_s: task.durationS,
    first_failure: first,
  };
}

export function historyRecords(finding: HistoryFinding): Answer['history'] {
  return finding.entries.map((entry) => ({
    business_date: entry.businessDate,
    phase: finding.phase,
    status: entry.status,
    started_at: iso(entry.startedAt),
    ended_at: iso(entry.endedAt),
    duration_s: entry.durationS,
    failed_slices: entry.failedUnits,
    repaired_slices: entry.repairedUnits,
  }));
}

export function progressRecord(state: PhaseState): NonNullable<Answer['progress']> {
  const { step, of, datasetsDone, datasets, slicesDone, slices } = state.progress;
  return { step, of, datasets_done: datasetsDone, datasets, slices_done: slicesDone, slices };
}

export function unitKey(unit: UnitState): string {
  return `${unit.datasetId}\n${unit.slice ?? ''}`;
}

function iso(instant: Instant | null | undefined): string | null {
  return instant === null || instant === undefined ? null : isoUtc(instant);
}
