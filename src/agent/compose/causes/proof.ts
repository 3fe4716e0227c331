import { isoUtc } from '../../../batch/instant.ts';
import type { Evidence, RankedCause, RunSays, TaskSays, UsualEvidence } from '../../../batch/rca/cause.ts';
import { shortDatasetName } from '../../../batch/short-dataset-name.ts';
import { code, safeText } from '../../safe-text.ts';
import { clockTime, duration } from '../times.ts';
import { plural } from '../units.ts';
import type { Reader } from './clause.ts';

/** Beyond this the list says no more than its first entries. */
const SHOWN = 6;

/** What the cause rests on: every row and comparison with its figures, as Markdown, the most telling first. */
export function proofOf(cause: RankedCause, reader: Reader): string[] {
  // The cause has told its date: rows of the same day need not repeat it.
  const near = { ...reader, businessDate: isoUtc(cause.at).slice(0, 10) };
  return [...new Set(cause.evidence.map((each) => inWords(each, cause.dagRunId, near)))].slice(0, SHOWN);
}

/** `told` is the run that is named anyway. */
function inWords(evidence: Evidence, told: string | null, reader: Reader): string {
  switch (evidence.kind) {
    case 'run':
      return `Run ${code(evidence.dagRunId, 250)}: ${runFigures(evidence.says, reader)}`;
    case 'task':
      return `Task ${code(evidence.taskId)}: ${taskFigures(evidence.says, reader)}`;
    case 'dag_run': {
      const { state, endedAt } = evidence.says;
      const ended = endedAt === null ? '' : `, ended ${clockTime(endedAt, reader.zone, reader.businessDate)}`;
      const which = evidence.runId === told ? 'this run' : `run ${code(evidence.runId, 250)}`;
      return `Airflow has ${which} as ${safeText(state ?? 'unknown', 40)}${ended}`;
    }
    case 'absence': {
      const dataset = code(shortDatasetName(evidence.datasetId));
      const what = evidence.slice === null ? dataset : `${code(evidence.slice)} of ${dataset}`;
      return `No ${evidence.phase} run of ${what} on ${evidence.businessDate}`;
    }
    case 'usual':
      return usualFigures(evidence);
  }
}

/** Hours of the day are told by how far they are from the usual one; everything else by what was measured. */
function usualFigures({ what, taskId, slice, datasetId, actualS, medianS, upperS, basis }: UsualEvidence): string {
  const subject = [taskId, slice, datasetId === null ? null : shortDatasetName(datasetId)]
    .filter((name) => name !== null && name !== '')
    .slice(0, 2)
    .map((name) => code(name ?? ''))
    .join(' of ');
  const name = `${MEASURED[what]}${subject === '' ? '' : ` of ${subject}`}`;
  const dates = `(${plural(basis, 'earlier business date')})`;
  if (what === 'start' || what === 'end') {
    const late = actualS - medianS;
    return `${name}: ${duration(Math.abs(late))} ${late < 0 ? 'before' : 'after'} the usual hour, up to ${duration(upperS - medianS)} is ordinary ${dates}`;
  }
  return `${name}: ${duration(actualS)}, usually ${duration(medianS)}, up to ${duration(upperS)} is ordinary ${dates}`;
}

const MEASURED = {
  duration: 'Duration',
  start: 'Start',
  gap: 'Wait after the step below',
  queue: 'Time in the queue',
  end: 'End',
} as const;

function runFigures(says: RunSays, { zone, businessDate }: Reader): string {
  const at = (instant: number) => clockTime(instant, zone, businessDate);
  const parts = [
    says.status === undefined ? '' : safeText(says.status ?? 'no status', 40),
    says.attempts !== undefined && says.attempts > 1 ? plural(says.attempts, 'attempt') : '',
    says.startedAt === undefined ? '' : `started ${at(says.startedAt)}`,
    says.endedAt ? `ended ${at(says.endedAt)}` : '',
    says.heartbeatAt ? `last heartbeat ${at(says.heartbeatAt)}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'recorded';
}

function taskFigures(says: TaskSays, { zone, businessDate }: Reader): string {
  const at = (instant: number) => clockTime(instant, zone, businessDate);
  const queued = says.queuedAt && says.startedAt ? (says.startedAt - says.queuedAt) / 1000 : 0;
  const parts = [
    says.state === undefined ? '' : safeText(says.state ?? 'no state', 40),
    says.tryNumber ? `try ${says.tryNumber}` : '',
    says.startedAt ? `started ${at(says.startedAt)}` : '',
    says.endedAt ? `ended ${at(says.endedAt)}` : '',
    typeof says.durationS === 'number' ? `ran ${duration(says.durationS)}` : '',
    queued >= 60 ? `queued ${duration(queued)}` : '',
    says.operator ? `operator ${code(says.operator)}` : '',
    says.hostname ? `host ${code(says.hostname)}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'recorded';
}
