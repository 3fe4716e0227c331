import type { Evidence } from '../../src/batch/rca/cause.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import { checkAbsence } from './evidence-of-absence.ts';
import { checkUsual } from './evidence-of-usual.ts';
import { dagRunAt, runAt, taskAt } from './rows-at.ts';
import { indexTables, mayBeOf, sliceOf, type TablesIndex } from './tables-index.ts';

/** Looks every piece of evidence up in the tables. Returns what is wrong with it; null where it is right. */
export function evidenceChecker(night: GeneratedNight): (evidence: Evidence) => string | null {
  const index = indexTables(night);
  return (evidence) => {
    switch (evidence.kind) {
      case 'run':
        return checkRun(evidence, night, index);
      case 'task':
        return checkTask(evidence, night, index);
      case 'dag_run':
        return checkDagRun(evidence, night, index);
      case 'absence':
        return checkAbsence(evidence, night, index);
      case 'usual':
        return checkUsual(evidence, night, index);
    }
  };
}

type Of<Kind extends Evidence['kind']> = Extract<Evidence, { kind: Kind }>;

function checkRun({ key, dagRunId, says }: Of<'run'>, night: GeneratedNight, index: TablesIndex): string | null {
  const row = index.run(key);
  if (row === undefined) return `no run has the key ${key}`;
  if (row.DAG_RUN_ID !== dagRunId) return `run ${key} is ${row.DAG_RUN_ID}, not ${dagRunId}`;
  const actual = runAt(row, night.now);
  if (actual === null) return `run ${key} did not exist yet`;
  const { attempts, ...own } = says;
  return (
    difference(`run ${key}`, own, actual) ??
    (attempts === undefined ? null : checkAttempts(attempts, { key, dagRunId }, night, index))
  );
}

/** Rows whose ids differ only in the epoch are attempts at one unit; manual ones may be of either phase. */
function checkAttempts(
  told: number,
  { key, dagRunId }: { key: number; dagRunId: string },
  night: GeneratedNight,
  index: TablesIndex,
): string | null {
  const row = index.run(key);
  const date = row?.BUSINESS_DATE ?? '';
  const same = index
    .runsOf(row?.OUTPUT_DATASET_ID ?? '', date)
    .filter((other) => sliceOf(other.DAG_RUN_ID, date) === sliceOf(dagRunId, date) && mayBeOf(other, night.phase));
  const count = (rows: typeof same) => rows.reduce((sum, other) => sum + (runAt(other, night.now)?.attempts ?? 0), 0);
  const [least, most] = [count(same.filter((other) => other.TRIGGER_TYPE !== 'ManualTrigger')), count(same)];
  return told >= least && told <= most ? null : `run ${key}: ${told} attempts were told, ${least} to ${most} are there`;
}

function checkTask(evidence: Of<'task'>, night: GeneratedNight, index: TablesIndex): string | null {
  const { dagId, runId, taskId, mapIndex, says } = evidence;
  const name = `task ${taskId} of ${runId}`;
  const row = index.tasksOf(dagId, runId).find((task) => task.task_id === taskId && task.map_index === mapIndex);
  if (row === undefined) return `${name} does not exist`;
  const { durationS, ...own } = says;
  const actual = taskAt(row, night.now);
  return difference(name, own, actual) ?? checkDuration(name, durationS, actual.durationS);
}

/** The production column has six significant digits. */
function checkDuration(name: string, told: number | null | undefined, actual: number | null): string | null {
  if (told === undefined) return null;
  const same =
    told === null || actual === null ? told === actual : Math.abs(told - actual) <= 1e-5 * Math.abs(actual) + 1e-3;
  return same ? null : `${name}: durationS was told as ${told} and is ${actual}`;
}

function checkDagRun({ dagId, runId, says }: Of<'dag_run'>, night: GeneratedNight, index: TablesIndex): string | null {
  const row = index.dagRun(dagId, runId);
  return row === undefined
    ? `Airflow has no run ${runId}`
    : difference(`Airflow's run ${runId}`, says, dagRunAt(row, night.now));
}

/** The first field that was told and is otherwise in the row. */
function difference(name: string, told: object, actual: object): string | null {
  const values = new Map<string, unknown>(Object.entries(actual));
  for (const [field, value] of Object.entries(told)) {
    if (value !== undefined && value !== values.get(field)) {
      return `${name}: ${field} was told as ${String(value)} and is ${String(values.get(field))}`;
    }
  }
  return null;
}
