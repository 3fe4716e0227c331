import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../src/db/check-database.ts';
import { connectMysql, type MysqlOptions } from '../../src/db/connect-mysql.ts';
import type { DatabaseNames, Databases } from '../../src/db/databases.ts';
import { openRunSource } from '../../src/db/run-source.ts';
import { reach, scopeForTest } from '../conformance/database-backends.ts';
import { type OwnMariaDb, startOwnMariaDb } from '../servers/mariadb.ts';
import { createDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { signCertificate } from '../servers/throwaway-tls.ts';

const QUERY = { datasetIds: ['com.x-calc'], businessDate: '2026-02-13' };

let server: OwnMariaDb;
let names: DatabaseNames;
let databases: Databases;

const options = (): MysqlOptions => ({ ...reach(server), names, queryTimeoutS: 5 });
const ask = () => openRunSource(databases, scopeForTest()).batchStatus(QUERY);

beforeAll(async () => {
  server = await startOwnMariaDb();
  const admin: Connection = await openAdmin(server);
  names = await createDatabases(admin);
  await admin.end();
  databases = connectMysql(options());
});
afterAll(async () => {
  await databases?.close();
  await server?.stop();
});

describe('a server that is stopped and started again', () => {
  it('is told as unreachable meanwhile, and answers without a restart of SENTRY and without one lost question after', async () => {
    await Promise.all(Array.from({ length: 10 }, ask));
    await server.halt();
    for (const outcome of await Promise.allSettled(Array.from({ length: 10 }, ask)))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'RDS_UNREACHABLE' } });
    await server.resume();
    expect(await Promise.all(Array.from({ length: 10 }, ask))).toHaveLength(10);
  });

  it('with an expired certificate gets no login, unless nobody verifies', async () => {
    await server.halt();
    await signCertificate(server.folder, -1);
    await server.resume();
    await expect(ask()).rejects.toMatchObject({
      code: 'RDS_UNREACHABLE',
      message: expect.stringContaining('expired'),
    });
    const seen = await checkDatabase({ ...options(), tls: {} }, 'fgw');
    expect(seen).toMatchObject({ loggedIn: true, tls: { verified: false } });
    expect(seen.tls?.certificateDays).toBeLessThan(0);
    await signCertificate(server.folder, 30);
    await server.halt();
    await server.resume();
    await expect(ask()).resolves.toEqual([]);
    expect(await checkDatabase(options(), 'fgw')).toMatchObject({ tls: { verified: true, certificateDays: 29 } });
  });
});
