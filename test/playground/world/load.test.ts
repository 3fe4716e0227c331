import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectSqlite } from '../../../src/db/connect-sqlite.ts';
import type { DatabaseNames } from '../../../src/db/databases.ts';
import { defaultNow } from '../../../src/playground/world/calendar.ts';
import { loadMysql } from '../../../src/playground/world/load-mysql.ts';
import { loadSqlite } from '../../../src/playground/world/load-sqlite.ts';
import { createWorld } from '../../../src/playground/world/world.ts';
import { createDatabases, dropDatabases, openAdmin } from '../../servers/mysql-databases.ts';
import { sharedMariaDb } from '../../servers/shared.ts';

const { tables } = createWorld({ seed: 'sentry', now: defaultNow(Date.parse('2026-11-22T18:00:00Z')) });
const hostile = tables.WORKFLOW_RUN_INSTANCE.find((row) => row.STATUS_DETAIL?.includes('\u001b'));
const lastTask = tables.task_instance.at(-1);

describe('the world in SQLite', () => {
  const databases = connectSqlite({ names: { fgw: 'FGW_COPY', airflow: 'airflow_copy' } });
  beforeAll(() => loadSqlite(databases.sqlite, tables, { names: databases.names }));
  afterAll(() => databases.close());

  it('holds every row of it', () => {
    const count = (table: string) => databases.sqlite.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;
    expect(count('FGW_COPY.WORKFLOW_RUN_INSTANCE')).toBe(tables.WORKFLOW_RUN_INSTANCE.length);
    expect(count('airflow_copy.task_instance')).toBe(tables.task_instance.length);
    expect(count('airflow_copy.dag_run')).toBe(tables.dag_run.length);
  });

  it('holds every value as it was', async () => {
    const run = databases.fgw
      .selectFrom('WORKFLOW_RUN_INSTANCE')
      .selectAll()
      .where('WORKFLOW_RUN_INSTANCE_KEY', '=', hostile?.WORKFLOW_RUN_INSTANCE_KEY ?? 0);
    expect(await run.executeTakeFirst()).toEqual(hostile);
    const task = databases.airflow
      .selectFrom('task_instance')
      .selectAll()
      .where('run_id', '=', lastTask?.run_id ?? '')
      .where('task_id', '=', lastTask?.task_id ?? '');
    expect(await task.executeTakeFirst()).toEqual(lastTask);
  });

  it('leaves nothing behind when it cannot be loaded whole', () => {
    expect(() => loadSqlite(databases.sqlite, tables, { names: databases.names })).toThrow(/UNIQUE/);
    expect(databases.sqlite.isTransaction).toBe(false);
  });
});

describe('the world in MariaDB', () => {
  let admin: Connection;
  let names: DatabaseNames;
  beforeAll(async () => {
    admin = await openAdmin(await sharedMariaDb());
    names = await createDatabases(admin);
    await loadMysql(admin, tables, { names });
  });
  afterAll(async () => {
    if (names) await dropDatabases(admin, names);
    await admin?.end();
  });

  it('holds every row of it', async () => {
    const count = async (table: string) => {
      const [rows] = await admin.query(`SELECT count(*) AS n FROM ${table}`);
      return (rows as { n: number }[])[0]?.n;
    };
    expect(await count(`${names.fgw}.WORKFLOW_RUN_INSTANCE`)).toBe(tables.WORKFLOW_RUN_INSTANCE.length);
    expect(await count(`${names.airflow}.task_instance`)).toBe(tables.task_instance.length);
    expect(await count(`${names.airflow}.dag_run`)).toBe(tables.dag_run.length);
  });

  it('holds every value as it was', async () => {
    const [runs] = await admin.query(
      `SELECT * FROM ${names.fgw}.WORKFLOW_RUN_INSTANCE WHERE WORKFLOW_RUN_INSTANCE_KEY = ?`,
      [hostile?.WORKFLOW_RUN_INSTANCE_KEY],
    );
    expect(runs).toEqual([hostile]);
    const [tasks] = await admin.query(
      `SELECT * FROM ${names.airflow}.task_instance WHERE dag_id = ? AND run_id = ? AND task_id = ?`,
      [lastTask?.dag_id, lastTask?.run_id, lastTask?.task_id],
    );
    expect(tasks).toEqual([lastTask]);
  });
});
