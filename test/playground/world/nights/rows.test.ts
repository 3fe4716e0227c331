import { describe, expect, it } from 'vitest';
import { generateNight } from '../../../../src/playground/world/nights/generate-night.ts';
import type { NightKind } from '../../../../src/playground/world/nights/generated-night.ts';
import { instant, instantOrNull, type ReadRun, readDefinition, readRuns } from './read-night.ts';

const KINDS: readonly NightKind[] = ['single', 'healthy', 'noisy', 'withheld'];
const NIGHTS = Array.from({ length: 32 }, (_, i) =>
  generateNight({ seed: `rows-${i}`, kind: KINDS[i % KINDS.length] as NightKind }),
);
const STATES = ['success', 'failed', 'running', 'queued', 'upstream_failed', 'skipped', null];

describe.each(NIGHTS.map((night) => [`${night.seed} (${night.kind})`, night] as const))(
  'the rows of %s',
  (_, night) => {
    const runs = readRuns(night);

    it('have keys that are unique and grow with the time of their creation', () => {
      const rows = night.tables.WORKFLOW_RUN_INSTANCE;
      const unordered = rows.filter((row, i) => {
        const before = rows[i - 1];
        return (
          before &&
          (before.WORKFLOW_RUN_INSTANCE_KEY >= row.WORKFLOW_RUN_INSTANCE_KEY || before.CREATED_DATE > row.CREATED_DATE)
        );
      });
      expect(unordered).toEqual([]);
      const tasks = night.tables.task_instance.map((task) => `${task.dag_id} ${task.task_id} ${task.run_id}`);
      expect(new Set(tasks).size).toBe(tasks.length);
      const dagRuns = night.tables.dag_run.map((dagRun) => `${dagRun.dag_id} ${dagRun.run_id}`);
      expect(new Set(dagRuns).size).toBe(dagRuns.length);
    });

    it('carry run ids as the platform makes them, with the moment of the start at the end', () => {
      const odd = runs.filter(({ row, slice, start, updated }) => {
        const epoch = Number((row.DAG_RUN_ID as string).slice(-13));
        const id = `FGW_${row.DAG_ID}_${row.BUSINESS_DATE}${slice === null ? '' : `_${slice}`}_${epoch}`;
        return id !== row.DAG_RUN_ID || epoch !== start || start > updated + 1_000;
      });
      expect(odd).toEqual([]);
    });

    it('have an Airflow run for every run, and tasks that lie inside it in order', () => {
      expect(runs.filter(({ dagRun }) => dagRun === undefined)).toEqual([]);
      expect(runs.flatMap(oddTasks)).toEqual([]);
    });

    it('agree about the outcome of whatever ended', () => {
      const odd = runs.filter(({ row, tasks, dagRun, updated }) => {
        const failed = tasks.some((task) => task.state === 'failed');
        if (row.STATUS === 'SUCCESS')
          return dagRun?.state !== 'success' || tasks.some((task) => task.state !== 'success');
        if (row.STATUS === 'FAILED') return dagRun?.state !== 'failed' || (!failed && night.truth.withheld === null);
        if (row.STATUS === 'CANCELLED')
          return dagRun?.state !== 'failed' || instant(dagRun.end_date ?? '') > updated + 9_000;
        return row.STATUS !== 'RUNNING';
      });
      expect(odd).toEqual([]);
    });

    it('know the datasets that Lenz lists, and only those', () => {
      const listed = Object.keys(night.definitions).flatMap((essential) =>
        readDefinition({ definitions: night.definitions, essential }).map(({ datasetId }) => datasetId),
      );
      expect(runs.filter(({ datasetId }) => !listed.includes(datasetId))).toEqual([]);
      expect(Object.keys(night.definitions)).toContain(night.essential);
    });
  },
);

function oddTasks({ tasks, start, row, updated }: ReadRun): string[] {
  return tasks.flatMap((task) => {
    const [queued, begun, ended] = [task.queued_dttm, task.start_date, task.end_date].map(instantOrNull);
    const times = [start, queued, begun, ended].filter((time) => time !== null && time !== undefined);
    const inOrder = times.every((time, i) => i === 0 || time >= (times[i - 1] as number));
    const inside = row.STATUS === 'RUNNING' || (ended ?? begun ?? start) <= updated + 1_000;
    const known = STATES.includes(task.state) && (task.state !== 'success' || (task.hostname ?? '') !== '');
    const tried = (task.try_number ?? 0) <= (task.max_tries ?? 0) + 1;
    return inOrder && inside && known && tried ? [] : [`${task.run_id} ${task.task_id} ${task.state}`];
  });
}
