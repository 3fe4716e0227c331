import type { Connection } from 'mysql2/promise';
import { batchesOf, PRODUCTION_DATABASES, type WorldDatabaseNames } from './batches.ts';
import type { WorldTables } from './tables.ts';

/** Rows a statement: below the server's usual packet limit by far. */
const BATCH = 1000;

export interface LoadMysqlOptions {
  /** What the two databases are called; the production names by default. */
  names?: WorldDatabaseNames;
}

/**
 * Writes a world into throwaway databases on MySQL or MariaDB, whose tables exist already, in one transaction. The
 * session's time zone becomes UTC. Never meant for a server that anybody else uses.
 */
export async function loadMysql(
  connection: Connection,
  tables: WorldTables,
  options: LoadMysqlOptions = {},
): Promise<void> {
  const names = options.names ?? PRODUCTION_DATABASES;
  await connection.query("SET SESSION time_zone = '+00:00'");
  await connection.beginTransaction();
  try {
    for (const { database, table, columns, rows } of batchesOf(tables, BATCH)) {
      await connection.query('INSERT INTO ??.?? (??) VALUES ?', [names[database], table, columns, rows]);
    }
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}
