import type { CausesFinding } from '../../../batch/finding.ts';
import type { Family, RankedCause } from '../../../batch/rca/cause.ts';
import { shortDatasetName } from '../../../batch/short-dataset-name.ts';
import { type PhaseState, unitsOf } from '../../../batch/state.ts';
import { code, safeText } from '../../safe-text.ts';
import { endBesideUsual } from '../lateness.ts';
import { subject } from '../subject.ts';
import { plural } from '../units.ts';
import { capital, causeClause } from './clause.ts';
import { unitsNamed } from './names.ts';
import { retryVerdict } from './retries.ts';

const TIMING: ReadonlySet<Family> = new Set(['late_start', 'queue_delay', 'slow_run', 'data_skew']);

/** The cause first, in one line; that nothing is wrong, with the figure that shows it; or what is missing to tell. */
export function causesVerdict(finding: CausesFinding, zone: string): string {
  if (finding.focus === 'retries') return retryVerdict(finding, zone);
  const { diagnosis, state } = finding;
  const [first, ...others] = diagnosis.causes;
  const who = `${subject(state)} for ${state.businessDate}`;
  if (first === undefined) {
    if (diagnosis.outcome === 'nothing_wrong') return `Nothing is wrong with ${who}${figures(finding, zone)}.`;
    const [missing] = diagnosis.gaps;
    return `${who} is ${state.status}, and the data do not tell why${missing === undefined ? '.' : `: ${safeText(missing, 300)}`}`;
  }
  const clause = causeClause(first, { zone, businessDate: finding.businessDate });
  if (finding.focus === 'impact') return `${who}: ${impactOf(first, state)}. ${capital(clause)}.`;
  const more =
    others.length === 0
      ? ''
      : ` ${plural(others.length, 'other cause')} ${others.length === 1 ? 'stands' : 'stand'} beside it.`;
  const waits = waitingClause(first, state);
  return `${who} ${consequence(state, first)} because ${clause}${waits === null ? '' : `; ${waits}`}.${more}`;
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
    .filter(({ datasetId, status }) => cause.affects.datasets.includes(datasetId) && status === 'WAITING')
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

function figures(finding: CausesFinding, zone: string): string {
  const { state, lateness } = finding;
  const units = unitsOf(state);
  const done = units.filter((unit) => unit.status === 'SUCCESS').length;
  const parts = [
    done === units.length ? `all ${plural(done, 'slice')} done` : `${done} of ${plural(units.length, 'slice')} done`,
    lateness === null ? '' : endBesideUsual(lateness, { zone, businessDate: finding.businessDate }),
  ];
  const repaired = units.filter((unit) => unit.repaired).length;
  if (repaired > 0) parts.push(`${plural(repaired, 'failure')} repaired on the way`);
  return units.length === 0 ? '' : `: ${parts.filter((part) => part !== '').join(', ')}`;
}
