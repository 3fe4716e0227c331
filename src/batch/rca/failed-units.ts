import type { Instant } from '../instant.ts';
import type { TaskRow } from '../run.ts';
import { shortDatasetName } from '../short-dataset-name.ts';
import type { Attempt } from '../state.ts';
import { firstFailure } from '../task-state.ts';
import { candidateOf, keysOf } from './candidate.ts';
import type { Candidate, Evidence } from './cause.ts';
import { dagRunEvidence, runEvidence, taskEvidence } from './evidence.ts';
import type { Scene } from './scene.ts';
import { type Suspect, suspectsOf } from './suspects.ts';

/** A unit that is FAILED and the task that failed by itself; null where Airflow does not (or no longer) show it. */
export interface FailedUnit {
  suspect: Suspect;
  attempt: Attempt;
  task: TaskRow | null;
}

/** The units that are FAILED at the clock. A failure that a later attempt repaired is not among them. */
export function failedUnits(scene: Scene): FailedUnit[] {
  return suspectsOf(scene)
    .filter(({ unit }) => unit.status === 'FAILED')
    .map((suspect) => {
      const attempt = suspect.unit.decisive as Attempt;
      return { suspect, attempt, task: firstFailure(scene.tasksOf(attempt)) };
    });
}

/** The failure of one unit as a candidate of the family that its number of tries makes it. */
export function failureCandidate(scene: Scene, failed: FailedUnit & { task: TaskRow }): Candidate {
  const { suspect, attempt, task } = failed;
  const dagRun = scene.dagRunOf(attempt);
  const evidence: Evidence[] = [runEvidence(attempt), taskEvidence(task)];
  if (dagRun !== null && dagRun.endedAt !== null && dagRun.endedAt <= scene.asOf) evidence.push(dagRunEvidence(dagRun));
  return candidateOf({
    ...keysOf(suspect),
    family: isRetried(task) ? 'retry_exhausted' : 'task_failure',
    taskId: task.taskId,
    tryNumber: task.tryNumber,
    at: firstFailedAt(scene, failed),
    evidence,
  });
}

/** Airflow itself tried the task more than once. */
export function isRetried(task: TaskRow): boolean {
  return (task.tryNumber ?? 1) > 1;
}

/** When a task that failed did so. */
export function failedAt(task: TaskRow): Instant | null {
  return task.endedAt ?? task.updatedAt ?? task.startedAt;
}

/** When the same task failed for the first time that night: attempts that failed alike belong together. */
function firstFailedAt(scene: Scene, { suspect, attempt, task }: FailedUnit & { task: TaskRow }): Instant {
  const moments = suspect.unit.attempts
    .filter((other) => other.startedAt <= attempt.startedAt)
    .flatMap((other) => [...(other.rewritten ? scene.tasksBefore(other) : []), ...scene.tasksOf(other)])
    .filter((other) => other.state === 'failed' && other.taskId === task.taskId)
    .map((other) => failedAt(other) ?? Number.POSITIVE_INFINITY);
  return Math.min(...moments, failedAt(task) ?? attempt.endedAt ?? attempt.startedAt);
}

/** The sentence that names failed units whose cause cannot be told. */
export function untoldGap(scene: Scene, untold: readonly FailedUnit[]): string {
  const names = untold.map(({ suspect: { unit } }) => unit.slice ?? shortDatasetName(unit.datasetId));
  const shown = names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
  return scene.unread.has('tasks')
    ? `Airflow's tasks could not be read, so which task failed in ${shown} is not known.`
    : `Airflow shows no failed task for ${shown}, so why it failed cannot be told.`;
}
