import type { PoolConnection } from 'mysql2';

/**
 * Sets a fresh connection up so that the server itself enforces what SENTRY promises: UTC, reads only, and an end to every
 * statement. The sql_mode is pinned because the driver escapes with backslashes.
 */
export async function setUpSession(connection: PoolConnection, queryTimeoutS: number): Promise<void> {
  await run(connection, "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'");
  await run(connection, 'SET SESSION TRANSACTION READ ONLY');
  const [row] = (await run(connection, 'SELECT VERSION() AS version')) as { version: string }[];
  const limitMs = Math.max(1, Math.round(queryTimeoutS * 1000));
  const limit = /mariadb/i.test(row?.version ?? '')
    ? `max_statement_time = ${limitMs / 1000}`
    : `max_execution_time = ${limitMs}`;
  await run(connection, `SET SESSION ${limit}, lock_wait_timeout = ${Math.max(1, Math.ceil(queryTimeoutS))}`);
}

function run(connection: PoolConnection, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error, result) => (error ? reject(error) : resolve(result)));
  });
}
