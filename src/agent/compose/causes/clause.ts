import { isoUtc } from '../../../batch/instant.ts';
import type { Candidate, Family } from '../../../batch/rca/cause.ts';
import { code } from '../../safe-text.ts';
import { clockTime, duration } from '../times.ts';
import { plural } from '../units.ts';
import { comparisonOf, costOf, evidenceOf } from './figures.ts';
import { datasetName, inSlices, unitsNamed } from './names.ts';

/** Where and when a clause is read: times are given in UTC and in the zone, with the date where it is not the business date. */
export interface Reader {
  zone: string;
  businessDate: string;
}

type Clause = (cause: Candidate, at: (instant: number) => string, reader: Reader) => string;

/** What went wrong, as a clause that can stand after "because". One line a family. */
const CLAUSES: Record<Family, Clause> = {
  task_failure: (cause, at) => `${taskName(cause)} failed${inSlices(cause)} at ${at(cause.at)}`,

  retry_exhausted: (cause, at) =>
    `${taskName(cause)} failed${inSlices(cause)} at ${at(cause.at)}, on ${
      cause.tryNumber === null ? 'its last try' : `try ${cause.tryNumber}`
    }`,

  late_start: (cause, at) => {
    const late = costOf(cause);
    const began = evidenceOf(cause, 'run').flatMap(({ says }) => says.startedAt ?? [])[0];
    const name = datasetName(cause.datasetId);
    if (began === undefined) return `${name} has not begun${late === null ? '' : `, ${late} after its usual start`}`;
    return `${name} began${late === null ? ' late' : ` ${late} later than usual`}, at ${at(began)}`;
  },

  queue_delay: (cause, at) => {
    const waited = costOf(cause);
    const who = cause.datasetId === null ? 'tasks of several datasets' : `tasks of ${datasetName(cause.datasetId)}`;
    return `${who} waited${waited === null ? '' : ` ${waited}`} in the queue from ${at(cause.at)} on`;
  },

  slow_run: (cause) => `${taskName(cause)} ${ranLonger(cause)}${inSlices(cause, 'worst')}`,

  data_skew: (cause) => {
    const task = cause.taskId === null ? '' : ` (task ${code(cause.taskId)})`;
    return `${unitsNamed(cause)} ${ranLonger(cause)}${task} while its siblings did not`;
  },

  stuck: (cause, at) => {
    const ended = evidenceOf(cause, 'dag_run').find(({ says }) => says.endedAt !== null)?.says.endedAt ?? null;
    const several = cause.slices.length > 1;
    const [reads, it] = several ? ['read', 'one of them'] : ['reads', 'it'];
    if (ended !== null)
      return `${unitsNamed(cause)} still ${reads} RUNNING although Airflow ended ${it} at ${at(ended)}`;
    const beat = evidenceOf(cause, 'run').flatMap(({ says }) => says.heartbeatAt ?? [])[0] ?? cause.at;
    return `${unitsNamed(cause)} ${several ? 'have' : 'has'} given no sign of life since ${at(beat)}`;
  },

  cancelled: (cause, at) => `every attempt at ${unitsNamed(cause)} was cancelled, first at ${at(cause.at)}`,

  missed_trigger: (cause) =>
    cause.slices.length > 1
      ? `${unitsNamed(cause)} were never triggered although their siblings were`
      : `${unitsNamed(cause)} was never triggered although its siblings were`,

  shared_dependency: (cause, at, reader) => {
    const tasks = plural(cause.symptoms, 'task');
    const of = cause.operator === null ? 'of one kind' : `of operator ${code(cause.operator)}`;
    return `${tasks} ${of} failed together ${spanOf(cause, at, reader)}`;
  },

  bad_host: (cause, at) =>
    `${plural(cause.symptoms, 'task')} failed or ran slow on host ${code(cause.host ?? '')}, from ${at(cause.at)} on`,
};

export function causeClause(cause: Candidate, reader: Reader): string {
  const at = (instant: number) => clockTime(instant, reader.zone, reader.businessDate);
  return CLAUSES[cause.family](cause, at, reader);
}

/** The same as a sentence of its own. */
export function causeSentence(cause: Candidate, reader: Reader): string {
  return `${capital(causeClause(cause, reader))}.`;
}

export function capital(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}

function taskName(cause: Candidate): string {
  const dataset = datasetName(cause.datasetId);
  return cause.taskId === null ? dataset : `${code(cause.taskId)} of ${dataset}`;
}

function ranLonger(cause: Candidate): string {
  const usual = comparisonOf(cause, 'duration');
  const ran = stillRuns(cause) ? 'has been running for' : 'ran';
  if (usual !== null) return `${ran} ${duration(usual.actualS)} instead of its usual ${duration(usual.medianS)}`;
  const more = costOf(cause);
  return more === null ? 'ran longer than usual' : `ran ${more} longer than usual`;
}

function stillRuns(cause: Candidate): boolean {
  return (
    evidenceOf(cause, 'task').some(({ runId, says }) => runId === cause.dagRunId && says.state === 'running') ||
    evidenceOf(cause, 'run').some(({ dagRunId, says }) => dagRunId === cause.dagRunId && says.status === 'RUNNING')
  );
}

function spanOf(cause: Candidate, at: (instant: number) => string, { zone }: Reader): string {
  if (cause.window === null) return `from ${at(cause.at)} on`;
  const { from, to } = cause.window;
  return `between ${at(from)} and ${clockTime(to, zone, isoUtc(from).slice(0, 10))}`;
}
