import { expect, it } from 'vitest';
import type { GeneratedNight, NightKind } from '../../../src/playground/world/nights/generated-night.ts';
import { instant } from './read-night.ts';
import { generateSecondNight } from './second-night.ts';

const KINDS: readonly NightKind[] = ['single', 'pair', 'healthy', 'noisy', 'withheld'];
const NIGHTS: readonly GeneratedNight[] = [
  ...KINDS.flatMap((kind) => ['k', 'l'].map((seed) => generateSecondNight({ seed, kind }))),
];

const STATUSES = ['SUCCESS', 'FAILED', 'CANCELLED', 'RUNNING'];
const STATES = ['success', 'failed', 'running', 'queued', 'upstream_failed', 'skipped', null];

function wrong<T>(rows: readonly T[], isRight: (row: T) => boolean): T[] {
  return rows.filter((row) => !isRight(row)).slice(0, 3);
}

it.each(NIGHTS.map((night) => [`${night.kind} ${night.seed} ${night.families.join('+')}`, night] as const))(
  'writes sound rows: %s',
  (_, night) => {
    const { WORKFLOW_RUN_INSTANCE: rows, task_instance: tasks, dag_run: dagRuns } = night.tables;
    expect(
      wrong(rows, (row) => Number.isInteger(row.WORKFLOW_RUN_INSTANCE_KEY) && STATUSES.includes(row.STATUS ?? '')),
    ).toEqual([]);
    expect(new Set(rows.map((row) => row.WORKFLOW_RUN_INSTANCE_KEY)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.DAG_RUN_ID)).size).toBe(rows.length);
    expect(
      wrong(rows, (row) => {
        const epoch = Number(row.DAG_RUN_ID?.slice(-13));
        const [created, updated] = [instant(row.CREATED_DATE), instant(row.UPDATED_DATE)];
        const rewritten = row.TRIGGER_TYPE === 'ManualTrigger';
        return (
          row.DAG_RUN_ID?.startsWith(`FGW_${row.DAG_ID}_${row.BUSINESS_DATE}_`) === true &&
          created <= updated &&
          epoch <= updated + 60_000 &&
          epoch >= created &&
          (rewritten || epoch < created + 60_000)
        );
      }),
    ).toEqual([]);

    const byAddress = new Set(dagRuns.map((run) => `${run.dag_id}/${run.run_id}`));
    expect(byAddress.size).toBe(dagRuns.length);
    expect(new Set(tasks.map((task) => `${task.dag_id}/${task.run_id}/${task.task_id}/${task.map_index}`)).size).toBe(
      tasks.length,
    );
    expect(
      wrong(tasks, (task) => {
        const [queued, start, end] = [task.queued_dttm, task.start_date, task.end_date].map((time) =>
          time === null ? null : instant(time),
        );
        const ordered =
          (queued ?? 0) <= (start ?? Number.POSITIVE_INFINITY) && (start ?? 0) <= (end ?? Number.POSITIVE_INFINITY);
        return (
          STATES.includes(task.state) &&
          ordered &&
          (task.state !== 'failed' || (task.try_number ?? 0) >= 1) &&
          byAddress.has(`${task.dag_id}/${task.run_id}`)
        );
      }),
    ).toEqual([]);
  },
);

it.each(NIGHTS.map((night) => [`${night.kind} ${night.seed} ${night.families.join('+')}`, night] as const))(
  'asks about what is there: %s',
  (_, night) => {
    expect(night.definitions[night.essential]).toBeDefined();
    const tonight = night.tables.WORKFLOW_RUN_INSTANCE.filter((row) => row.BUSINESS_DATE === night.businessDate);
    expect(tonight.some((row) => instant(row.CREATED_DATE) <= night.now)).toBe(true);
    for (const cause of night.truth.causes) {
      const seen = night.tables.task_instance.filter((task) => task.run_id.includes(`_${night.businessDate}`));
      if (cause.taskIds.length > 0) expect(seen.some((task) => cause.taskIds.includes(task.task_id))).toBe(true);
      if (cause.host !== null)
        expect(seen.filter((task) => task.hostname === cause.host).length).toBeGreaterThanOrEqual(3);
      if (cause.operator !== null)
        expect(
          seen.filter((task) => task.operator === cause.operator && task.state === 'failed').length,
        ).toBeGreaterThanOrEqual(3);
    }
  },
);
