import type { BusinessDate } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import type { Instant } from '../instant.ts';
import { memoize } from '../memoize.ts';
import { openNights } from '../night.ts';
import { type PlacedRun, type Placement, placeRuns } from '../placement.ts';
import type { DagRunRow, Phase, RunRow, TaskRow } from '../run.ts';
import type { Attempt, PhaseState } from '../state.ts';
import { pastNights } from '../timing/past-nights.ts';
import { type Timeline, timelineOf } from '../timing/timeline.ts';
import { dagRunKey } from '../unit-state.ts';
import { shelveTasks, type TaskShelf } from './task-shelf.ts';

/** From when on something is out of the ordinary whatever history says; `sentry.yml` may change them. */
export interface Thresholds {
  /** Seconds without a heartbeat. */
  stuckAfterS: number;
  /** Seconds in a queue below which no task counts as delayed. */
  queueAfterS: number;
  /** How many times its usual duration a task must take, at least, to be called slow. */
  slowFactor: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = { stuckAfterS: 1800, queueAfterS: 300, slowFactor: 1.75 };

/** What an investigation could not read; rules that need it abstain and say so. */
export type Unread = 'tasks' | 'past_tasks' | 'dag_runs' | 'history' | 'elsewhere';

/** Everything that was read about one phase of one essential. */
export interface SceneInput {
  definition: Definition;
  /** Every other essential that is known: who shares a unit, and who saw the same trouble. */
  others: readonly Definition[];
  businessDate: BusinessDate;
  phase: Phase;
  /** The clock: what happened after it has not happened. */
  asOf: Instant;
  /** Runs of that business date, of all these definitions. */
  rows: readonly RunRow[];
  /** Runs of earlier business dates, at least of the datasets of `definition`. */
  history: readonly RunRow[];
  /** Tasks of runs of that date, as far as they were read. */
  tasks: readonly TaskRow[];
  /** Tasks of earlier runs, as far as they were read. */
  pastTasks: readonly TaskRow[];
  dagRuns: readonly DagRunRow[];
  /** When the phase has to be complete; null where nobody said. */
  deadline: Instant | null;
  thresholds: Thresholds;
  unread: ReadonlySet<Unread>;
}

/** A run of another essential (or of nobody's slice) of the same night. */
export interface ElsewhereRun extends PlacedRun {
  /** Names of the essentials whose unit it is; empty for a slice that no essential lists. */
  essentials: readonly string[];
}

/** The scene of the night: what rules look at. Everything costly is worked out once, when first asked for. */
export interface Scene extends Omit<SceneInput, 'rows' | 'history' | 'tasks' | 'pastTasks' | 'dagRuns'> {
  /** States of the units that count. */
  state: PhaseState;
  /** The same of any essential of the scene: what holds up a shared unit may lie in another one. */
  stateOf(definition: Definition): PhaseState;
  /** Tonight's phase in time: own datasets, with every slice that any essential lists (siblings are all of them). */
  tonight: Timeline;
  /** The same for earlier business dates on which one of the own datasets ran in this phase, newest first. */
  past: readonly Timeline[];
  /** Runs of the night outside the own datasets, and runs of own datasets for slices that no essential lists. */
  elsewhere: readonly ElsewhereRun[];
  /** Tasks of a run as they were at the clock, in order of start; empty when none were read or there are none. */
  tasksOf(run: Pick<Attempt, 'dagId' | 'dagRunId'>): readonly TaskRow[];
  /** Tasks that Airflow still has of the attempt which this rewritten row replaced, oldest first. */
  tasksBefore(run: Pick<Attempt, 'dagId' | 'dagRunId'>): readonly TaskRow[];
  dagRunOf(run: Pick<Attempt, 'dagId' | 'dagRunId'>): DagRunRow | null;
  /** The same night as another essential of the scene sees it, by the same rows. */
  seenFrom(other: Definition): Scene;
  /** The same scene with tasks of earlier runs besides; what was worked out of runs is kept. */
  withPastTasks(tasks: readonly TaskRow[], unread: ReadonlySet<Unread>): Scene;
}

export function openScene(input: SceneInput): Scene {
  const { definition, others, businessDate, phase, asOf } = input;
  const once = memoize((what: 'placed' | 'tonight' | 'past' | 'elsewhere'): unknown => build[what]());
  const wide = withEverySlice(definition, others);
  const tonightRows = input.rows.filter((row) => row.businessDate === businessDate);
  const dagRuns = new Map(input.dagRuns.map((run) => [dagRunKey(run), run]));
  const nights = openNights({
    definitions: [definition, ...others],
    businessDate,
    asOf,
    rows: input.rows,
    history: input.history,
    dagRuns: input.dagRuns,
    stuckAfterS: input.thresholds.stuckAfterS,
  });
  const stateOf = memoize((of: Definition) => nights(of)(phase));
  const build = {
    placed: (): Placement => placeRuns(wide, tonightRows, asOf),
    tonight: (): Timeline => timelineOf(once('placed') as Placement, businessDate, phase),
    past: (): readonly Timeline[] => pastNights(wide, input.history, { before: businessDate, phase, asOf }),
    elsewhere: (): ElsewhereRun[] =>
      runsElsewhere(once('placed') as Placement, definition, others, tonightRows, phase, asOf),
  };
  const withTasks = (shelf: TaskShelf, unread: ReadonlySet<Unread>): Scene => {
    const seenFrom = memoize((other: Definition) =>
      openScene({
        ...input,
        definition: other,
        others: [definition, ...others.filter(({ name }) => name !== other.name)],
        tasks: shelf.all(),
        pastTasks: [],
        unread,
      }),
    );
    return {
      definition,
      others,
      businessDate,
      phase,
      asOf,
      deadline: input.deadline,
      thresholds: input.thresholds,
      unread,
      get state() {
        return stateOf(definition);
      },
      stateOf,
      seenFrom,
      get tonight() {
        return once('tonight') as Timeline;
      },
      get past() {
        return once('past') as readonly Timeline[];
      },
      get elsewhere() {
        return once('elsewhere') as ElsewhereRun[];
      },
      tasksOf: shelf.of,
      tasksBefore: shelf.before,
      dagRunOf: ({ dagId, dagRunId }) => dagRuns.get(dagRunKey({ dagId, runId: dagRunId })) ?? null,
      withPastTasks: (tasks, unreadNow) => withTasks(shelf.with(tasks), unreadNow),
    };
  };
  return withTasks(shelveTasks([...input.tasks, ...input.pastTasks], asOf), input.unread);
}

/** A definition with, for each of its datasets, every slice that any essential lists. */
function withEverySlice(definition: Definition, others: readonly Definition[]): Definition {
  const elsewhere = Map.groupBy(
    others.flatMap((other) => other.datasets),
    (dataset) => dataset.datasetId,
  );
  return {
    ...definition,
    datasets: definition.datasets.map((dataset) => {
      if (dataset.slices.length === 0) return dataset;
      const more = (elsewhere.get(dataset.datasetId) ?? []).flatMap((other) => other.slices);
      return more.length === 0 ? dataset : { ...dataset, slices: [...new Set([...dataset.slices, ...more])] };
    }),
  };
}

function runsElsewhere(
  placed: Placement,
  own: Definition,
  others: readonly Definition[],
  rows: readonly RunRow[],
  phase: Phase,
  asOf: Instant,
): ElsewhereRun[] {
  const ours = new Set(own.datasets.map((dataset) => dataset.datasetId));
  const found = new Map<number, ElsewhereRun & { essentials: string[] }>();
  for (const run of placed.runs) {
    if (run.unit === null && run.phase === phase) found.set(run.row.key, { ...run, essentials: [] });
  }
  for (const other of others) {
    const placement: Placement = placeRuns(other, rows, asOf);
    for (const run of placement.runs) {
      if (run.phase !== phase || ours.has(run.row.datasetId)) continue;
      const known = found.get(run.row.key) ?? { ...run, essentials: [] };
      if (run.unit !== null) {
        known.unit ??= run.unit;
        known.essentials.push(other.name);
      }
      found.set(run.row.key, known);
    }
  }
  return [...found.values()];
}
