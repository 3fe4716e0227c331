import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../src/db/check-database.ts';
import { connectMysql, type MysqlOptions } from '../../src/db/connect-mysql.ts';
import { rdsError } from '../../src/db/rds-error.ts';
import { type MysqlGate, startMysqlGate } from '../servers/mysql-gate.ts';
import { createThrowawayTls } from '../servers/throwaway-tls.ts';

const TOKEN = (signature: string) =>
  `node-0.example:6150/?Action=connect&DBUser=reader&X-Amz-Date=20260214T020000Z&X-Amz-Expires=900&X-Amz-Signature=${signature}`;

let folder: string;
let ca: string;
let tls: { key: string; cert: string };
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sentry-gate-'));
  const made = await createThrowawayTls(folder);
  ca = made.ca;
  tls = { key: await readFile(made.keyPath, 'utf8'), cert: await readFile(made.certPath, 'utf8') };
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await rm(folder, { recursive: true, force: true });
});

async function gate(accepts: (token: string) => boolean, offersTls = true): Promise<MysqlGate> {
  const started = await startMysqlGate({ accepts, ...(offersTls ? { tls } : {}) });
  closing.unshift(() => started.stop());
  return started;
}

function options(port: number, more: Partial<MysqlOptions>): MysqlOptions {
  const login = { host: '127.0.0.1', port, user: 'reader', password: TOKEN('00') };
  return { ...login, tls: { ca }, queryTimeoutS: 2, ...more };
}

function ask(port: number, more: Partial<MysqlOptions>) {
  const databases = connectMysql(options(port, more));
  const asked = sql<{ version: string }>`select version() as version`.execute(databases.fgw);
  return asked
    .then(
      ({ rows }) => rows,
      (error: unknown) => rdsError(error),
    )
    .finally(() => databases.close());
}

describe('a database that demands the token as it is', () => {
  it('gets it whole, and only inside TLS', async () => {
    const door = await gate((token) => token === TOKEN('00'));
    expect(await ask(door.port, {})).toMatchObject([{ version: '8.0.36' }]);
    expect(await ask(door.port, { tls: {} })).toMatchObject([{ version: '8.0.36' }]);
    expect(door.tokens).toEqual([TOKEN('00'), TOKEN('00')]);
    expect(door.inTheClear().length).toBeGreaterThan(0);
    expect(door.inTheClear()).not.toMatch(/reader|Amz/);
  });

  it('gets nothing at all without TLS', async () => {
    const door = await gate(() => true, false);
    expect(await ask(door.port, { tls: {} })).toMatchObject({
      code: 'RDS_UNREACHABLE',
      message: expect.stringContaining('no TLS'),
    });
    expect(door.inTheClear()).toBe('');
  });

  it('gets none when its certificate is for another host', async () => {
    const door = await gate(() => true);
    expect(await ask(door.port, { tls: { ca, serverName: 'node-0.example' } })).toMatchObject({
      code: 'RDS_UNREACHABLE',
      remedy: expect.stringContaining('RDS_TLS_SERVER_NAME'),
    });
    expect(door.tokens).toEqual([]);
  });

  it('and refuses an expired one is answered with the command that makes another', async () => {
    const door = await gate((token) => token === TOKEN('11'));
    const renewal = { iamHost: 'node-0.example', iamRegion: 'us-east-1', takenFrom: 'password-file' } as const;
    let token = TOKEN('00');
    const databases = connectMysql(options(door.port, { password: async () => token, renewal }));
    closing.unshift(() => databases.close());
    const question = () => sql`select 1`.execute(databases.fgw);
    const told = await question().catch((error: unknown) => error);
    expect(told).toMatchObject({ code: 'RDS_AUTH', upstream: 'rds' });
    const { message, remedy } = told as { message: string; remedy: string };
    expect(remedy).toContain(
      `aws rds generate-db-auth-token --hostname node-0.example --port ${door.port} --username reader --region us-east-1`,
    );
    expect(`${message} ${remedy}`).not.toMatch(/Amz|Action=/);
    token = TOKEN('11');
    await expect(question()).resolves.toBeDefined();
  });

  it('takes the token that was renewed while it refused the last one', async () => {
    const door = await gate((token) => token === TOKEN('11'));
    const given = [TOKEN('00'), TOKEN('11')];
    expect(await ask(door.port, { password: async () => given.shift() ?? 'none' })).toHaveLength(1);
    expect(door.tokens).toEqual([TOKEN('00'), TOKEN('11')]);
  });

  it('is not asked again with the same token', async () => {
    const door = await gate(() => false);
    expect(await ask(door.port, { password: async () => TOKEN('00') })).toMatchObject({ code: 'RDS_AUTH' });
    expect(door.tokens).toEqual([TOKEN('00')]);
  });

  it('is looked at: reachable, verified, login refused, when the token ends', async () => {
    const door = await gate(() => false);
    const seen = await checkDatabase(options(door.port, {}), 'airflow');
    expect(seen).toMatchObject({
      database: 'airflow',
      reachable: true,
      loggedIn: false,
      connectMs: null,
      tls: { verified: true },
      tokenExpiresAt: Date.parse('2026-02-14T02:15:00Z'),
      error: { code: 'RDS_AUTH' },
    });
    expect(JSON.stringify(seen)).not.toMatch(/Amz|Action=/);
  });
});
