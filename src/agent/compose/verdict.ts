import type { Finding, SliceFinding, StatusFinding, TasksFinding } from '../../batch/finding.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { code, safeText } from '../safe-text.ts';
import { causesVerdict } from './causes/verdict.ts';
import { comparisonVerdict } from './comparison.ts';
import { durationsVerdict } from './durations.ts';
import { etaVerdict } from './eta.ts';
import { historyVerdict } from './history.ts';
import { latenessVerdict } from './lateness.ts';
import { nightVerdict } from './night.ts';
import { subject } from './subject.ts';
import { clockTime } from './times.ts';
import { countUnits, plural, type UnitCounts, unitName } from './units.ts';

/** The one line that a reader at 3 a.m. needs: computed from the finding, never worded by the model. */
export function verdictOf(finding: Finding, zone: string): string {
  switch (finding.kind) {
    case 'status':
    case 'progress':
      return statusVerdict(finding, zone);
    case 'slices':
      return sliceVerdict(finding);
    case 'tasks':
      return tasksVerdict(finding, zone);
    case 'history':
      return historyVerdict(finding);
    case 'night':
      return nightVerdict(finding);
    case 'causes':
      return causesVerdict(finding, zone);
    case 'lateness':
      return latenessVerdict(finding, zone);
    case 'eta':
      return etaVerdict(finding, zone);
    case 'comparison':
      return comparisonVerdict(finding);
    case 'durations':
      return durationsVerdict(finding);
    case 'clarification':
      return safeText(finding.question, 400);
    case 'refusal':
      return safeText(finding.text, 600);
    case 'help':
      return 'I answer questions about overnight batches: what their status is, what failed and why, when they end, and what happened before.';
  }
}

function statusVerdict({ state }: StatusFinding, zone: string): string {
  return `${subject(state)} for ${state.businessDate} is ${state.status}${stuckWord(state)}: ${headline(state, zone)}.`;
}

/** What stands behind the status word: `1 of 26 slices failed, step 4 of 6`. */
export function headline(state: PhaseState, zone: string): string {
  const counts = countUnits(unitsOf(state));
  const step = `step ${state.progress.step} of ${state.progress.of}`;
  const rerun = partialFinal(state);
  switch (state.status) {
    case 'SUCCESS': {
      const done = rerun ? `${rerun}, all done` : `all ${plural(counts.total, 'slice')} done`;
      return state.endedAt === null ? done : `${done}, ended ${clockTime(state.endedAt, zone, state.businessDate)}`;
    }
    case 'NOT_STARTED':
      return 'nothing has run yet';
    case 'WAITING':
      return [rerun, `${counts.success} of ${plural(counts.total, 'slice')} done`, `waiting at ${step}`]
        .filter(Boolean)
        .join(', ');
    default:
      return [
        rerun,
        ...troubles(counts, unitsOf(state)),
        ...(state.status === 'RUNNING' ? [`${counts.success} of ${plural(counts.total, 'slice')} done`] : []),
        step,
      ]
        .filter(Boolean)
        .join(', ');
  }
}

/** At most so many slices are named in a verdict; beyond that their number says more. */
const NAMED = 2;

function troubles(counts: UnitCounts, units: readonly UnitState[]): string[] {
  const of = `of ${plural(counts.total, 'slice')}`;
  const parts: string[] = [];
  const say = (count: number, what: string) => {
    if (count > 0) parts.push(parts.length === 0 ? `${count} ${of} ${what}` : `${count} ${what}`);
  };
  const named = (trouble: (unit: UnitState) => boolean) => {
    const meant = units.filter(trouble);
    return meant.length > NAMED ? '' : ` (${meant.map((unit) => code(unitName(unit))).join(', ')})`;
  };
  say(counts.failed, `failed${named((unit) => unit.status === 'FAILED')}`);
  say(counts.cancelled, `cancelled${named((unit) => unit.status === 'CANCELLED')}`);
  say(counts.stuck, `stuck${named((unit) => unit.stuck)}`);
  say(counts.unknown, `without a known status${named((unit) => unit.status === 'UNKNOWN')}`);
  return parts;
}

/** A FINAL may rerun only a part: the text says which. */
export function partialFinal(state: PhaseState): string | null {
  if (state.phase !== 'FINAL' || state.ran.units === 0 || state.ran.units >= state.ran.of) return null;
  return `${state.ran.units} of ${plural(state.ran.of, 'slice')} ${state.ran.units === 1 ? 'was' : 'were'} rerun`;
}

function stuckWord(state: PhaseState): string {
  return state.status === 'RUNNING' && unitsOf(state).some((unit) => unit.stuck) ? ' and stuck' : '';
}

function sliceVerdict(finding: SliceFinding): string {
  const { state, units } = finding;
  const counts = countUnits(units);
  const where =
    finding.datasetId === null ? subject(state) : `${code(shortDatasetName(finding.datasetId))} in ${subject(state)}`;
  const which = finding.said === null ? '' : `${safeText(finding.said, 60)} `;
  if (units.length === 1 && units[0] !== undefined) {
    const unit = units[0];
    return `${code(unitName(unit))} of ${where} for ${state.businessDate} is ${unit.status}${unit.stuck ? ' and stuck' : ''}.`;
  }
  const parts = [
    [counts.failed, 'failed'],
    [counts.cancelled, 'cancelled'],
    [counts.unknown, 'without a known status'],
    [counts.stuck, 'stuck'],
    [counts.running, 'running'],
    [counts.queued, 'queued'],
    [counts.waiting, 'waiting'],
    [counts.notStarted, 'not started'],
    [counts.success, 'done'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `${which}${which ? 'slices' : 'Slices'} of ${where} for ${state.businessDate}: ${said.join(', ') || 'none counts in this phase'}${
    state.status === 'NOT_STARTED' ? `; nothing of ${state.phase} has run yet` : ''
  }.`;
}

function tasksVerdict(finding: TasksFinding, zone: string): string {
  const where = `${subject(finding.state)} for ${finding.businessDate}`;
  const failed = finding.runs.filter((run) => run.firstFailure !== null);
  const first = failed[0];
  if (first?.firstFailure) {
    const task = first.firstFailure;
    const at = task.endedAt ?? task.startedAt;
    const more = failed.length > 1 ? `; ${plural(failed.length, 'run')} read with a failed task` : '';
    return `${where}: ${code(task.taskId)} failed first in ${code(unitName(first.unit))}${task.tryNumber === null ? '' : ` on try ${task.tryNumber}`}${
      at === null ? '' : ` at ${clockTime(at, zone, finding.businessDate)}`
    }${more}.`;
  }
  if (finding.runs.length === 0) return `${where}: no run to read tasks of.`;
  const tasks = finding.runs.reduce((sum, run) => sum + run.tasks.length, 0);
  if (tasks === 0) return `${where}: Airflow shows no task of the ${plural(finding.runs.length, 'run')} meant.`;
  return `${where}: no failed task among ${plural(tasks, 'task')} of ${plural(finding.runs.length, 'run')}.`;
}
