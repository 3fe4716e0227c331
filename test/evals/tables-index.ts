import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import type { DagRunRow, TaskInstanceRow, WorkflowRunInstanceRow } from '../../src/playground/world/tables.ts';

/** The tables of a night, by what evidence names rows with. */
export interface TablesIndex {
  run(key: number): WorkflowRunInstanceRow | undefined;
  /** Runs of a dataset on a business date. */
  runsOf(datasetId: string, businessDate: string): readonly WorkflowRunInstanceRow[];
  /** Runs of a dataset on every date. */
  allRunsOf(datasetId: string): readonly WorkflowRunInstanceRow[];
  tasksOf(dagId: string, runId: string): readonly TaskInstanceRow[];
  dagRun(dagId: string, runId: string): DagRunRow | undefined;
}

export function indexTables({ tables }: Pick<GeneratedNight, 'tables'>): TablesIndex {
  const byKey = new Map(tables.WORKFLOW_RUN_INSTANCE.map((row) => [row.WORKFLOW_RUN_INSTANCE_KEY, row]));
  const byDataset = Map.groupBy(tables.WORKFLOW_RUN_INSTANCE, (row) => row.OUTPUT_DATASET_ID ?? '');
  const tasks = Map.groupBy(tables.task_instance, (task) => `${task.dag_id}\n${task.run_id}`);
  const dagRuns = new Map(tables.dag_run.map((run) => [`${run.dag_id}\n${run.run_id}`, run]));
  const allRunsOf = (datasetId: string) => byDataset.get(datasetId) ?? [];
  return {
    run: (key) => byKey.get(key),
    runsOf: (datasetId, businessDate) => allRunsOf(datasetId).filter((row) => row.BUSINESS_DATE === businessDate),
    allRunsOf,
    tasksOf: (dagId, runId) => tasks.get(`${dagId}\n${runId}`) ?? [],
    dagRun: (dagId, runId) => dagRuns.get(`${dagId}\n${runId}`),
  };
}

/** The slice in a run id (null for an id without one), or undefined for an id that is not of that business date. */
export function sliceOf(runId: string | null, businessDate: string): string | null | undefined {
  const marker = `_${businessDate}`;
  const at = runId?.indexOf(marker) ?? -1;
  if (runId === null || at < 0) return undefined;
  const rest = runId.slice(at + marker.length).replace(/_\d{6,}$/, '');
  return rest === '' ? null : rest.slice(1);
}

/** Whether a run may be of the phase: a manual one may be of either. */
export function mayBeOf(row: Pick<WorkflowRunInstanceRow, 'TRIGGER_TYPE'>, phase: 'PRELIM' | 'FINAL'): boolean {
  return row.TRIGGER_TYPE !== (phase === 'PRELIM' ? 'RerunTrigger' : 'ProcessTrigger');
}
