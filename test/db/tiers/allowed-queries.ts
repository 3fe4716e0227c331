import { DummyDriver, Kysely, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler, type SelectQueryNode } from 'kysely';
import { PRODUCTION_NAMES } from '../../../src/db/databases.ts';
import { getAttemptTasks } from '../../../src/db/queries/get-attempt-tasks.ts';
import { getBatchProgress } from '../../../src/db/queries/get-batch-progress.ts';
import { getBatchStatus } from '../../../src/db/queries/get-batch-status.ts';
import { getDagRuns } from '../../../src/db/queries/get-dag-runs.ts';
import { getHistoricalRuns } from '../../../src/db/queries/get-historical-runs.ts';
import { getSliceStatus } from '../../../src/db/queries/get-slice-status.ts';
import { getTaskDetails } from '../../../src/db/queries/get-task-details.ts';
import type { AirflowTables, FgwTables } from '../../../src/db/schema.ts';

/** A Kysely that compiles for MySQL and is connected to nothing. */
function compiler<Tables>(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new MysqlAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new MysqlIntrospector(db),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
  });
}

export const fgw = compiler<FgwTables>().withSchema(PRODUCTION_NAMES.fgw);
export const airflow = compiler<AirflowTables>().withSchema(PRODUCTION_NAMES.airflow);

const ids = ['com.x-a', 'com.x-b'];
const businessDate = '2026-02-13';
const limit = 50_001;
const group = new Map([
  ['calc_V2', ['run-1', 'run-2']],
  ['other', ['run-3']],
]);

const stems = [
  { dagId: 'calc_V2', stem: 'FGW_calc_V2_2026-02-13_A_B' },
  { dagId: 'other', stem: 'FGW_other_2026-02-13' },
];

/** Every ready-made query, with parameters as they come. */
export const READY_MADE = {
  get_batch_status: getBatchStatus(fgw, { datasetIds: ids, businessDate, limit }),
  get_batch_progress: getBatchProgress(fgw, { datasetIds: ids, businessDate, limit }),
  get_slice_status: getSliceStatus(fgw, { datasetId: 'com.x-a', businessDate, slices: ['A_B', 'C'], limit }),
  get_historical_runs: getHistoricalRuns(fgw, { datasetIds: ids, from: '2026-01-01', to: '2026-02-12', limit }),
  get_task_details: getTaskDetails(airflow, { group, limit }),
  get_task_details_of_one_dag: getTaskDetails(airflow, { group: new Map([['calc_V2', ['run-1']]]), limit }),
  get_dag_runs: getDagRuns(airflow, { group, limit }),
  get_attempt_tasks: getAttemptTasks(airflow, { stems, limit }),
};

/** Their nodes, as plain data that a test may change. */
export const readyMadeNodes = (): SelectQueryNode[] =>
  Object.values(READY_MADE).map((query) => structuredClone(query.toOperationNode()) as SelectQueryNode);
