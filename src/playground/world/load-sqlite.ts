import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { TABLE_COLUMNS, type WorldTables } from './tables.ts';

export interface LoadSqliteOptions {
  /** What the two attached databases are called; the production names by default. */
  names?: { fgw: string; airflow: string };
}

/** Writes a world into the embedded databases, whose tables exist, in one transaction. */
export function loadSqlite(sqlite: DatabaseSync, tables: WorldTables, options: LoadSqliteOptions = {}): void {
  const { fgw, airflow } = options.names ?? { fgw: 'FINEGRAINED_WORKFLOW', airflow: 'airflow' };
  sqlite.exec('BEGIN');
  try {
    insert(sqlite, fgw, 'WORKFLOW_RUN_INSTANCE', tables.WORKFLOW_RUN_INSTANCE);
    insert(sqlite, airflow, 'task_instance', tables.task_instance);
    insert(sqlite, airflow, 'dag_run', tables.dag_run);
    sqlite.exec('COMMIT');
  } catch (error) {
    sqlite.exec('ROLLBACK');
    throw error;
  }
}

function insert(sqlite: DatabaseSync, database: string, table: keyof WorldTables, rows: readonly object[]): void {
  const columns = TABLE_COLUMNS[table];
  const into = `"${database.replaceAll('"', '""')}".${table} (${columns.join(', ')})`;
  const statement = sqlite.prepare(`INSERT INTO ${into} VALUES (${columns.map(() => '?').join(', ')})`);
  for (const row of rows)
    statement.run(...columns.map((column) => (row as Record<string, SQLInputValue>)[column] ?? null));
}
