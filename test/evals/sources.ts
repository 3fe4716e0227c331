import type { Desk } from '../../src/batch/inquiry/desk.ts';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import type { Sources } from '../../src/batch/ports.ts';
import type { RunRow } from '../../src/batch/run.ts';
import { listedSliceOf, parseRunId } from '../../src/batch/run-id.ts';
import { toDagRunRow } from '../../src/db/queries/get-dag-runs.ts';
import { addressKey } from '../../src/db/queries/run-addresses.ts';
import { toRunRows } from '../../src/db/queries/run-rows.ts';
import { toTaskRow } from '../../src/db/queries/task-rows.ts';
import { UpstreamError } from '../../src/errors.ts';
import { parseDefinition } from '../../src/lenz/response.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import type { WorkflowRunInstanceRow } from '../../src/playground/world/tables.ts';

/** A desk over the tables of a night: complete reads, rows as the tables order them, and its clock. */
export function deskOf(night: GeneratedNight): Desk {
  return {
    sources: sourcesOf(night),
    clock: { now: () => night.now, frozen: true },
    zone: night.zone,
    ...NO_HOUSE_RULES,
  };
}

function sourcesOf({ tables, definitions: documents, now }: GeneratedNight): Sources {
  const byDate = Map.groupBy(tables.WORKFLOW_RUN_INSTANCE, (row) => row.BUSINESS_DATE ?? '');
  const tasks = Map.groupBy(tables.task_instance, (task) => addressKey({ dagId: task.dag_id, runId: task.run_id }));
  const dagRuns = Map.groupBy(tables.dag_run, (run) => addressKey({ dagId: run.dag_id, runId: run.run_id }));
  const definitions = Object.entries(documents).map(([name, document]) => parseDefinition(document, name, now));

  /** Rows of these datasets over a range of dates; `toRunRows` sorts, and nothing may depend on that: their order is restored. */
  const runs = (datasetIds: readonly string[], from: string, to: string, free: 'free text' | 'none'): RunRow[] => {
    const dates = [...byDate.keys()].filter((date) => date >= from && date <= to);
    const records = dates.flatMap((date) => byDate.get(date) ?? []);
    const place = new Map(records.map((record, index) => [record.WORKFLOW_RUN_INSTANCE_KEY, index]));
    return toRunRows(free === 'none' ? records.map(withoutFreeText) : records, {
      datasetIds: new Set(datasetIds),
      from,
      to,
    }).sort((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0));
  };

  return {
    runs: {
      batchStatus: async ({ datasetIds, businessDate }) => runs(datasetIds, businessDate, businessDate, 'free text'),
      batchProgress: async ({ datasetIds, businessDate }) => runs(datasetIds, businessDate, businessDate, 'none'),
      sliceStatus: async ({ datasetId, businessDate, slices }) => {
        const names = new Set(slices);
        return runs([datasetId], businessDate, businessDate, 'free text').filter(
          ({ dagRunId }) => dagRunId !== null && listedSliceOf(parseRunId(dagRunId), businessDate, names) !== null,
        );
      },
      historicalRuns: async ({ datasetIds, from, to }) => runs(datasetIds, from, to, 'none'),
    },
    tasks: {
      attemptTasks: async (stems) => {
        const wanted = new Set(stems.map(({ dagId, stem }) => addressKey({ dagId, runId: stem })));
        return tables.task_instance
          .filter(({ dag_id: dagId, run_id: runId }) => {
            const { stem, hasEpoch } = parseRunId(runId);
            return hasEpoch && wanted.has(addressKey({ dagId, runId: stem }));
          })
          .map(toTaskRow);
      },
      taskDetails: async (addresses) => [...keysOf(addresses)].flatMap((key) => (tasks.get(key) ?? []).map(toTaskRow)),
      dagRuns: async (addresses) => [...keysOf(addresses)].flatMap((key) => (dagRuns.get(key) ?? []).map(toDagRunRow)),
    },
    definitions: {
      names: () => definitions.map((definition) => definition.name),
      get: async (name) => {
        const found = definitions.find((definition) => definition.name === name);
        if (found === undefined) throw new UpstreamError('lenz', 'LENZ_UNKNOWN_NAME', 'unknown', { remedy: 'ask' });
        return found;
      },
      all: async () => ({ definitions: [...definitions], missing: [] }),
    },
  };
}

function withoutFreeText({
  STATUS_DETAIL: _,
  ...row
}: WorkflowRunInstanceRow): Omit<WorkflowRunInstanceRow, 'STATUS_DETAIL'> {
  return row;
}

function keysOf(addresses: Parameters<Sources['tasks']['taskDetails']>[0]): Set<string> {
  return new Set(addresses.map(addressKey));
}
