import type { CausesFinding } from '../../../batch/finding.ts';
import type { Family, RankedCause } from '../../../batch/rca/cause.ts';
import { shortDatasetName } from '../../../batch/short-dataset-name.ts';
import { type PhaseState, unitsOf } from '../../../batch/state.ts';
import { code, safeText } from '../../safe-text.ts';
import { endBesideUsual } from '../lateness.ts';
import { subject } from '../subject.ts';
import { clockTime } from '../times.ts';
import { fullUnitName, plural } from '../units.ts';
import { capital, causeClause } from './clause.ts';
import { datasetName, unitsNamed } from './names.ts';
import { retryVerdict } from './retries.ts';

const TIMING: ReadonlySet<Family> = new Set(['late_start', 'queue_delay', 'slow_run', 'data_skew']);

/** The cause first, in one line; that nothing is wrong, with the figure that shows it; or what is missing to tell. */
export function causesVerdict(finding: CausesFinding, zone: string): string {
  const { diagnosis, state, businessDate, focus } = finding;
  const [first, ...others] = diagnosis.causes;
  if (first !== undefined && focus !== 'impact' && !concernsMeant(first, finding))
    return besideVerdict(finding, first, zone);
  if (focus === 'retries') return retryVerdict(finding, zone);
  const who = `${subject(state)} for ${businessDate}`;
  if (first === undefined) {
    if (diagnosis.outcome === 'nothing_wrong') return `Nothing is wrong with ${who}${figures(finding, zone)}.`;
    const [missing] = diagnosis.gaps;
    const broken = state.status === 'FAILED' || state.status === 'PARTIAL_FAILURE' || state.status === 'UNKNOWN';
    const why = missing === undefined ? null : safeText(missing, 300);
    if (!broken && why !== null) return `${who} is ${state.status}. ${why}`;
    return `${who} is ${state.status}, and the data do not tell why${why === null ? '.' : `: ${why}`}`;
  }
  const clause = `${causeClause(first, { zone, businessDate })}${timesFailed(first, state)}`;
  if (focus === 'impact') return `${who}: ${impactOf(first, state)}. ${capital(clause)}.`;
  const more =
    others.length === 0
      ? ''
      : ` ${plural(others.length, 'other cause')} ${others.length === 1 ? 'stands' : 'stand'} beside it.`;
  const waits = waitingClause(first, state);
  const what = meantConsequence(finding) ?? `${who} ${consequence(state, first)}`;
  return `${what} because ${clause}${waits === null ? '' : `; ${waits}`}.${more}`;
}

/** `AGG_EMEA of intercompany_results in TB-Derivatives PRELIM for 2026-02-13 is WAITING`, where less than the essential was asked about. */
function meantConsequence({ meant, state, businessDate }: CausesFinding): string | null {
  const [first, ...more] = meant?.units ?? [];
  if (first === undefined) return null;
  const where = `in ${subject(state)} for ${businessDate}`;
  if (more.length === 0) return `${fullUnitName(first)} ${where} is ${first.status}`;
  const statuses = new Set(meant?.units.map((unit) => unit.status));
  const which = meant?.datasetId === null ? 'slices' : `slices of ${datasetName(first.datasetId)}`;
  const status = statuses.size === 1 ? `are ${first.status}` : 'are not all done';
  return `${more.length + 1} ${which} ${where} ${status}`;
}

/** A question about a slice that no cause concerns: how it is, and what is wrong beside it. */
function besideVerdict({ meant, state, businessDate }: CausesFinding, cause: RankedCause, zone: string): string {
  const units = meant?.units ?? [];
  const [only] = units;
  const which =
    only !== undefined && units.length === 1
      ? `${fullUnitName(only)} in ${subject(state)} for ${businessDate} is ${only.status}`
      : `${plural(units.length, 'slice')} meant in ${subject(state)} for ${businessDate}: ${units.filter((unit) => unit.status === 'SUCCESS').length} done`;
  return `${which}, and no cause concerns ${units.length === 1 ? 'it' : 'them'}. Elsewhere ${causeClause(cause, { zone, businessDate })}.`;
}

function concernsMeant(cause: RankedCause, { meant }: CausesFinding): boolean {
  if (meant === null || meant.units.length === 0) return true;
  return meant.units.some(
    (unit) =>
      (cause.datasetId === unit.datasetId && cause.slices.includes(unit.slice)) ||
      (cause.affects.datasets.includes(unit.datasetId) && unit.status !== 'SUCCESS'),
  );
}

/** `, twice`: how many attempts at the slice failed, where it was more than one. */
function timesFailed(cause: RankedCause, state: PhaseState): string {
  if (cause.family !== 'task_failure' && cause.family !== 'retry_exhausted') return '';
  const unit = unitsOf(state).find(({ datasetId, slice }) => datasetId === cause.datasetId && slice === cause.slice);
  const failed = (unit?.attempts ?? []).filter(({ status }) => status === 'FAILED').length;
  if (failed < 2) return '';
  return failed === 2 ? ', and again on the next attempt' : `, and again on ${failed - 1} more attempts`;
}

/** What became of the phase. */
function consequence(state: PhaseState, cause: RankedCause): string {
  switch (state.status) {
    case 'FAILED':
      return 'failed';
    case 'PARTIAL_FAILURE':
      return 'failed in part';
    case 'SUCCESS':
      return 'ended late';
    default:
      if (cause.family === 'stuck') return 'is stuck';
      return TIMING.has(cause.family) ? 'is late' : 'is held up';
  }
}

/** `9 datasets wait for it`: those of its blast radius that have not begun. */
export function waitingClause(cause: RankedCause, state: PhaseState): string | null {
  const waiting = waitingFor(cause, state);
  const [only] = waiting;
  if (only === undefined) return null;
  return waiting.length === 1
    ? `${code(shortDatasetName(only))} waits for it`
    : `${waiting.length} datasets wait for it`;
}

export function waitingFor(cause: RankedCause, state: PhaseState): string[] {
  return state.datasets
    .filter(
      ({ datasetId, status }) =>
        status === 'WAITING' && datasetId !== cause.datasetId && cause.affects.datasets.includes(datasetId),
    )
    .map(({ datasetId }) => datasetId);
}

function impactOf(cause: RankedCause, state: PhaseState): string {
  const waiting = waitingFor(cause, state);
  const names = waiting.slice(0, 3).map((id) => code(shortDatasetName(id)));
  const listed = waiting.length > 3 ? `${names.join(', ')} and ${waiting.length - 3} more` : names.join(', ');
  const what = cause.datasetId === null ? 'the cause' : unitsNamed(cause);
  const datasets =
    waiting.length === 0
      ? `no other dataset waits for ${what}`
      : `${plural(waiting.length, 'dataset')} ${waiting.length === 1 ? 'waits' : 'wait'} for ${what} (${listed})`;
  const elsewhere = cause.affects.essentials.filter((name) => name !== state.essential);
  if (elsewhere.length === 0) return `${datasets}, and no other batch is affected`;
  return `${datasets}, and ${elsewhere.map((name) => safeText(name, 60)).join(', ')} ${elsewhere.length === 1 ? 'is' : 'are'} affected too`;
}

/** How far it is, and how its end compares. */
function figures({ state, lateness, businessDate }: CausesFinding, zone: string): string {
  const units = unitsOf(state);
  if (units.length === 0 || state.status === 'NOT_STARTED') return `: nothing of ${state.phase} has run yet`;
  const done = units.filter((unit) => unit.status === 'SUCCESS').length;
  const ended = state.endedAt === null ? '' : `ended at ${clockTime(state.endedAt, zone, businessDate)}`;
  const repaired = units.filter((unit) => unit.repaired).length;
  const parts = [
    done === units.length ? `all ${plural(done, 'slice')} done` : `${done} of ${plural(units.length, 'slice')} done`,
    lateness === null ? ended : endBesideUsual(lateness, { zone, businessDate }),
    repaired === 0 ? '' : `${plural(repaired, 'failure')} repaired on the way`,
  ];
  return `: ${parts.filter((part) => part !== '').join(', ')}`;
}
