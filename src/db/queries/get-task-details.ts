import type { Kysely } from 'kysely';
import type { AirflowTables } from '../schema.ts';
import { type AddressGroup, atAddresses } from './run-addresses.ts';
import { TASK_COLUMNS } from './task-rows.ts';

/** `get_task_details`: the last try of every task of these runs. */
export function getTaskDetails(airflow: Kysely<AirflowTables>, about: { group: AddressGroup; limit: number }) {
  return airflow
    .selectFrom('task_instance')
    .where((eb) => atAddresses(eb, about.group))
    .select(TASK_COLUMNS)
    .limit(about.limit);
}
