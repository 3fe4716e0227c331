import type { SQLInputValue } from 'node:sqlite';
import type { QueryRecord } from '../../src/batch/ports.ts';
import { connectMysql, type MysqlOptions } from '../../src/db/connect-mysql.ts';
import { connectSqlite } from '../../src/db/connect-sqlite.ts';
import type { DatabaseNames, Databases } from '../../src/db/databases.ts';
import type { QueryScope } from '../../src/db/tiers/executor.ts';
import type { MysqlServer } from '../servers/mariadb.ts';
import { createDatabases, dropDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb } from '../servers/shared.ts';

export type Row = Record<string, string | number | null>;

/** Rows by table: `WORKFLOW_RUN_INSTANCE` belongs to the first database, the others to the second. */
export type Tables = Partial<Record<'WORKFLOW_RUN_INSTANCE' | 'task_instance' | 'dag_run', readonly Row[]>>;

export interface Backend {
  databases: Databases;
  close(): Promise<void>;
}

/** Every kind of database that the queries run on. */
export const BACKENDS: [name: string, open: (tables: Tables) => Promise<Backend>][] = [
  ['embedded SQLite', openSqlite],
  ['MariaDB', openMariaDb],
];

async function openSqlite(tables: Tables): Promise<Backend> {
  const databases = connectSqlite({ names: { fgw: 'FGW_UNDER_TEST', airflow: 'airflow_under_test' } });
  for (const [table, rows] of Object.entries(tables)) {
    const { sql, values } = insert(table, rows, databases.names, '"');
    databases.sqlite.prepare(sql).run(...(values as SQLInputValue[]));
  }
  databases.makeReadOnly();
  return { databases, close: () => databases.close() };
}

async function openMariaDb(tables: Tables): Promise<Backend> {
  const server = await sharedMariaDb();
  const admin = await openAdmin(server);
  const names = await createDatabases(admin);
  for (const [table, rows] of Object.entries(tables)) {
    const { sql, values } = insert(table, rows, names, '`');
    await admin.query(sql, values);
  }
  const databases = connectMysql({ ...reach(server), names, queryTimeoutS: 10 });
  return {
    databases,
    async close() {
      await databases.close();
      await dropDatabases(admin, names);
      await admin.end();
    },
  };
}

/** The connection settings for a throwaway server. */
export function reach(server: MysqlServer): Omit<MysqlOptions, 'names' | 'queryTimeoutS'> {
  const { host, port, user, password, ca } = server;
  return { host, port, user, password, tls: ca ? { ca } : {} };
}

function insert(
  table: string,
  rows: readonly Row[],
  names: DatabaseNames,
  quote: '"' | '`',
): { sql: string; values: (string | number | null)[] } {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const database = table === 'WORKFLOW_RUN_INSTANCE' ? names.fgw : names.airflow;
  const quoted = (name: string) => `${quote}${name}${quote}`;
  const marks = `(${columns.map(() => '?').join(', ')})`;
  return {
    sql: `INSERT INTO ${quoted(database)}.${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES ${rows.map(() => marks).join(', ')}`,
    values: rows.flatMap((row) => columns.map((column) => row[column] ?? null)),
  };
}

/** A scope for one question, and the evidence that it gathers. */
export function scopeForTest(extra: Partial<QueryScope> = {}): QueryScope & { records: QueryRecord[] } {
  const records: QueryRecord[] = [];
  return {
    records,
    record: (query) => records.push(query),
    signal: new AbortController().signal,
    queryTimeoutS: 10,
    ...extra,
  };
}

let key = 1000;

/** A row of WORKFLOW_RUN_INSTANCE with a key of its own. */
export function runRow(row: Row): Row {
  key += 1;
  return {
    WORKFLOW_RUN_INSTANCE_KEY: key,
    WORKFLOW_KEY: 7,
    WORKFLOW_ID: 'calc',
    DAG_ID: 'calc_V2',
    DAG_RUN_ID: null,
    STATUS: 'SUCCESS',
    STATUS_DETAIL: 'done',
    CREATED_DATE: '2026-02-13 16:37:56',
    UPDATED_DATE: '2026-02-13 17:03:00',
    BUSINESS_DATE: '2026-02-13',
    OUTPUT_DATASET_ID: 'com.x-calc',
    TRIGGER_TYPE: 'ProcessTrigger',
    ...row,
  };
}

/** A row of airflow.task_instance. */
export function taskRow(row: Row): Row {
  return {
    task_id: 'enrich',
    dag_id: 'calc_V2',
    run_id: 'FGW_calc_V2_2026-02-13_A_1771000676695',
    map_index: -1,
    start_date: null,
    end_date: null,
    duration: null,
    state: null,
    try_number: 1,
    max_tries: 2,
    hostname: null,
    operator: null,
    queued_dttm: null,
    updated_at: null,
    ...row,
  };
}
