import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Batch, batchesOf, PRODUCTION_DATABASES, type WorldDatabaseNames } from './batches.ts';
import type { WorldTables } from './tables.ts';

/** Rows a statement: more of them save less and less. */
const BATCH = 50;

export interface LoadSqliteOptions {
  /** What the two attached databases are called; the production names by default. */
  names?: WorldDatabaseNames;
}

/** Writes a world into the embedded databases, whose tables exist already, in one transaction. */
export function loadSqlite(sqlite: DatabaseSync, tables: WorldTables, options: LoadSqliteOptions = {}): void {
  const names = options.names ?? PRODUCTION_DATABASES;
  const statements = new Map<string, StatementSync>();
  const statementFor = (batch: Batch): StatementSync => {
    const key = `${batch.table} ${batch.rows.length}`;
    const statement = statements.get(key) ?? sqlite.prepare(insertOf(batch, names));
    statements.set(key, statement);
    return statement;
  };
  sqlite.exec('BEGIN');
  try {
    for (const batch of batchesOf(tables, BATCH)) statementFor(batch).run(...batch.rows.flat());
    sqlite.exec('COMMIT');
  } catch (error) {
    sqlite.exec('ROLLBACK');
    throw error;
  }
}

function insertOf(batch: Batch, names: WorldDatabaseNames): string {
  const into = `"${names[batch.database].replaceAll('"', '""')}".${batch.table} (${batch.columns.join(', ')})`;
  const row = `(${batch.columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ${into} VALUES ${batch.rows.map(() => row).join(', ')}`;
}
