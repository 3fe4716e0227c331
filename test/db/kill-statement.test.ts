import { createConnection } from 'mysql2';
import { describe, expect, it } from 'vitest';
import { killStatement } from '../../src/db/kill-statement.ts';
import { reach } from '../conformance/database-backends.ts';
import { openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb } from '../servers/shared.ts';

describe('a second connection', () => {
  it('kills nothing on another node than that of the first', async () => {
    const server = await sharedMariaDb();
    const admin = await openAdmin(server);
    const { host, port, user, password } = reach(server);
    const open = async () =>
      createConnection({ host, port, user, password: String(password), ssl: { rejectUnauthorized: false } });
    const [rows] = await admin.query('SELECT @@hostname AS host, @@port AS port, CONNECTION_ID() AS id');
    const {
      host: name,
      port: number,
      id,
    } = (rows as { host: string; port: number; id: number }[])[0] as { host: string; port: number; id: number };
    const connector = { open, connectTimeoutMs: 2_000 };
    const asleep = admin.query('SELECT SLEEP(0.5) AS killed');
    await killStatement(connector, { threadId: id, node: 'somewhere-else:6150' });
    expect((await asleep)[0]).toEqual([{ killed: 0 }]);

    const shot = admin.query('SELECT SLEEP(60) AS killed').then(
      ([rows]) => rows,
      (error: { code: string }) => error.code,
    );
    await killStatement(connector, { threadId: id, node: `${name}:${number}` });
    expect(['ER_QUERY_INTERRUPTED', [{ killed: 1 }]]).toContainEqual(await shot);
    await admin.end();
  });
});
