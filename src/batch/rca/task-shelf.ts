import type { Instant } from '../instant.ts';
import type { TaskRow } from '../run.ts';
import type { Attempt } from '../state.ts';
import { compareTasks, taskAt } from '../task-state.ts';

type RunOf = Pick<Attempt, 'dagId' | 'dagRunId'>;

/** Tasks by run, as they were at the clock. */
export interface TaskShelf {
  /** In order of start; empty when none were read or there are none. */
  of(run: RunOf): readonly TaskRow[];
  /** Those of earlier attempts at the same unit, oldest first: the same id but for its epoch. */
  before(run: RunOf): readonly TaskRow[];
  /** Every task that is on it. */
  all(): TaskRow[];
  /** The same with further runs besides; what was there stays. */
  with(tasks: readonly TaskRow[]): TaskShelf;
}

/** By run id first: asked once for every run of a history, a key put together of two names costs more than the rest. */
type Runs = ReadonlyMap<string, ReadonlyMap<string, readonly TaskRow[]>>;

const NONE: readonly TaskRow[] = [];

export function shelveTasks(tasks: readonly TaskRow[], asOf: Instant): TaskShelf {
  return shelfOver(byRun(tasks, asOf), asOf);
}

function shelfOver(runs: Runs, asOf: Instant): TaskShelf {
  let stems: Map<string, string[]> | null = null;
  return {
    of: ({ dagId, dagRunId }) => runs.get(dagRunId)?.get(dagId ?? '') ?? NONE,
    before({ dagId, dagRunId }) {
      stems ??= Map.groupBy(runs.keys(), stemOf);
      return (stems.get(stemOf(dagRunId)) ?? [])
        .filter((runId) => runId < dagRunId)
        .sort()
        .flatMap((runId) => runs.get(runId)?.get(dagId ?? '') ?? []);
    },
    all: () => [...runs.values()].flatMap((dags) => [...dags.values()].flat()),
    with: (tasks) => shelfOver(merged(runs, byRun(tasks, asOf)), asOf),
  };
}

function byRun(tasks: readonly TaskRow[], asOf: Instant): Map<string, Map<string, TaskRow[]>> {
  const runs = new Map<string, Map<string, TaskRow[]>>();
  for (const task of tasks) {
    let dags = runs.get(task.runId);
    if (dags === undefined) {
      dags = new Map();
      runs.set(task.runId, dags);
    }
    const known = dags.get(task.dagId);
    if (known === undefined) dags.set(task.dagId, [taskAt(task, asOf)]);
    else known.push(taskAt(task, asOf));
  }
  for (const dags of runs.values()) for (const rows of dags.values()) rows.sort(compareTasks);
  return runs;
}

/** What is in both is taken from the first. */
function merged(first: Runs, second: Runs): Runs {
  const runs = new Map(first);
  for (const [runId, dags] of second) {
    const known = runs.get(runId);
    runs.set(runId, known === undefined ? dags : new Map([...dags, ...known]));
  }
  return runs;
}

/** A run id without its epoch: attempts at one unit share it. */
function stemOf(runId: string): string {
  return runId.replace(/_\d{6,}$/, '');
}
