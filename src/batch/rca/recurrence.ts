import type { BusinessDate } from '../business-date.ts';
import type { Instant } from '../instant.ts';
import { MINUTE } from '../instant.ts';
import { memoizeWeakly } from '../memoize.ts';
import type { RunAddress, TaskRow } from '../run.ts';
import type { Attempt } from '../state.ts';
import { pastTable } from '../timing/past-table.ts';
import type { Timeline, UnitTimes } from '../timing/timeline.ts';
import type { Recurrence } from './cause.ts';
import { failedAt } from './failed-units.ts';
import type { Scene } from './scene.ts';

/** How many of the latest business dates on which a dataset ran say whether a failure is an old acquaintance. */
const DATES = 10;

/**
 * How often a task of a dataset failed on its latest business dates, in any unit or in those of `units` (`unitKey`). Null where
 * history or its tasks were not read, or there is none.
 */
export function recurrenceOf(
  scene: Scene,
  datasetId: string,
  taskId: string,
  units: ReadonlySet<string> | null,
): Recurrence | null {
  if (scene.unread.has('history') || scene.unread.has('past_tasks')) return null;
  const nights = latestNights(scene, datasetId);
  if (nights.length === 0) return null;
  const failures = nights.flatMap((night) => {
    const hits = night.units
      .filter(({ key }) => units === null || units.has(key))
      .flatMap((times) =>
        failuresOf(scene, times)
          .filter((task) => task.taskId === taskId)
          .map((task) => ({ times, at: failedAt(task) })),
      );
    const first = hits.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))[0];
    return first === undefined ? [] : [{ businessDate: night.businessDate, ...first }];
  });
  const last = failures[0];
  return {
    failed: failures.length,
    of: nights.length,
    dates: failures.map(({ businessDate }) => businessDate),
    lastRemedy: last === undefined ? null : remedyOf(last.times, last.at, last.businessDate),
  };
}

/** Every task of the own datasets that failed on the latest business dates, most often first. */
export function recurrencesOf(scene: Scene): { datasetId: string; taskId: string; recurrence: Recurrence }[] {
  return scene.definition.datasets
    .flatMap(({ datasetId }) => {
      const failures = latestNights(scene, datasetId).flatMap((night) =>
        night.units.flatMap((times) => failuresOf(scene, times)),
      );
      const taskIds = [...new Set(failures.map(({ taskId }) => taskId))].sort();
      return taskIds.flatMap((taskId) => {
        const recurrence = recurrenceOf(scene, datasetId, taskId, null);
        return recurrence === null ? [] : [{ datasetId, taskId, recurrence }];
      });
    })
    .sort((a, b) => b.recurrence.failed - a.recurrence.failed);
}

/** Earlier runs that failed, whose tasks say at what: those of datasets that fail tonight first. */
export function failedRunsOf(scene: Scene): RunAddress[] {
  const failing = (datasetId: string) =>
    scene.state.datasets.some((dataset) => dataset.datasetId === datasetId && dataset.status === 'FAILED');
  return scene.definition.datasets
    .toSorted((a, b) => Number(failing(b.datasetId)) - Number(failing(a.datasetId)))
    .flatMap(({ datasetId }) => failedBefore(scene.past).get(datasetId) ?? []);
}

function addressOf({ dagId, dagRunId }: Attempt): RunAddress[] {
  return dagId === null ? [] : [{ dagId, runId: dagRunId }];
}

interface DatasetNight {
  businessDate: BusinessDate;
  units: UnitTimes[];
}

/** The latest business dates on which each dataset ran, newest first. */
const nightsByDataset = memoizeWeakly((past: readonly Timeline[]): ReadonlyMap<string, DatasetNight[]> => {
  const nights = new Map<string, DatasetNight[]>();
  let open = pastTable(past).rowsOf.size;
  for (const { businessDate, units } of past) {
    if (open === 0) break;
    for (const [datasetId, own] of Map.groupBy(units.values(), ({ unit }) => unit.datasetId)) {
      const known = nights.get(datasetId) ?? [];
      if (known.length === DATES) continue;
      known.push({ businessDate, units: own });
      if (known.length === DATES) open -= 1;
      nights.set(datasetId, known);
    }
  }
  return nights;
});

/** The runs that failed on these dates, by dataset. */
const failedBefore = memoizeWeakly((past: readonly Timeline[]): ReadonlyMap<string, RunAddress[]> => {
  const failed = new Map<string, RunAddress[]>();
  for (const [datasetId, nights] of nightsByDataset(past)) {
    const attempts = nights.flatMap(({ units }) => units.flatMap((unit) => unit.attempts));
    failed.set(datasetId, attempts.filter(({ status }) => status === 'FAILED').flatMap(addressOf));
  }
  return failed;
});

function latestNights(scene: Scene, datasetId: string): readonly DatasetNight[] {
  return nightsByDataset(scene.past).get(datasetId) ?? [];
}

/** The tasks that failed in any attempt of a unit, also in attempts that a retry overwrote in the run table. */
function failuresOf(scene: Scene, { attempts }: UnitTimes): TaskRow[] {
  return attempts
    .flatMap((attempt) => [
      ...(attempt.rewritten ? scene.tasksBefore(attempt) : []),
      ...(attempt.status === 'FAILED' ? scene.tasksOf(attempt) : []),
    ])
    .filter(({ state }) => state === 'failed');
}

function remedyOf({ decisive }: UnitTimes, at: Instant | null, businessDate: string): Recurrence['lastRemedy'] {
  if (decisive.status !== 'SUCCESS' || decisive.endedAt === null || at === null || decisive.endedAt < at) return null;
  return {
    businessDate,
    how: decisive.triggerType === 'ManualTrigger' ? 'manual_retry' : 'rerun',
    afterMinutes: Math.round((decisive.endedAt - at) / MINUTE),
  };
}
