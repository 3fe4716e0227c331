import type { Kysely } from 'kysely';
import type { DagRunRow } from '../../batch/run.ts';
import { parseDbInstantOrNull } from '../db-instant.ts';
import type { AirflowTables, DagRun } from '../schema.ts';
import { type AddressGroup, atAddresses } from './run-addresses.ts';

const COLUMNS = ['dag_id', 'run_id', 'state', 'start_date', 'end_date'] as const satisfies readonly (keyof DagRun)[];

export type DagRunRecord = Pick<DagRun, (typeof COLUMNS)[number]>;

/** `get_dag_runs`: what Airflow itself says of these runs. */
export function getDagRuns(airflow: Kysely<AirflowTables>, about: { group: AddressGroup; limit: number }) {
  return airflow
    .selectFrom('dag_run')
    .where((eb) => atAddresses(eb, about.group))
    .select(COLUMNS)
    .limit(about.limit);
}

export function toDagRunRow(record: DagRunRecord): DagRunRow {
  return {
    dagId: record.dag_id,
    runId: record.run_id,
    state: record.state,
    startedAt: parseDbInstantOrNull(record.start_date),
    endedAt: parseDbInstantOrNull(record.end_date),
  };
}
