import type { Kysely } from 'kysely';
import type { AirflowTables, FgwTables } from './schema.ts';

/** What the two databases are called on this server; the production names by default. */
export interface DatabaseNames {
  fgw: string;
  airflow: string;
}

export const PRODUCTION_NAMES: DatabaseNames = { fgw: 'FINEGRAINED_WORKFLOW', airflow: 'airflow' };

/** Both databases, opened for as long as the process lives. Each Kysely addresses its tables by the database's real name. */
export interface Databases {
  kind: 'mysql' | 'sqlite';
  names: DatabaseNames;
  fgw: Kysely<FgwTables>;
  airflow: Kysely<AirflowTables>;
  close(): Promise<void>;
}
