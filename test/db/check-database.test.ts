import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../src/db/check-database.ts';
import type { MysqlOptions } from '../../src/db/connect-mysql.ts';
import type { DatabaseNames } from '../../src/db/databases.ts';
import { reach } from '../conformance/database-backends.ts';
import { freePort } from '../servers/free-port.ts';
import type { MysqlServer } from '../servers/mariadb.ts';
import { createDatabases, dropDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb } from '../servers/shared.ts';
import { createThrowawayTls } from '../servers/throwaway-tls.ts';

let server: MysqlServer;
let admin: Connection;
let names: DatabaseNames;
let reader: string;

beforeAll(async () => {
  server = await sharedMariaDb();
  admin = await openAdmin(server);
  names = await createDatabases(admin);
  reader = `reader_${randomBytes(4).toString('hex')}`;
  await admin.query(`CREATE USER ${reader}@'%' IDENTIFIED BY 'pass'`);
  await admin.query(`GRANT SELECT ON ${names.fgw}.* TO ${reader}@'%'`);
});
afterAll(async () => {
  await admin.query(`DROP USER ${reader}@'%'`);
  await dropDatabases(admin, names);
  await admin.end();
});

const look = (more: Partial<MysqlOptions> = {}, which: 'fgw' | 'airflow' = 'fgw') =>
  checkDatabase({ ...reach(server), names, queryTimeoutS: 10, ...more }, which);

describe('a look at a database', () => {
  it('tells of a login that may only read, over verified TLS', async () => {
    expect(await look({ user: reader, password: 'pass' })).toEqual({
      database: names.fgw,
      address: `${server.host}:${server.port}`,
      reachable: true,
      loggedIn: true,
      connectMs: expect.any(Number),
      latencyMs: expect.any(Number),
      tls: { verified: true, certificateDays: expect.any(Number) },
      serverVersion: expect.stringMatching(/^\d+\.\d+/),
      readOnly: true,
      grantsBeyondSelect: [],
      tokenExpiresAt: null,
      error: null,
    });
  });

  it('tells of rights that go beyond, and of TLS that is not verified', async () => {
    const seen = await look({ tls: {} });
    expect(seen).toMatchObject({ tls: { verified: false }, readOnly: true, error: null });
    expect(seen.grantsBeyondSelect).toEqual(['ALL PRIVILEGES', 'GRANT OPTION']);
  });

  it('tells of a login that was refused, and of a database that it may not use', async () => {
    const refused = { reachable: true, loggedIn: false, connectMs: null, error: { code: 'RDS_AUTH' } };
    expect(await look({ password: 'wrong' })).toMatchObject({ ...refused, tls: { verified: true } });
    expect(await look({ user: reader, password: 'pass' }, 'airflow')).toMatchObject(refused);
  });

  it('tells of a host where nobody listens, and of an authority that is not the right one', async () => {
    const away = { reachable: false, loggedIn: false, tls: null, error: { code: 'RDS_UNREACHABLE' } };
    expect(await look({ port: await freePort() })).toMatchObject(away);
    const folder = await mkdtemp(join(tmpdir(), 'sentry-tls-'));
    try {
      const { ca } = await createThrowawayTls(folder);
      expect(await look({ tls: { ca } })).toMatchObject({
        ...away,
        error: { code: 'RDS_UNREACHABLE', message: expect.stringContaining('authority') },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says when a token ends, but not of one that is signed anew for each login', async () => {
    const password = 'n:1/?Action=connect&X-Amz-Date=20260214T020000Z&X-Amz-Expires=900&X-Amz-Signature=00';
    expect((await look({ password })).tokenExpiresAt).toBe(Date.parse('2026-02-14T02:15:00Z'));
    const renewal = { iamHost: 'n', iamRegion: 'us-east-1', takenFrom: 'signed' } as const;
    expect((await look({ password: async () => password, renewal })).tokenExpiresAt).toBeNull();
  });
});
