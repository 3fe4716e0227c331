import type { GeneratedNight } from '../../../../src/playground/world/nights/generated-night.ts';
import type { DagRunRow, TaskInstanceRow, WorkflowRunInstanceRow } from '../../../../src/playground/world/tables.ts';

export const MINUTE = 60_000;

/** UTC text of either database as epoch milliseconds. */
export const instant = (text: string): number => Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);

export const instantOrNull = (text: string | null): number | null => (text === null ? null : instant(text));

export interface ReadRun {
  row: WorkflowRunInstanceRow;
  datasetId: string;
  slice: string | null;
  /** Effective start. */
  start: number;
  updated: number;
  tasks: TaskInstanceRow[];
  dagRun: DagRunRow | undefined;
}

/** The slice that an id carries, taken out of it: fit for tests, where the ids are well-formed. */
export function sliceOf(row: WorkflowRunInstanceRow): string | null {
  const rest = (row.DAG_RUN_ID as string).slice(`FGW_${row.DAG_ID}_${row.BUSINESS_DATE}`.length, -14);
  return rest === '' ? null : rest.slice(1);
}

/** Every run in the workflow table, joined with what Airflow has of it. */
export function readRuns({ tables }: GeneratedNight): ReadRun[] {
  const tasks = Map.groupBy(tables.task_instance, (task) => task.run_id);
  const dagRuns = new Map(tables.dag_run.map((dagRun) => [dagRun.run_id, dagRun]));
  return tables.WORKFLOW_RUN_INSTANCE.map((row) => {
    const id = row.DAG_RUN_ID as string;
    return {
      row,
      datasetId: row.OUTPUT_DATASET_ID as string,
      slice: sliceOf(row),
      start: Math.max(instant(row.CREATED_DATE), Number(id.slice(-13))),
      updated: instant(row.UPDATED_DATE),
      tasks: tasks.get(id) ?? [],
      dagRun: dagRuns.get(id),
    };
  });
}

interface LenzDataset {
  datasetId: string;
  sequenceOrder?: number;
  sliceGroups?: Record<string, string[]>;
}

/** What Lenz says of an essential: its datasets with their slices, in the order of their steps. */
export function readDefinition({ definitions, essential }: Pick<GeneratedNight, 'definitions' | 'essential'>) {
  const document = definitions[essential] as {
    GLOBAL: Record<string, { schemaJson: { datasets: LenzDataset[] } }>;
  };
  return (document.GLOBAL[essential]?.schemaJson.datasets ?? [])
    .map(({ datasetId, sequenceOrder = 0, sliceGroups = {} }) => ({
      datasetId,
      order: sequenceOrder,
      slices: Object.values(sliceGroups).flat(),
    }))
    .sort((a, b) => a.order - b.order);
}

/** Runs of the essential's own units in the phase that is asked about, tonight, as far as the clock has come. */
export function runsOfTonight(night: GeneratedNight, runs = readRuns(night)): ReadRun[] {
  const datasets = new Map(readDefinition(night).map((dataset) => [dataset.datasetId, dataset.slices]));
  return runs.filter((run) => {
    const slices = datasets.get(run.datasetId);
    const listed = slices && (slices.length === 0 || slices.includes(run.slice ?? ''));
    return (
      listed && run.row.BUSINESS_DATE === night.businessDate && inPhase(run, night, runs) && run.start <= night.now
    );
  });
}

function inPhase(run: ReadRun, night: GeneratedNight, runs: readonly ReadRun[]): boolean {
  const final = night.phase === 'FINAL';
  if (run.row.TRIGGER_TYPE !== 'ManualTrigger') return (run.row.TRIGGER_TYPE === 'RerunTrigger') === final;
  const created = instant(run.row.CREATED_DATE);
  const rewritten = run.start - created > 5 * MINUTE;
  const others = runs.filter(
    ({ row, datasetId }) => row.BUSINESS_DATE === night.businessDate && datasetId === run.datasetId,
  );
  const reruns = others.filter(({ row }) => row.TRIGGER_TYPE === 'RerunTrigger');
  if (rewritten) return reruns.some(({ row }) => instant(row.CREATED_DATE) <= created + 60 * MINUTE) === final;
  const earlier = others
    .filter(({ row, slice, start }) => row.TRIGGER_TYPE !== 'ManualTrigger' && slice === run.slice && start < run.start)
    .sort((a, b) => a.start - b.start);
  return (earlier.at(-1)?.row.TRIGGER_TYPE === 'RerunTrigger') === final;
}

/** Of every unit the latest attempt that was not cancelled, or else the latest, with its state at the clock. */
export function unitStates(night: GeneratedNight, runs: readonly ReadRun[]) {
  const units = Map.groupBy(runs, ({ datasetId, slice }) => `${datasetId} ${slice}`);
  return [...units].map(([unit, attempts]) => {
    const stateOf = (run: ReadRun) => (run.updated > night.now ? 'RUNNING' : run.row.STATUS);
    const sorted = [...attempts].sort((a, b) => a.start - b.start);
    const run = sorted.findLast((one) => stateOf(one) !== 'CANCELLED') ?? (sorted.at(-1) as ReadRun);
    return { unit, run, state: stateOf(run), attempts: sorted };
  });
}
