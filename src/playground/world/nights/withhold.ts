import type { WorldTables } from '../tables.ts';
import type { Family, GeneratedNight, Withheld } from './generated-night.ts';

const ROWS_OF_FAILURE = ['failed_tasks', 'all_tasks_of_failed_run'] as const;

/** Without which rows a family cannot be proven. The other families show in what would be left. */
export const WITHHELD_BY: Readonly<Partial<Record<Family, readonly Withheld[]>>> = {
  task_failure: ROWS_OF_FAILURE,
  retry_exhausted: ROWS_OF_FAILURE,
  shared_dependency: ROWS_OF_FAILURE,
  late_start: ['history'],
  slow_run: ['history'],
  data_skew: ['history'],
};

/** The same night without the rows that would prove what went wrong. */
export function withhold(night: GeneratedNight, withheld: Withheld): GeneratedNight {
  const families = night.truth.causes.map((cause) => cause.family);
  const tables = withheld === 'history' ? withoutHistory(night) : withoutTasks(night, withheld);
  return { ...night, families, tables, truth: { ...night.truth, causes: [], withheld } };
}

function withoutHistory({ tables, businessDate }: GeneratedNight): WorldTables {
  const rows = tables.WORKFLOW_RUN_INSTANCE.filter((row) => (row.BUSINESS_DATE as string) >= businessDate);
  const old = /_(\d{4}-\d{2}-\d{2})_/;
  const stays = ({ run_id }: { run_id: string }) => (old.exec(run_id)?.[1] ?? businessDate) >= businessDate;
  return {
    WORKFLOW_RUN_INSTANCE: rows,
    task_instance: tables.task_instance.filter(stays),
    dag_run: tables.dag_run.filter(stays),
  };
}

function withoutTasks({ tables, businessDate }: GeneratedNight, withheld: Withheld): WorldTables {
  const failed = new Set(
    tables.WORKFLOW_RUN_INSTANCE.filter((row) => row.BUSINESS_DATE === businessDate && row.STATUS === 'FAILED').map(
      (row) => row.DAG_RUN_ID,
    ),
  );
  const goes = (task: WorldTables['task_instance'][number]) =>
    failed.has(task.run_id) && (withheld === 'all_tasks_of_failed_run' || task.state === 'failed');
  return { ...tables, task_instance: tables.task_instance.filter((task) => !goes(task)) };
}
