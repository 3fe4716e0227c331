import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Connection } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectMysql, type MysqlOptions } from '../../src/db/connect-mysql.ts';
import type { DatabaseNames, Databases } from '../../src/db/databases.ts';
import { rdsError } from '../../src/db/rds-error.ts';
import { openRunSource } from '../../src/db/run-source.ts';
import { reach, scopeForTest } from '../conformance/database-backends.ts';
import type { MysqlServer } from '../servers/mariadb.ts';
import { createDatabases, dropDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb } from '../servers/shared.ts';

const HOUR = 3_600_000;
const QUERY = { datasetIds: ['com.x-calc'], businessDate: '2026-02-13' };

let server: MysqlServer;
let admin: Connection;
let names: DatabaseNames;
let user: string;
const closing: Databases[] = [];

beforeAll(async () => {
  server = await sharedMariaDb();
  admin = await openAdmin(server);
  names = await createDatabases(admin);
  user = `reader_${randomBytes(4).toString('hex')}`;
  await admin.query(`CREATE USER ${user}@'%' IDENTIFIED BY 'old-token'`);
  await admin.query(`GRANT SELECT ON ${names.fgw}.* TO ${user}@'%'`);
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(closing.splice(0).map((databases) => databases.close()));
  await admin.query(`ALTER USER ${user}@'%' IDENTIFIED BY 'old-token'`);
});
afterAll(async () => {
  await admin.query(`DROP USER ${user}@'%'`);
  await dropDatabases(admin, names);
  await admin.end();
});

function open(more: Partial<MysqlOptions> = {}): Databases {
  const login = { user, password: 'old-token' };
  const databases = connectMysql({ ...reach(server), ...login, names, queryTimeoutS: 5, ...more });
  closing.push(databases);
  return databases;
}

/** The sessions of this file's user, as the server lists them. */
async function sessions(): Promise<{ id: number; statement: string | null; state: string | null }[]> {
  const [rows] = await admin.query(
    'SELECT ID AS id, INFO AS statement, STATE AS state FROM information_schema.PROCESSLIST WHERE USER = ?',
    [user],
  );
  return rows as { id: number; statement: string | null; state: string | null }[];
}

async function idOf(databases: Databases): Promise<number> {
  const { rows } = await sql<{ id: number }>`select connection_id() id`.execute(databases.fgw);
  return Number(rows[0]?.id);
}

const until = (hold: () => Promise<void>) => vi.waitFor(hold, { timeout: 15_000, interval: 20 });

/** Holds back every question until it is let go, so that what happens meanwhile happens while they are in flight. */
async function held(during: () => Promise<void>): Promise<void> {
  const locker = await openAdmin(server);
  try {
    await locker.query(`LOCK TABLES ${names.fgw}.WORKFLOW_RUN_INSTANCE WRITE`);
    await during();
  } finally {
    await locker.end();
  }
}

describe('a pool', () => {
  it('holds 15 connections for 50 questions, and keeps 5 when they are answered', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
    const source = openRunSource(open({ queryTimeoutS: 60 }), scopeForTest({ queryTimeoutS: 60 }));
    let answers: Promise<unknown>[] = [];
    await held(async () => {
      answers = Array.from({ length: 50 }, () => source.batchStatus(QUERY));
      await until(async () => expect(await sessions()).toHaveLength(15));
    });
    expect(await Promise.all(answers)).toHaveLength(50);
    expect(await sessions()).toHaveLength(15);
    vi.advanceTimersByTime(2 * 60_000);
    await until(async () => expect(await sessions()).toHaveLength(5));
  });

  it('says that the database is busy to whom it made wait too long, and serves the next', async () => {
    const source = openRunSource(open({ connectionLimit: 1, acquireTimeoutS: 0.2 }), scopeForTest());
    let first: Promise<unknown> = Promise.resolve();
    await held(async () => {
      first = source.batchStatus(QUERY);
      await until(async () => expect((await sessions())[0]?.statement).toContain('WORKFLOW_RUN_INSTANCE'));
      await expect(source.batchStatus(QUERY)).rejects.toMatchObject({
        code: 'RDS_BUSY',
        message: expect.stringContaining('no free connection'),
      });
    });
    await expect(first).resolves.toEqual([]);
    await expect(source.batchStatus(QUERY)).resolves.toEqual([]);
  });

  it('retires a connection after five hours', async () => {
    let now = 0;
    const databases = open({ connectionLimit: 1, now: () => now });
    const first = await idOf(databases);
    now = 5 * HOUR - 1;
    expect(await idOf(databases)).toBe(first);
    now = 5 * HOUR + 1;
    const second = await idOf(databases);
    expect(second).not.toBe(first);
    now += HOUR;
    expect(await idOf(databases)).toBe(second);
  });

  it('checks a connection that was idle before it is used', async () => {
    let now = 0;
    const databases = open({ connectionLimit: 1, now: () => now });
    const first = await idOf(databases);
    await admin.query(`KILL ${first}`);
    now = 60_000;
    // Nobody's question goes to the dead one.
    expect(await idOf(databases)).not.toBe(first);
  });
});

describe('a token that is renewed', () => {
  it('while 50 questions are in flight loses none of them', async () => {
    let token = 'old-token';
    let now = 0;
    const used: string[] = [];
    const password = async () => {
      used.push(token);
      return token;
    };
    const source = openRunSource(
      open({ password, now: () => now, queryTimeoutS: 60 }),
      scopeForTest({ queryTimeoutS: 60 }),
    );
    let answers: Promise<unknown>[] = [];
    await held(async () => {
      answers = Array.from({ length: 50 }, () => source.batchStatus(QUERY));
      const waiting = async () =>
        (await sessions()).filter(({ statement }) => statement?.includes('WORKFLOW_RUN_INSTANCE'));
      await until(async () => expect(await waiting()).toHaveLength(15));
      await admin.query(`ALTER USER ${user}@'%' IDENTIFIED BY 'new-token'`);
      token = 'new-token';
      // All that are logged in with the old one come of age.
      now = 6 * HOUR;
    });
    const outcomes = await Promise.allSettled(answers);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(new Set(used)).toEqual(new Set(['old-token', 'new-token']));
    expect(used.filter((one) => one === 'new-token').length).toBeGreaterThan(0);
  });

  it('is asked for with each new connection, and its absence told until it is there', async () => {
    let token = 'expired-token';
    const source = openRunSource(open({ password: async () => token }), scopeForTest());
    const told = await Promise.allSettled(Array.from({ length: 20 }, () => source.batchStatus(QUERY)));
    for (const outcome of told) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'RDS_AUTH' } });
    token = 'old-token';
    await expect(source.batchStatus(QUERY)).resolves.toEqual([]);
  });
});

describe('a statement that stalls', () => {
  it('is killed on the server too when the server itself does not end it, and its connection thrown away', async () => {
    const databases = open({ connectionLimit: 1, queryTimeoutS: 0.5 });
    const first = await idOf(databases);
    await sql`set session max_statement_time = 0`.execute(databases.fgw);
    const asked = sql`select sleep(60)`.execute(databases.fgw).then(() => null, rdsError);
    await until(async () => expect((await sessions())[0]?.statement).toContain('sleep(60)'));
    expect(await asked).toMatchObject({ code: 'RDS_TIMEOUT' });
    // A sleeping statement does not notice that its client has gone: it ends by KILL QUERY or after a minute.
    await until(async () => expect((await sessions()).filter(({ statement }) => statement !== null)).toEqual([]));
    expect(await idOf(databases)).not.toBe(first);
  });

  it('is ended by the server first', async () => {
    const databases = open({ connectionLimit: 1, queryTimeoutS: 1 });
    const first = await idOf(databases);
    const told = await sql`select sleep(60)`.execute(databases.fgw).then(() => null, rdsError);
    expect(told).toMatchObject({ code: 'RDS_TIMEOUT', cause: { errno: 1969 } });
    expect(await idOf(databases)).toBe(first);
  });
});
