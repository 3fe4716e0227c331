import { UpstreamError } from '../../errors.ts';
import type { Unread } from '../rca/scene.ts';
import type { DagRunRow, Phase, RunRow, TaskRow } from '../run.ts';
import type { Desk } from './desk.ts';
import { type Night, replacedAttempts, runsToVerify, runsWithTasks } from './runs-to-read.ts';
import { unlessAway } from './unless-away.ts';

/** What Airflow says of a night; what it could not be asked is in `unread`, and in `gaps` as sentences. */
export interface AirflowNight {
  tasks: readonly TaskRow[];
  dagRuns: readonly DagRunRow[];
  unread: ReadonlySet<Unread>;
  gaps: readonly string[];
}

interface NightRows {
  /** Runs of the night, of all essentials. */
  rows: readonly RunRow[];
  history: readonly RunRow[];
  phases: readonly Phase[];
  isOwn: (datasetId: string) => boolean;
}

/** Reads Airflow's part of a night, side by side: tasks, attempts that a retry overwrote, and runs as Airflow sees them. */
export async function readAirflow(
  desk: Desk,
  { rows, history, phases, isOwn }: NightRows,
  depth: 'runs' | 'tasks' = 'tasks',
): Promise<AirflowNight> {
  const { tasks: source } = desk.sources;
  const night = { rows, asOf: desk.clock.now(), isOwn };
  const unread = new Set<Unread>();
  const gaps: string[] = [];
  const without = (what: Unread, gap: string) => (): never[] => {
    unread.add(what);
    gaps.push(gap);
    return [];
  };
  const [tasks, replaced, dagRuns] = await Promise.all([
    unlessAway(
      depth === 'runs' ? Promise.resolve([]) : readTasks(desk, night, phases),
      without('tasks', 'The tasks of the night could not be read from Airflow: what failed inside a run is not known.'),
    ),
    unlessAway(
      depth === 'runs' ? Promise.resolve([]) : source.attemptTasks(replacedAttempts(night, history, phases)),
      without('past_tasks', 'Attempts that a retry overwrote could not be looked for in Airflow.'),
    ),
    unlessAway(
      source.dagRuns(runsToVerify(night)),
      without(
        'dag_runs',
        'Airflow could not be asked whether the running runs still run there; only their heartbeat was checked.',
      ),
    ),
  ]);
  return { tasks: withoutRepeats([...tasks, ...replaced]), dagRuns, unread, gaps };
}

/** All of an ordinary night; where that is more than one read may give, own runs and what failed elsewhere. */
async function readTasks(desk: Desk, night: Night, phases: readonly Phase[]): Promise<TaskRow[]> {
  const { taskDetails } = desk.sources.tasks;
  const all = runsWithTasks(night, phases);
  try {
    return await taskDetails(all);
  } catch (error) {
    if (!(error instanceof UpstreamError && error.code === 'RDS_TRUNCATED')) throw error;
    return taskDetails(runsWithTasks(night, phases, 'narrow'));
  }
}

function withoutRepeats(tasks: readonly TaskRow[]): TaskRow[] {
  const keyOf = (task: TaskRow) => `${task.dagId}\n${task.runId}\n${task.taskId}\n${task.mapIndex}`;
  return [...new Map(tasks.map((task) => [keyOf(task), task])).values()];
}
