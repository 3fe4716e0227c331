import type {
  Finding,
  HistoryFinding,
  NightFinding,
  SliceFinding,
  StatusFinding,
  TasksFinding,
} from '../../batch/finding.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { code, safeText } from '../safe-text.ts';
import { causeClause } from './causes/clause.ts';
import { causesSentences } from './causes/sentences.ts';
import { comparisonSentences } from './comparison.ts';
import { durationsSentences } from './durations.ts';
import { etaSentences } from './eta.ts';
import { didFail } from './history.ts';
import { latenessSentences } from './lateness.ts';
import { stepSentence } from './step.ts';
import { clockTime, duration, secondsBetween } from './times.ts';
import { needsAttention, openDatasets, plural, unitName } from './units.ts';

/** States of a task that has begun or should. */
const OPEN_TASK = new Set(['running', 'queued', 'scheduled', 'up_for_retry', 'up_for_reschedule', 'deferred']);

/**
 * What is worth saying beyond the verdict, most useful first, as true sentences. The model is given them beside the facts;
 * they are the prose when no model answers.
 */
export function sentencesOf(finding: Finding, zone: string): string[] {
  switch (finding.kind) {
    case 'status':
    case 'progress':
      return statusSentences(finding, zone);
    case 'slices':
      return sliceSentences(finding, zone);
    case 'tasks':
      return taskSentences(finding, zone);
    case 'history':
      return historySentences(finding);
    case 'night':
      return nightSentences(finding, zone);
    case 'causes':
      return causesSentences(finding, zone);
    case 'lateness':
      return latenessSentences(finding, zone);
    case 'eta':
      return etaSentences(finding, zone);
    case 'comparison':
      return comparisonSentences(finding);
    case 'durations':
      return durationsSentences(finding);
    default:
      return [];
  }
}

function statusSentences({ state, kind, step }: StatusFinding, zone: string): string[] {
  // What failed stands in the verdict and in the list below it; here is what neither says.
  const sentences = unitsOf(state)
    .filter((unit) => unit.stuck)
    .slice(0, 2)
    .map((unit) => attentionSentence(unit, state, zone));
  const held = heldUp(state);
  if (held) sentences.push(held);
  const where = whereItIs(state);
  if (where && (kind === 'progress' || state.status === 'RUNNING' || state.status === 'WAITING')) {
    if (kind === 'progress') sentences.unshift(where);
    else sentences.push(where);
  }
  sentences.push(...openUnitSentences(state, zone));
  const repaired = unitsOf(state).filter((unit) => unit.repaired);
  if (repaired.length > 0) sentences.push(repairedSentence(repaired));
  if (kind === 'progress' && state.startedAt !== null) {
    const began = clockTime(state.startedAt, zone, state.businessDate);
    sentences.push(
      state.status === 'SUCCESS' && state.endedAt !== null
        ? `It ran ${duration((state.endedAt - state.startedAt) / 1000)}, from ${began}.`
        : `It began at ${began}.`,
    );
  }
  if (step === undefined) return sentences;
  // "It" would now read as the step.
  return [stepSentence(state, step, zone), ...sentences.filter((sentence) => !sentence.startsWith('It '))];
}

/** `EMEA_DERIV_CFG of contractual_cash_flow_results_v1 failed on attempt 2 at 03:12 UTC, after 1 h 25 min.` */
export function attentionSentence(unit: UnitState, state: PhaseState, zone: string): string {
  const attempt = unit.decisive;
  const name =
    unit.slice === null
      ? code(shortDatasetName(unit.datasetId))
      : `${code(unit.slice)} of ${code(shortDatasetName(unit.datasetId))}`;
  const nth = unit.attemptCount > 1 ? ` on attempt ${unit.attemptCount}` : '';
  if (unit.stuck) {
    const beat = attempt?.heartbeatAt
      ? `, last heartbeat ${clockTime(attempt.heartbeatAt, zone, state.businessDate)}`
      : '';
    return `${name} is stuck${nth}${beat}.`;
  }
  if (unit.status === 'UNKNOWN') return `${name} has no known status${nth}.`;
  const verb = unit.status === 'CANCELLED' ? 'was cancelled' : 'failed';
  const at = attempt?.endedAt ? ` at ${clockTime(attempt.endedAt, zone, state.businessDate)}` : '';
  const took = attempt ? secondsBetween(attempt.startedAt, attempt.endedAt) : null;
  return `${name} ${verb}${nth}${at}${took === null ? '' : `, after ${duration(took)}`}.`;
}

function heldUp(state: PhaseState): string | null {
  const later = state.datasets.filter((dataset) => dataset.step > state.progress.step && dataset.status !== 'SUCCESS');
  const broken = openDatasets(state).flatMap((dataset) => dataset.units.filter(needsAttention));
  const [first] = broken;
  if (first === undefined || later.length === 0) return null;
  const steps = [...new Set(later.map((dataset) => dataset.step))].sort((a, b) => a - b);
  const range = steps.length === 2 ? `${steps[0]} and ${steps[1]}` : `${steps[0]} to ${steps.at(-1)}`;
  const who = steps.length === 1 ? `Step ${steps[0]} waits` : `Steps ${range} wait`;
  const others = broken.length === 1 ? '' : ` and ${broken.length - 1} more`;
  return `${who} for ${code(unitName(first))} of ${code(shortDatasetName(first.datasetId))}${others}.`;
}

function whereItIs(state: PhaseState): string | null {
  const open = openDatasets(state);
  const first = open[0];
  if (!first) return null;
  const done = first.units.filter((unit) => unit.status === 'SUCCESS').length;
  const names = open.slice(0, 3).map((dataset) => code(shortDatasetName(dataset.datasetId)));
  if (open.length > 1)
    return `Step ${state.progress.step} of ${state.progress.of} is open: ${names.join(', ')}${open.length > 3 ? ` and ${open.length - 3} more` : ''}.`;
  return `Step ${state.progress.step} of ${state.progress.of} is ${names[0]}, ${done} of ${plural(first.units.length, 'slice')} done.`;
}

/** What the open step is waiting for, where it is little enough to name: runs under way, and slices that should run and do not. */
function openUnitSentences(state: PhaseState, zone: string): string[] {
  const open = openDatasets(state)
    .flatMap((dataset) => dataset.units)
    .filter((unit) => ['RUNNING', 'QUEUED', 'NOT_STARTED'].includes(unit.status) && !needsAttention(unit));
  if (state.progress.slicesDone === 0 || open.length > 2) return [];
  return open.map((unit) => {
    const since =
      unit.decisive === null ? '' : `, started ${clockTime(unit.decisive.startedAt, zone, state.businessDate)}`;
    return `${code(unitName(unit))} is ${unit.status}${since}.`;
  });
}

function repairedSentence(units: readonly UnitState[]): string {
  const names = units.slice(0, 2).map((unit) => code(unitName(unit)));
  const more = units.length > names.length ? ` and ${units.length - names.length} more` : '';
  return `${names.join(', ')}${more} failed earlier and ${units.length === 1 ? 'was' : 'were'} repaired by a later attempt.`;
}

function sliceSentences(finding: SliceFinding, zone: string): string[] {
  const bad = finding.units.filter(needsAttention).slice(0, 3);
  if (bad.length > 0) return bad.map((unit) => attentionSentence(unit, finding.state, zone));
  const single = finding.units.length === 1 ? finding.units[0] : undefined;
  const ended = single?.decisive?.endedAt;
  if (single?.status === 'SUCCESS' && single.decisive && ended) {
    const took = secondsBetween(single.decisive.startedAt, ended);
    return [
      `It ended at ${clockTime(ended, zone, finding.businessDate)}${took === null ? '' : ` after ${duration(took)}`}.`,
    ];
  }
  const repaired = finding.units.filter((unit) => unit.repaired);
  return repaired.length > 0 ? [repairedSentence(repaired)] : [];
}

function taskSentences(finding: TasksFinding, zone: string): string[] {
  return [...failureSentences(finding, zone), ...openTaskSentences(finding, zone)];
}

/** Where a run that has not ended stands: the first task that is neither done nor yet to come. */
function openTaskSentences(finding: TasksFinding, zone: string): string[] {
  return finding.runs
    .filter((run) => run.unit.status === 'RUNNING')
    .slice(0, 2)
    .flatMap(({ unit, tasks }) => {
      const open = tasks.find((task) => task.state !== null && OPEN_TASK.has(task.state));
      if (open === undefined) return [];
      const since = open.startedAt ?? open.queuedAt;
      const began = since === null ? '' : `, started ${clockTime(since, zone, finding.businessDate)}`;
      return [`${code(open.taskId)} of ${code(unitName(unit))} is ${open.state}${began}.`];
    });
}

function failureSentences(finding: TasksFinding, zone: string): string[] {
  return finding.runs
    .filter((run) => run.firstFailure !== null)
    .slice(0, 3)
    .map((run) => {
      const task = run.firstFailure;
      const at = task?.endedAt ?? task?.startedAt ?? null;
      const host = task?.hostname ? ` on host ${code(task.hostname)}` : '';
      const took =
        task?.durationS === null || task?.durationS === undefined ? '' : `, after ${duration(task.durationS)}`;
      const tried = task?.tryNumber ? ` on try ${task.tryNumber}` : '';
      return `${code(task?.taskId ?? '')} is the first task that failed in ${code(unitName(run.unit))}${tried}${at === null ? '' : `, at ${clockTime(at, zone, finding.businessDate)}`}${took}${host}.`;
    });
}

function historySentences(finding: HistoryFinding): string[] {
  const failed = finding.entries.filter(didFail).map((entry) => entry.businessDate);
  const sentences: string[] = [];
  if (failed.length > 0)
    sentences.push(
      `It failed on ${failed.slice(0, 5).join(', ')}${failed.length > 5 ? ` and ${failed.length - 5} more` : ''}.`,
    );
  const [often] = finding.recurrences;
  if (often !== undefined)
    sentences.push(
      `${code(often.taskId)} of ${code(shortDatasetName(often.datasetId))} failed on ${often.recurrence.failed} of the last ${often.recurrence.of} business dates.`,
    );
  const last = finding.entries[0];
  if (last?.durationS) sentences.push(`On ${last.businessDate} it took ${duration(last.durationS)}.`);
  return sentences;
}

/** What several essentials have in common, then what needs attention and has no cause below its name. */
function nightSentences(finding: NightFinding, zone: string): string[] {
  const untold = finding.entries.flatMap((entry) => {
    if ((entry.diagnosis?.causes ?? []).length > 0) return [];
    const unit = unitsOf(entry.state).find(needsAttention);
    return unit ? [`${safeText(entry.essential, 60)}: ${attentionSentence(unit, entry.state, zone)}`] : [];
  });
  return [...commonCauses(finding, zone), ...untold].slice(0, 3);
}

/** What several essentials suffer from alike. */
function commonCauses(finding: NightFinding, zone: string): string[] {
  const seen = Map.groupBy(
    finding.entries.flatMap(({ essential, businessDate, diagnosis }) =>
      (diagnosis?.causes ?? [])
        .filter(({ family }) => family === 'shared_dependency' || family === 'bad_host')
        .map((cause) => ({ essential, said: causeClause(cause, { zone, businessDate }) })),
    ),
    ({ said }) => said,
  );
  return [...seen]
    .map(([said, who]) => ({ said, essentials: new Set(who.map(({ essential }) => essential)).size }))
    .filter(({ essentials }) => essentials > 1)
    .map(({ said, essentials }) => `${essentials} batches share one cause: ${said}.`);
}
