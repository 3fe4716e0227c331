import type { Definition } from '../../src/batch/definition.ts';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import type { Clock, OpenSources } from '../../src/batch/ports.ts';
import type { RunRow, TaskRow } from '../../src/batch/run.ts';
import { UpstreamError } from '../../src/errors.ts';

/** 03:00 in New York on Saturday, after the night of Friday 2026-02-13. */
export const NOW = Date.parse('2026-02-14T08:00:00Z');
export const clock: Clock = { now: () => NOW, frozen: true };
export const ZONE = 'America/New_York';
export const NIGHT = '2026-02-13';
export const names = createEssentialNames();

const CFG = 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1';
const INTERCOMPANY = 'com.jpmc.ct.lri.intercompany-intercompany_results';
const CALCULATOR = 'com.jpmc.ct.lri.derivatives-pb_synthetics_trs_e15';
const UPC = 'com.jpmc.ct.lri.upc-upc_positions_v1';

const definitions: Definition[] = [
  define('TB-Derivatives', [
    [CALCULATOR, 0, ['PB-EMEA-SLICE', 'PB-NA-SLICE']],
    [CFG, 1, ['EMEA_DERIV_CFG', 'GLOBAL_DERIV_CFG']],
    [INTERCOMPANY, 2, ['AWS_OTC_DERIV_AGG_EMEA', 'AWS_CRI_OTC_DERIV_EMEA', 'AWS_OTC_DERIV_AGG_GLOBAL']],
  ]),
  define('SNU', [[UPC, 0, ['SNU_EMEA', 'SNU_NA']]]),
];

function define(name: string, datasets: [string, number, string[]][]): Definition {
  return {
    name,
    datasets: datasets.map(([datasetId, sequenceOrder, slices]) => ({ datasetId, sequenceOrder, slices })),
    effectiveFrom: Date.parse('2025-10-24T17:33:32Z'),
    effectiveTo: null,
    fetchedAt: NOW - 60_000,
  };
}

let key = 1;
const rows: RunRow[] = [];
const tasks: TaskRow[] = [];

interface RunPlan {
  datasetId: string;
  slice: string;
  date?: string;
  from: string;
  to: string;
  status?: string;
  trigger?: string;
  detail?: string;
}

function run(plan: RunPlan): RunRow {
  const date = plan.date ?? NIGHT;
  const createdAt = Date.parse(`${plan.from}:00Z`);
  const row: RunRow = {
    key: key++,
    businessDate: date,
    datasetId: plan.datasetId,
    dagId: `${plan.datasetId.split('-')[1]}_V2`,
    dagRunId: `FGW_${plan.datasetId.split('-')[1]}_V2_${date}_${plan.slice}_${createdAt}`,
    status: plan.status ?? 'SUCCESS',
    createdAt,
    updatedAt: Date.parse(`${plan.to}:00Z`),
    triggerType: plan.trigger ?? 'ProcessTrigger',
    statusDetail: plan.detail ?? null,
  };
  rows.push(row);
  return row;
}

function task(of: RunRow, taskId: string, state: string, more: Partial<TaskRow> = {}): void {
  tasks.push({
    dagId: of.dagId ?? '',
    runId: of.dagRunId ?? '',
    taskId,
    mapIndex: -1,
    state,
    tryNumber: 1,
    maxTries: 1,
    queuedAt: of.createdAt,
    startedAt: of.createdAt,
    endedAt: of.updatedAt,
    updatedAt: of.updatedAt,
    durationS: (of.updatedAt - of.createdAt) / 1000,
    operator: 'EpsEnrichmentOperator',
    hostname: 'pod-17',
    ...more,
  });
}

// Derivatives PRELIM: the calculator is done, EMEA_DERIV_CFG failed on its second attempt, intercompany waits.
for (const slice of ['PB-EMEA-SLICE', 'PB-NA-SLICE']) {
  run({ datasetId: CALCULATOR, slice, from: '2026-02-13T21:00', to: '2026-02-13T21:40' });
  for (const day of ['10', '11', '12'])
    run({
      datasetId: CALCULATOR,
      slice,
      date: `2026-02-${day}`,
      from: `2026-02-${day}T21:00`,
      to: `2026-02-${day}T21:40`,
    });
}
run({ datasetId: CFG, slice: 'GLOBAL_DERIV_CFG', from: '2026-02-13T22:00', to: '2026-02-13T22:50' });
run({ datasetId: CFG, slice: 'EMEA_DERIV_CFG', from: '2026-02-13T22:00', to: '2026-02-13T22:30', status: 'FAILED' });
const failed = run({
  datasetId: CFG,
  slice: 'EMEA_DERIV_CFG',
  from: '2026-02-14T01:47',
  to: '2026-02-14T03:12',
  status: 'FAILED',
  detail: 'DAG failed <!channel> see https://evil.example/x `rm -rf` @here',
});
task(failed, 'start', 'success', { endedAt: failed.createdAt + 1000, durationS: 1 });
task(failed, 'enrich_<!here>_cfg', 'failed', { tryNumber: 2 });
task(failed, 'end', 'upstream_failed', { startedAt: null, endedAt: null, durationS: null, hostname: null });
for (const day of ['10', '11', '12']) {
  for (const slice of ['EMEA_DERIV_CFG', 'GLOBAL_DERIV_CFG'])
    run({ datasetId: CFG, slice, date: `2026-02-${day}`, from: `2026-02-${day}T22:00`, to: `2026-02-${day}T22:50` });
  for (const slice of ['AWS_OTC_DERIV_AGG_EMEA', 'AWS_CRI_OTC_DERIV_EMEA', 'AWS_OTC_DERIV_AGG_GLOBAL'])
    run({
      datasetId: INTERCOMPANY,
      slice,
      date: `2026-02-${day}`,
      from: `2026-02-${day}T23:00`,
      to: `2026-02-${day}T23:30`,
    });
  for (const slice of ['SNU_EMEA', 'SNU_NA'])
    run({ datasetId: UPC, slice, date: `2026-02-${day}`, from: `2026-02-${day}T20:00`, to: `2026-02-${day}T21:00` });
}
// SNU is done.
run({ datasetId: UPC, slice: 'SNU_EMEA', from: '2026-02-13T20:00', to: '2026-02-13T21:00' });
run({ datasetId: UPC, slice: 'SNU_NA', from: '2026-02-13T20:00', to: '2026-02-13T21:10' });

export interface Faults {
  /** Every read of runs fails. */
  runsDown?: boolean;
  /** Every read of tasks and of Airflow's runs fails. */
  tasksDown?: boolean;
  /** Reads of runs never come back. */
  runsHang?: boolean;
  /** Lenz gives none of these definitions: of all, or of those named. */
  lenzDown?: boolean | readonly string[];
}

/** The ports over a few rows in memory. */
export function openSmallWorld(faults: Faults = {}): OpenSources {
  return ({ record, signal }) => {
    async function read<T>(tool: string, found: T[], parameters: readonly unknown[] = []): Promise<T[]> {
      if (faults.runsHang)
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      const isDown = /task|dag_runs/.test(tool) ? faults.tasksDown : faults.runsDown;
      if (isDown)
        throw new UpstreamError('rds', 'RDS_AUTH', 'The database refused the credentials.', {
          remedy: 'Renew the token.',
        });
      record({ tool, sql: 'select 1', parameters, rows: found.length, ms: 1 });
      return found;
    }
    const lenzDown = (name: string) =>
      Array.isArray(faults.lenzDown) ? faults.lenzDown.includes(name) : faults.lenzDown === true;
    const on = (datasetIds: readonly string[], from: string, to: string) =>
      rows.filter((row) => datasetIds.includes(row.datasetId) && row.businessDate >= from && row.businessDate <= to);
    return {
      runs: {
        batchStatus: ({ datasetIds, businessDate }) =>
          read('get_batch_status', on(datasetIds, businessDate, businessDate), [...datasetIds, businessDate]),
        batchProgress: ({ datasetIds, businessDate }) =>
          read('get_batch_progress', on(datasetIds, businessDate, businessDate), [...datasetIds, businessDate]),
        sliceStatus: ({ datasetId, businessDate }) =>
          read('get_slice_status', on([datasetId], businessDate, businessDate)),
        historicalRuns: ({ datasetIds, from, to }) =>
          read('get_historical_runs', on(datasetIds, from, to), [...datasetIds, from, to]),
      },
      tasks: {
        taskDetails: (runs) =>
          read(
            'get_task_details',
            tasks.filter((row) => runs.some((address) => address.runId === row.runId && address.dagId === row.dagId)),
            runs.flatMap(({ dagId, runId }) => [dagId, runId]),
          ),
        attemptTasks: (stems) =>
          read(
            'get_attempt_tasks',
            tasks.filter((row) =>
              stems.some(({ dagId, stem }) => row.dagId === dagId && row.runId.startsWith(`${stem}_`)),
            ),
            stems.flatMap(({ dagId, stem }) => [dagId, `${stem}_`]),
          ),
        dagRuns: () => read('get_dag_runs', []),
      },
      definitions: {
        names: () => definitions.map((definition) => definition.name),
        async get(name) {
          if (lenzDown(name))
            throw new UpstreamError('lenz', 'LENZ_UNREACHABLE', 'Lenz could not be asked.', {
              remedy: 'Check that Lenz is up.',
            });
          const found = definitions.find((definition) => definition.name === name);
          if (!found)
            throw new UpstreamError('lenz', 'LENZ_UNKNOWN_NAME', `Lenz knows no ${name}.`, {
              remedy: 'Check the name.',
            });
          return found;
        },
        all: async () => ({
          definitions: definitions.filter(({ name }) => !lenzDown(name)),
          missing: definitions
            .filter(({ name }) => lenzDown(name))
            .map(({ name }) => ({ name, reason: 'Lenz could not be asked.' })),
        }),
      },
    };
  };
}
