import type { Family, Withheld } from '../../../src/playground/world/nights/generated-night.ts';
import type { Random } from '../../../src/playground/world/random.ts';
import type { WorldTables } from '../../../src/playground/world/tables.ts';

/** Families whose proof can be taken away by leaving out rows. The others show in the very rows that make the status. */
export const WITHHOLDABLE: readonly Family[] = [
  'task_failure',
  'retry_exhausted',
  'slow_run',
  'data_skew',
  'late_start',
];

export function drawWithheld(random: Random, family: Family): Withheld {
  return family === 'task_failure' || family === 'retry_exhausted'
    ? random.pick(['failed_tasks', 'all_tasks_of_failed_run'] as const)
    : 'history';
}

/** The tables without the rows that would prove tonight's fault. */
export function withoutProof(tables: WorldTables, withheld: Withheld, tonight: string): WorldTables {
  const rows = tables.WORKFLOW_RUN_INSTANCE;
  const ids = (wanted: (row: (typeof rows)[number]) => boolean) =>
    new Set(rows.filter(wanted).map((row) => row.DAG_RUN_ID as string));
  const failed = ids((row) => row.BUSINESS_DATE === tonight && row.STATUS === 'FAILED');
  if (withheld === 'failed_tasks') {
    return {
      ...tables,
      task_instance: tables.task_instance.filter((task) => !(failed.has(task.run_id) && task.state === 'failed')),
    };
  }
  if (withheld === 'all_tasks_of_failed_run')
    return { ...tables, task_instance: tables.task_instance.filter((task) => !failed.has(task.run_id)) };
  const kept = ids((row) => row.BUSINESS_DATE === tonight);
  return {
    WORKFLOW_RUN_INSTANCE: rows.filter((row) => row.BUSINESS_DATE === tonight),
    task_instance: tables.task_instance.filter((task) => kept.has(task.run_id)),
    dag_run: tables.dag_run.filter((run) => kept.has(run.run_id)),
  };
}
