import type { Definition } from '../../../src/batch/definition.ts';
import type { Desk } from '../../../src/batch/inquiry/desk.ts';
import { type HouseRules, NO_HOUSE_RULES } from '../../../src/batch/inquiry/house-rules.ts';
import type { DagRunRow, RunRow, TaskRow } from '../../../src/batch/run.ts';
import { parseRunId } from '../../../src/batch/run-id.ts';
import { UpstreamError } from '../../../src/errors.ts';
import { MORNING } from '../night-builder.ts';

export interface DeskSketch {
  definitions: readonly Definition[];
  rows: readonly RunRow[];
  tasks?: readonly TaskRow[];
  dagRuns?: readonly DagRunRow[];
  now?: number;
  /** Rows that one read may return. */
  bound?: number;
  airflowAway?: boolean;
  /** Reads over a range of dates fail. */
  historyAway?: boolean;
  rules?: Partial<HouseRules>;
  missing?: readonly { name: string; reason: string }[];
}

/** A desk over rows in memory; `reads` names the queries made. */
export function deskOver(sketch: DeskSketch): { desk: Desk; reads: string[] } {
  const { definitions, rows, tasks = [], dagRuns = [], now = MORNING, bound = 50_000 } = sketch;
  const reads: string[] = [];
  const select = (tool: string, matches: (row: RunRow) => boolean) => {
    reads.push(tool);
    if (sketch.historyAway && tool === 'get_historical_runs')
      return Promise.reject(new UpstreamError('rds', 'RDS_TIMEOUT', 'too slow', { remedy: 'ask again' }));
    const found = rows.filter(matches);
    if (found.length > bound)
      throw new UpstreamError('rds', 'RDS_TRUNCATED', 'too many rows', { remedy: 'ask for less' });
    return Promise.resolve(found);
  };
  const airflow = <T>(tool: string, asked: readonly unknown[], found: T[]): Promise<T[]> => {
    if (asked.length === 0) return Promise.resolve([]);
    reads.push(tool);
    if (sketch.airflowAway) {
      return Promise.reject(new UpstreamError('rds', 'RDS_UNREACHABLE', 'Airflow is away', { remedy: 'wait' }));
    }
    return Promise.resolve(found);
  };
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const desk: Desk = {
    clock: { now: () => now, frozen: true },
    zone: 'America/New_York',
    ...NO_HOUSE_RULES,
    ...sketch.rules,
    sources: {
      runs: {
        batchStatus: ({ datasetIds, businessDate }) =>
          select('get_batch_status', (r) => datasetIds.includes(r.datasetId) && r.businessDate === businessDate),
        batchProgress: async ({ datasetIds, businessDate }) =>
          (
            await select(
              'get_batch_progress',
              (r) => datasetIds.includes(r.datasetId) && r.businessDate === businessDate,
            )
          ).map(({ statusDetail: _, ...row }) => row),
        sliceStatus: ({ datasetId, businessDate, slices }) =>
          select(
            'get_slice_status',
            (r) =>
              r.datasetId === datasetId &&
              r.businessDate === businessDate &&
              slices.some((slice) => r.dagRunId?.includes(`_${businessDate}_${slice}_`)),
          ),
        historicalRuns: ({ datasetIds, from, to }) =>
          select(
            'get_historical_runs',
            (r) => datasetIds.includes(r.datasetId) && r.businessDate >= from && r.businessDate <= to,
          ),
      },
      tasks: {
        taskDetails: (runs) =>
          airflow(
            'get_task_details',
            runs,
            tasks.filter((task) => runs.some((run) => run.runId === task.runId)),
          ),
        attemptTasks: (stems) =>
          airflow(
            'get_attempt_tasks',
            stems,
            tasks.filter((task) =>
              stems.some(({ dagId, stem }) => task.dagId === dagId && parseRunId(task.runId).stem === stem),
            ),
          ),
        dagRuns: (runs) =>
          airflow(
            'get_dag_runs',
            runs,
            dagRuns.filter((row) => runs.some((run) => run.runId === row.runId)),
          ),
      },
      definitions: {
        names: () => [...byName.keys()],
        get: async (name) => {
          const found = byName.get(name);
          if (found === undefined) throw new UpstreamError('lenz', 'LENZ_UNKNOWN_NAME', 'unknown', { remedy: 'ask' });
          return found;
        },
        all: async () => ({ definitions: [...definitions], missing: [...(sketch.missing ?? [])] }),
      },
    },
  };
  return { desk, reads };
}
