import { expect, it } from 'vitest';
import type { GeneratedNight, TrueCause } from '../../../src/playground/world/nights/generated-night.ts';
import type { TaskInstanceRow } from '../../../src/playground/world/tables.ts';
import { instant } from './read-night.ts';
import { generateSecondNight } from './second-night.ts';

const SEEDS = ['i', 'ii'];
const MINUTE = 60_000;

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Runs by id with their dataset, date, trigger and slice part, of every date. */
function runsOf(night: GeneratedNight) {
  const final = night.phase === 'FINAL' ? 'RerunTrigger' : 'ProcessTrigger';
  return new Map(
    night.tables.WORKFLOW_RUN_INSTANCE.filter((row) => row.TRIGGER_TYPE === final && row.STATUS !== 'CANCELLED').map(
      (row) => [
        row.DAG_RUN_ID as string,
        {
          dataset: row.OUTPUT_DATASET_ID as string,
          tonight: row.BUSINESS_DATE === night.businessDate,
          unit: (row.DAG_RUN_ID as string).split(`_${row.BUSINESS_DATE}_`)[1]?.slice(0, -14) ?? '',
        },
      ],
    ),
  );
}

function tasksOf(night: GeneratedNight) {
  const runs = runsOf(night);
  return night.tables.task_instance.flatMap((task) => {
    const run = runs.get(task.run_id);
    return run && task.start_date !== null && instant(task.start_date) <= night.now && task.state !== 'upstream_failed'
      ? [{ task, ...run }]
      : [];
  });
}

/** How long a task had run at the clock, milliseconds. */
function age(task: TaskInstanceRow, now: number): number {
  return Math.min(now, task.end_date === null ? now : instant(task.end_date)) - instant(task.start_date as string);
}

it.each(['slow_run', 'data_skew'] as const)('shows a %s in the durations of its task, at the clock', (family) => {
  for (const seed of SEEDS) {
    const night = generateSecondNight({ seed, kind: 'single', families: [family] });
    const [cause] = night.truth.causes as [TrueCause];
    const tasks = tasksOf(night).filter(
      ({ task, dataset }) => dataset === cause.datasetId && cause.taskIds.includes(task.task_id),
    );
    const units = [...new Set(tasks.map(({ unit }) => unit))];
    const slow = units.filter((unit) => {
      const own = tasks.filter((each) => each.unit === unit);
      const usual = median(own.filter((each) => !each.tonight).map(({ task }) => age(task, night.now)));
      return own.some((each) => each.tonight && age(each.task, night.now) > Math.max(2.5 * usual, usual + 15 * MINUTE));
    });
    expect(slow.sort(), seed).toEqual(cause.slices.map((slice) => slice ?? '').sort());
  }
});

it('shows a queue_delay in the waits of many tasks, at the clock', () => {
  for (const seed of SEEDS) {
    const night = generateSecondNight({ seed, kind: 'single', families: ['queue_delay'] });
    const [cause] = night.truth.causes as [TrueCause];
    const waits = (tonight: boolean) =>
      Map.groupBy(
        tasksOf(night).filter((each) => each.tonight === tonight),
        (each) => each.dataset,
      );
    const wait = ({ task }: { task: TaskInstanceRow }) =>
      instant(task.start_date as string) - instant(task.queued_dttm as string);
    const sufferers = [...waits(true)]
      .filter(([, tasks]) => tasks.filter((each) => wait(each) > 8 * MINUTE).length >= 4)
      .map(([dataset]) => dataset);
    if (cause.datasetId === null) expect(sufferers.length, seed).toBeGreaterThanOrEqual(3);
    else expect(sufferers, seed).toEqual([cause.datasetId]);
    for (const [, tasks] of waits(false)) expect(median(tasks.map(wait)), seed).toBeLessThan(3 * MINUTE);
  }
});

it('shows an outage in failures of one operator alone, over several datasets', () => {
  for (const seed of SEEDS) {
    const night = generateSecondNight({ seed, kind: 'single', families: ['shared_dependency'] });
    const [cause] = night.truth.causes as [TrueCause];
    const failed = tasksOf(night).filter((each) => each.tonight && each.task.state === 'failed');
    expect(new Set(failed.map(({ task }) => task.operator)), seed).toEqual(new Set([cause.operator]));
    expect(new Set(failed.map(({ dataset }) => dataset)).size, seed).toBeGreaterThanOrEqual(2);
    const ends = failed.map(({ task }) => instant(task.end_date as string));
    expect(Math.abs(Math.min(...ends) - Date.parse(cause.window?.from ?? '')), seed).toBeLessThan(1000);
    expect(Math.abs(Math.max(...ends) - Date.parse(cause.window?.to ?? '')), seed).toBeLessThan(1000);
  }
});
