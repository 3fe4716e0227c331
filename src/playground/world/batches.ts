import { TABLE_COLUMNS, type WorldTables } from './tables.ts';

export type Cell = string | number | null;

export interface WorldDatabaseNames {
  fgw: string;
  airflow: string;
}

/** What the two databases are called in production. */
export const PRODUCTION_DATABASES: WorldDatabaseNames = { fgw: 'FINEGRAINED_WORKFLOW', airflow: 'airflow' };

/** Rows of one table, for one INSERT. */
export interface Batch {
  database: keyof WorldDatabaseNames;
  table: keyof WorldTables;
  columns: readonly string[];
  rows: Cell[][];
}

/** All rows in batches of at most `size`, in the order of their primary keys: the order that indexes like best. */
export function* batchesOf(tables: WorldTables, size: number): Generator<Batch> {
  const tasks = tables.task_instance.toSorted(
    (a, b) => compare(a.dag_id, b.dag_id) || compare(a.task_id, b.task_id) || compare(a.run_id, b.run_id),
  );
  yield* batches('fgw', 'WORKFLOW_RUN_INSTANCE', tables.WORKFLOW_RUN_INSTANCE, size);
  yield* batches('airflow', 'task_instance', tasks, size);
  yield* batches('airflow', 'dag_run', tables.dag_run, size);
}

function* batches(
  database: keyof WorldDatabaseNames,
  table: keyof WorldTables,
  rows: readonly object[],
  size: number,
): Generator<Batch> {
  const columns: readonly string[] = TABLE_COLUMNS[table];
  for (let from = 0; from < rows.length; from += size) {
    const cells = rows
      .slice(from, from + size)
      .map((row) => columns.map((column) => (row as Record<string, Cell>)[column] ?? null));
    yield { database, table, columns, rows: cells };
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
