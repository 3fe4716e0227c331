import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { connectSqlite, type SqliteDatabases } from '../../src/db/connect-sqlite.ts';

const open: SqliteDatabases[] = [];
afterEach(async () => {
  for (const databases of open.splice(0)) await databases.close();
});
function connect(options: Parameters<typeof connectSqlite>[0] = {}): SqliteDatabases {
  const databases = connectSqlite(options);
  open.push(databases);
  return databases;
}

const RUN = {
  WORKFLOW_KEY: 1,
  WORKFLOW_ID: 'w',
  CREATED_DATE: '2026-02-13 16:00:00',
  UPDATED_DATE: '2026-02-13 16:00:00',
};

describe('the embedded databases', () => {
  it('carry the production names, or any others', async () => {
    expect(connect().names).toEqual({ fgw: 'FINEGRAINED_WORKFLOW', airflow: 'airflow' });
    const databases = connect({ names: { fgw: 'odd "name"', airflow: 'select' } });
    await databases.fgw
      .insertInto('WORKFLOW_RUN_INSTANCE')
      .values(RUN as never)
      .execute();
    expect(await databases.fgw.selectFrom('WORKFLOW_RUN_INSTANCE').select('WORKFLOW_ID').execute()).toEqual([
      { WORKFLOW_ID: 'w' },
    ]);
    expect(await databases.airflow.selectFrom('dag_run').select('run_id').execute()).toEqual([]);
  });

  it('are apart from those of another connection, and kept in files where files are named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sentry-sqlite-'));
    try {
      const files = { fgw: join(folder, 'fgw.db'), airflow: join(folder, 'airflow.db') };
      const first = connect({ files });
      await first.fgw
        .insertInto('WORKFLOW_RUN_INSTANCE')
        .values(RUN as never)
        .execute();
      await first.close();
      const count = async (databases: SqliteDatabases) =>
        (await databases.fgw.selectFrom('WORKFLOW_RUN_INSTANCE').select('WORKFLOW_ID').execute()).length;
      expect(await count(connect({ files }))).toBe(1);
      expect(await count(connect())).toBe(0);
    } finally {
      for (const databases of open.splice(0)) await databases.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('refuse every write once they are read-only', async () => {
    const databases = connect();
    databases.makeReadOnly();
    const writes = [
      databases.fgw
        .insertInto('WORKFLOW_RUN_INSTANCE')
        .values(RUN as never)
        .execute(),
      databases.airflow.deleteFrom('task_instance').execute(),
      sql`drop table airflow.dag_run`.execute(databases.airflow),
    ];
    for (const write of writes) await expect(write).rejects.toThrow(/readonly/);
  });

  it('take a misspelt column for a mistake, not for text', async () => {
    const query = connect()
      .fgw.selectFrom('WORKFLOW_RUN_INSTANCE')
      .select('STATE' as 'STATUS')
      .execute();
    await expect(query).rejects.toThrow(/no such column/);
  });
});
