import type { BusinessDate } from '../../business-date.ts';
import { type Instant, SECOND } from '../../instant.ts';
import { median, percentile } from '../../percentile.ts';
import type { RunAddress, TaskRow } from '../../run.ts';
import type { Attempt } from '../../state.ts';
import { oncePerScene } from '../../timing/once-per-scene.ts';
import type { UnitTimes } from '../../timing/timeline.ts';
import type { Scene } from '../scene.ts';

/** A task that stood in a queue before it started, or still stands there. */
export interface Wait {
  datasetId: string;
  /** `unitKey`. */
  key: string;
  task: TaskRow;
  from: Instant;
  /** Its start; the clock while it has none. */
  to: Instant;
  seconds: number;
}

/** What waiting in a queue is usual for the tasks of a dataset, in seconds. */
export interface UsualWait {
  medianS: number;
  upperS: number;
  /** On how many earlier dates it rests. */
  basis: number;
}

/** Datasets, units of each, and earlier runs of each unit whose queues are looked at. */
const LOOK = { datasets: 5, units: 3, runs: 5 };
/** A wait this many times the longest usual ones is no longer usual. */
const BEYOND_USUAL = 2;
const LONGEST_SHARE = 0.95;

/** Null for a task that was never in a queue, as far as is known. */
export function waitOf(task: TaskRow, asOf: Instant): { from: Instant; to: Instant; seconds: number } | null {
  if (task.queuedAt === null || task.queuedAt > asOf) return null;
  const to = task.startedAt ?? (task.state === 'queued' ? asOf : null);
  if (to === null || to < task.queuedAt) return null;
  return { from: task.queuedAt, to, seconds: (to - task.queuedAt) / SECOND };
}

/** Waits in runs of own datasets, also for slices that others list, or nobody: they stand in the same queues. */
export const ownWaits = oncePerScene((scene): readonly Wait[] => {
  const datasets = new Set(scene.definition.datasets.map(({ datasetId }) => datasetId));
  const waits: Wait[] = [];
  const add = (run: Attempt, datasetId: string, key: string) => {
    for (const task of scene.tasksOf(run)) {
      const wait = waitOf(task, scene.asOf);
      if (wait !== null) waits.push({ datasetId, key, task, from: wait.from, to: wait.to, seconds: wait.seconds });
    }
  };
  for (const { unit, key, decisive } of scene.tonight.units.values()) add(decisive, unit.datasetId, key);
  for (const { row, attempt } of scene.elsewhere) {
    if (datasets.has(row.datasetId)) add(attempt, row.datasetId, `${row.datasetId}\n`);
  }
  return waits;
});

/** Earlier runs of the units that waited longest. */
export function pastQueues(scene: Scene): RunAddress[] {
  const longest = ownWaits(scene)
    .filter(({ seconds }) => seconds > scene.thresholds.queueAfterS)
    .sort((a, b) => b.seconds - a.seconds);
  const datasets = [...Map.groupBy(longest, ({ datasetId }) => datasetId).values()].slice(0, LOOK.datasets);
  return datasets
    .flatMap((waits) => [...new Set(waits.map(({ key }) => key))].slice(0, LOOK.units))
    .flatMap((key) => latestRuns(scene, key));
}

function latestRuns(scene: Scene, key: string): RunAddress[] {
  return scene.past
    .flatMap(({ units }): UnitTimes[] => (units.has(key) ? [units.get(key) as UnitTimes] : []))
    .filter(({ decisive }) => decisive.status === 'SUCCESS')
    .slice(0, LOOK.runs)
    .flatMap(({ decisive }) => (decisive.dagId === null ? [] : [{ dagId: decisive.dagId, runId: decisive.dagRunId }]));
}

/** By dataset, from the past tasks that were read. */
export const usualWaits = oncePerScene((scene): ReadonlyMap<string, UsualWait> => {
  const seconds = new Map<string, { values: number[]; dates: Set<BusinessDate> }>();
  for (const night of scene.past) {
    for (const { unit, decisive } of night.units.values()) {
      const tasks = scene.tasksOf(decisive);
      if (tasks.length === 0) continue;
      const known = seconds.get(unit.datasetId) ?? { values: [], dates: new Set() };
      known.values.push(...tasks.flatMap((task) => waitOf(task, scene.asOf)?.seconds ?? []));
      known.dates.add(night.businessDate);
      seconds.set(unit.datasetId, known);
    }
  }
  return new Map(
    [...seconds].flatMap(([datasetId, { values, dates }]): [string, UsualWait][] => {
      const [medianS, longS] = [median(values), percentile(values, LONGEST_SHARE)];
      if (medianS === null || longS === null) return [];
      return [[datasetId, { medianS, upperS: longS * BEYOND_USUAL, basis: dates.size }]];
    }),
  );
});
