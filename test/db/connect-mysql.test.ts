import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Connection, createServer as createMysqlServer } from 'mysql2';
import type { Connection as AdminConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectMysql, type MysqlOptions } from '../../src/db/connect-mysql.ts';
import type { DatabaseNames } from '../../src/db/databases.ts';
import { rdsError } from '../../src/db/rds-error.ts';
import { openRunSource } from '../../src/db/run-source.ts';
import type { SentryError } from '../../src/errors.ts';
import { reach, scopeForTest } from '../conformance/database-backends.ts';
import { freePort } from '../servers/free-port.ts';
import type { MysqlServer } from '../servers/mariadb.ts';
import { createDatabases, dropDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb } from '../servers/shared.ts';
import { createThrowawayTls } from '../servers/throwaway-tls.ts';

let server: MysqlServer;
let admin: AdminConnection;
let names: DatabaseNames;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  server = await sharedMariaDb();
  admin = await openAdmin(server);
  names = await createDatabases(admin);
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await dropDatabases(admin, names);
  await admin.end();
});

function open(extra: Partial<MysqlOptions> = {}) {
  const databases = connectMysql({ ...reach(server), names, queryTimeoutS: 5, ...extra });
  closing.push(() => databases.close());
  return databases;
}

const QUERY = { datasetIds: ['com.x-calc'], businessDate: '2026-02-13' };

/** Asks for runs, and gives the error. */
async function failure(extra: Partial<MysqlOptions>, scope = {}): Promise<SentryError> {
  const source = openRunSource(open(extra), scopeForTest({ queryTimeoutS: 5, ...scope }));
  return source.batchStatus(QUERY).then(
    () => expect.fail('it should have failed'),
    (error: SentryError) => error,
  );
}

describe('a session', () => {
  it('is in UTC, reads only, ends long statements, and escapes as the driver does', async () => {
    const { fgw } = open({ queryTimeoutS: 2.5 });
    const version = (await sql<{ v: string }>`select version() as v`.execute(fgw)).rows[0]?.v ?? '';
    const [readOnly, limit, expected] = /mariadb/i.test(version)
      ? ['tx_read_only', 'max_statement_time', 2.25]
      : ['transaction_read_only', 'max_execution_time', 2250];
    const { rows } = await sql<Record<string, unknown>>`
      select @@session.time_zone as zone, ${sql.raw(`@@session.${readOnly}`)} as ro, ${sql.raw(`@@session.${limit}`)} as time_limit,
        @@session.sql_mode as mode, @@session.character_set_client as charset`.execute(fgw);
    expect(rows[0]).toMatchObject({ zone: '+00:00', ro: 1, charset: 'utf8mb4' });
    expect(Number(rows[0]?.time_limit)).toBe(expected);
    expect(rows[0]?.mode).not.toMatch(/NO_BACKSLASH_ESCAPES|ANSI_QUOTES/);
  });

  it('is set up on every connection of the pool, once', async () => {
    const { airflow } = open();
    const zones = await Promise.all(
      Array.from({ length: 8 }, () =>
        sql<{ z: string; id: number }>`select @@session.time_zone z, connection_id() id, sleep(0.02)`.execute(airflow),
      ),
    );
    expect(new Set(zones.map((result) => result.rows[0]?.z))).toEqual(new Set(['+00:00']));
    expect(new Set(zones.map((result) => result.rows[0]?.id)).size).toBeGreaterThan(1);
  });

  it('cannot write, not even in a transaction of its own', async () => {
    const { fgw } = open();
    const insert = fgw.insertInto('WORKFLOW_RUN_INSTANCE').values({ WORKFLOW_KEY: 1, WORKFLOW_ID: 'w' } as never);
    await expect(insert.execute()).rejects.toThrow(/READ ONLY/);
    await expect(fgw.transaction().execute((tx) => tx.deleteFrom('WORKFLOW_RUN_INSTANCE').execute())).rejects.toThrow(
      /READ ONLY/,
    );
  });

  it('takes one statement at a time and no file of this machine', async () => {
    const { fgw } = open();
    await expect(sql.raw('select 1; select 2').execute(fgw)).rejects.toMatchObject({ code: 'ER_PARSE_ERROR' });
    await expect(
      sql.raw("load data local infile '/etc/hostname' into table WORKFLOW_RUN_INSTANCE").execute(fgw),
    ).rejects.toThrow();
  });

  it('has the server end a statement that takes too long', async () => {
    const slow = sql`select sleep(30)`.execute(open({ queryTimeoutS: 0.2 }).fgw);
    const error = await slow.then(() => null, rdsError);
    expect(error).toMatchObject({ code: 'RDS_TIMEOUT', upstream: 'rds' });
  });
});

describe('TLS', () => {
  const cipher = async (extra: Partial<MysqlOptions>) => {
    const { rows } = await sql<{ Value: string }>`show session status like 'Ssl_cipher'`.execute(open(extra).fgw);
    return rows[0]?.Value;
  };

  it('is on with a CA, and on without one', async () => {
    expect(await cipher({})).toMatch(/AES|CHACHA/);
    expect(await cipher({ tls: {} })).toMatch(/AES|CHACHA/);
  });

  it('takes the name in the certificate from the setting where one connects elsewhere', async () => {
    expect(await cipher({ tls: { ca: server.ca, serverName: 'localhost' } })).toMatch(/AES|CHACHA/);
    const error = await failure({ tls: { ca: server.ca, serverName: 'fgwrds-prod-node-0.example' } });
    expect(error).toMatchObject({ code: 'RDS_UNREACHABLE', cause: { message: expect.stringMatching(/altnames/) } });
  });

  it('refuses a certificate of another authority', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sentry-tls-'));
    try {
      const { ca } = await createThrowawayTls(folder);
      expect(await failure({ tls: { ca } })).toMatchObject({ code: 'RDS_UNREACHABLE' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('asks for the name of the certificate when the database is given by address', () => {
    expect(() => open({ host: '10.1.2.3' })).toThrow(expect.objectContaining({ code: 'CONFIG' }));
  });

  it('sends no login to a server without TLS', async () => {
    const seen: string[] = [];
    const plain = createMysqlServer((connection) => {
      const raw = connection as unknown as Connection & { stream: Socket; serverHandshake(args: object): void };
      raw.on('error', () => {});
      raw.stream.on('data', (chunk: Buffer) => seen.push(chunk.toString('latin1')));
      const withoutTls = 0xffffff & ~0x800;
      raw.serverHandshake({
        protocolVersion: 10,
        serverVersion: '8.0.36',
        connectionId: 1,
        statusFlags: 2,
        characterSet: 45,
        capabilityFlags: withoutTls,
      });
    });
    plain.listen(0);
    const inner = (plain as unknown as { _server: import('node:net').Server })._server;
    await once(inner, 'listening');
    try {
      const { port } = inner.address() as AddressInfo;
      expect(await failure({ port, tls: {} })).toMatchObject({ code: 'RDS_UNREACHABLE' });
      expect(seen.join('')).not.toContain(server.user);
    } finally {
      await new Promise((resolve) => inner.close(resolve));
    }
  });
});

describe('what goes wrong is told by a code and a remedy, without a secret', () => {
  const password = "wr0ng'&%=token";

  it('a wrong password', async () => {
    const error = await failure({ password });
    expect(error).toMatchObject({ code: 'RDS_AUTH', upstream: 'rds', remedy: expect.stringContaining('RDS_PASSWORD') });
    expect(JSON.stringify([error.message, error.remedy, String(error.cause)])).not.toContain(password);
  });

  it('a database that is not there', async () => {
    expect(await failure({ names: { fgw: 'nowhere', airflow: names.airflow } })).toMatchObject({ code: 'RDS_AUTH' });
  });

  it('a port where nobody listens', async () => {
    expect(await failure({ port: await freePort() })).toMatchObject({ code: 'RDS_UNREACHABLE' });
  });

  it('a server that accepts and says nothing', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    expect(await failure({ port, connectTimeoutS: 0.2 })).toMatchObject({ code: 'RDS_UNREACHABLE' });
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  it('an answer that does not come in time, a full pool, and a question that was stopped', async () => {
    const locker = await openAdmin(server);
    await locker.query(`LOCK TABLES ${names.fgw}.WORKFLOW_RUN_INSTANCE WRITE`);
    try {
      const databases = open({ queryTimeoutS: 1, connectionLimit: 1, acquireTimeoutS: 0.2 });
      const first = openRunSource(databases, scopeForTest({ queryTimeoutS: 1 })).batchStatus(QUERY);
      const second = openRunSource(databases, scopeForTest({ queryTimeoutS: 1 })).batchStatus(QUERY);
      await expect(second).rejects.toMatchObject({ code: 'RDS_BUSY' });
      await expect(first).rejects.toMatchObject({ code: 'RDS_TIMEOUT' });

      const stop = new AbortController();
      const third = openRunSource(open({ queryTimeoutS: 1 }), scopeForTest({ signal: stop.signal })).batchStatus(QUERY);
      setImmediate(() => stop.abort());
      await expect(third).rejects.toMatchObject({ code: 'CANCELLED' });
    } finally {
      await locker.query('UNLOCK TABLES');
      await locker.end();
    }
  });

  it('a pool recovers from each of these', async () => {
    const databases = open({ connectionLimit: 1, queryTimeoutS: 1 });
    const sleep = sql`select sleep(5)`.execute(databases.fgw);
    await expect(sleep).rejects.toThrow();
    await expect(openRunSource(databases, scopeForTest()).batchStatus(QUERY)).resolves.toEqual([]);
  });

  it('a session that the server ended is replaced', async () => {
    const databases = open({ connectionLimit: 1 });
    const { rows } = await sql<{ id: number }>`select connection_id() id`.execute(databases.fgw);
    await admin.query(`KILL ${Number(rows[0]?.id)}`);
    const again = () => openRunSource(databases, scopeForTest()).batchStatus(QUERY);
    await again().catch(() => {});
    await expect(again()).resolves.toEqual([]);
  });
});
