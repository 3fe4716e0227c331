import { UpstreamError } from '../../errors.ts';
import type { Unread } from '../rca/scene.ts';
import type { DagRunRow, Phase, RunRow, TaskRow } from '../run.ts';
import type { Desk } from './desk.ts';
import { type Night, replacedAttempts, runsToVerify, runsWithTasks } from './runs-to-read.ts';
import { unlessAway } from './unless-away.ts';

/** What could not be read, for rules and as sentences; it grows while an investigation goes on. */
export interface Shortfall {
  unread: Set<Unread>;
  gaps: string[];
}

/** What Airflow says of runs that read RUNNING, and of own ones that failed. Without it only a heartbeat tells a stuck run. */
export function verifyRuns(desk: Desk, night: Night, shortfall: Shortfall): Promise<DagRunRow[]> {
  const gap = 'Airflow could not be asked whether the running runs still run there; only their heartbeat was checked.';
  return unlessAway(desk.sources.tasks.dagRuns(runsToVerify(night)), without(shortfall, 'dag_runs', gap));
}

/** Tasks of the night, and of attempts that a retry overwrote; side by side. */
export async function readNightTasks(
  desk: Desk,
  night: Night,
  history: readonly RunRow[],
  phases: readonly Phase[],
  shortfall: Shortfall,
): Promise<TaskRow[]> {
  const [tasks, replaced] = await Promise.all([
    unlessAway(
      readTasks(desk, night, phases),
      without(
        shortfall,
        'tasks',
        'The tasks of the night could not be read from Airflow: what failed inside a run is not known.',
      ),
    ),
    unlessAway(
      desk.sources.tasks.attemptTasks(replacedAttempts(night, history, phases)),
      without(shortfall, 'past_tasks', 'Attempts that a retry overwrote could not be looked for in Airflow.'),
    ),
  ]);
  return replaced.length === 0 ? tasks : withoutRepeats([...tasks, ...replaced]);
}

/** Tasks of earlier runs are wanted only once tonight's are there: of the units that look odd, and no others. */
export function readPastTasks(
  desk: Desk,
  wanted: Parameters<Desk['sources']['tasks']['taskDetails']>[0],
  shortfall: Shortfall,
): Promise<TaskRow[]> {
  const gap = 'The tasks of earlier runs could not be read: how long each task usually takes is not known.';
  return unlessAway(desk.sources.tasks.taskDetails(wanted), without(shortfall, 'past_tasks', gap));
}

/** All of an ordinary night; where that is more than one read may give, own runs and what failed elsewhere. */
async function readTasks(desk: Desk, night: Night, phases: readonly Phase[]): Promise<TaskRow[]> {
  const { taskDetails } = desk.sources.tasks;
  try {
    return await taskDetails(runsWithTasks(night, phases));
  } catch (error) {
    if (!(error instanceof UpstreamError && error.code === 'RDS_TRUNCATED')) throw error;
    return taskDetails(runsWithTasks(night, phases, 'narrow'));
  }
}

function without({ unread, gaps }: Shortfall, what: Unread, gap: string): () => never[] {
  return () => {
    unread.add(what);
    gaps.push(gap);
    return [];
  };
}

function withoutRepeats(tasks: readonly TaskRow[]): TaskRow[] {
  const keyOf = (task: TaskRow) => `${task.dagId}\n${task.runId}\n${task.taskId}\n${task.mapIndex}`;
  return [...new Map(tasks.map((task) => [keyOf(task), task])).values()];
}
