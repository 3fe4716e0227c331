import { parseDefinition } from '../../src/lenz/response.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import { taskAt } from './rows-at.ts';
import { mayBeOf, sliceOf } from './tables-index.ts';
import type { ToldCause } from './told.ts';

/**
 * What a person does who knows nothing but SQL: the earliest task that failed in any run of the essential's slices on that
 * business date is to blame, if there is one.
 */
export function firstFailedTask(night: GeneratedNight): ToldCause[] {
  const { datasets } = parseDefinition(night.definitions[night.essential], night.essential, 0);
  const runs = new Map(
    night.tables.WORKFLOW_RUN_INSTANCE.filter((row) => {
      const dataset = datasets.find((listed) => listed.datasetId === row.OUTPUT_DATASET_ID);
      if (dataset === undefined || row.BUSINESS_DATE !== night.businessDate || !mayBeOf(row, night.phase)) return false;
      const slice = sliceOf(row.DAG_RUN_ID, night.businessDate);
      return dataset.slices.length === 0 || dataset.slices.includes(slice ?? '');
    }).map((row) => [`${row.DAG_ID}\n${row.DAG_RUN_ID}`, row]),
  );
  const [first] = night.tables.task_instance
    .flatMap((task) => {
      const run = runs.get(`${task.dag_id}\n${task.run_id}`);
      if (run === undefined) return [];
      const { state, startedAt, tryNumber } = taskAt(task, night.now);
      return state === 'failed' && startedAt !== null ? [{ run, task, startedAt, tryNumber }] : [];
    })
    .sort((a, b) => a.startedAt - b.startedAt);
  if (first === undefined) return [];
  return [
    {
      family: (first.tryNumber ?? 1) > 1 ? 'retry_exhausted' : 'task_failure',
      datasetId: first.run.OUTPUT_DATASET_ID,
      slice: sliceOf(first.run.DAG_RUN_ID, night.businessDate) ?? null,
      taskId: first.task.task_id,
      operator: first.task.operator,
      host: first.task.hostname,
      window: null,
    },
  ];
}
