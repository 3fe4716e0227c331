import type { Connection } from 'mysql2';

/** What a session set-up learnt about the server. */
export interface SessionFacts {
  version: string;
  /** Which server it is: behind a load balancer, the next connection may end at another one. */
  node: string;
}

/** The server ends a statement at this part of the time that it may take, so that it is the first to do so. */
const SERVER_SHARE = 0.9;

/**
 * Sets a fresh connection up so that the server itself enforces what SENTRY promises: UTC, reads only, and an end to every
 * statement. The sql_mode is pinned because the driver escapes with backslashes.
 */
export async function setUpSession(connection: Connection, queryTimeoutS: number): Promise<SessionFacts> {
  await run(connection, "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'");
  await run(connection, 'SET SESSION TRANSACTION READ ONLY');
  const [row] = await run(connection, 'SELECT VERSION() AS version, @@hostname AS host, @@port AS port');
  const version = String(row?.version ?? '');
  const limitMs = Math.max(1, Math.round(queryTimeoutS * 1000 * SERVER_SHARE));
  const limit = isMariaDb(version) ? `max_statement_time = ${limitMs / 1000}` : `max_execution_time = ${limitMs}`;
  await run(connection, `SET SESSION ${limit}, lock_wait_timeout = ${Math.max(1, Math.ceil(queryTimeoutS))}`);
  return { version, node: nodeOf(row) };
}

export function isMariaDb(version: string): boolean {
  return /mariadb/i.test(version);
}

export async function readNode(connection: Connection): Promise<string> {
  const [row] = await run(connection, 'SELECT @@hostname AS host, @@port AS port');
  return nodeOf(row);
}

function nodeOf(row: Record<string, unknown> | undefined): string {
  return `${row?.host}:${row?.port}`;
}

/** Runs one fixed statement of SENTRY's own, which names no table. */
export function run(connection: Connection, sql: string): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error, result) =>
      error ? reject(error) : resolve(Array.isArray(result) ? (result as Record<string, unknown>[]) : []),
    );
  });
}
