import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Answer } from '../../src/agent/answer.ts';
import type { DatabaseNames } from '../../src/db/databases.ts';
import { type LenzServer, startLenz } from '../../src/playground/lenz/server.ts';
import { WORLD_SEED } from '../../src/playground/open-world.ts';
import { loadMysql } from '../../src/playground/world/load-mysql.ts';
import type { WorldTables } from '../../src/playground/world/tables.ts';
import { createWorld, type World } from '../../src/playground/world/world.ts';
import type { MysqlServer } from '../servers/mariadb.ts';
import { createDatabases, dropDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb } from '../servers/shared.ts';
import { COMPILE_CACHE } from './compile-cache.ts';
import { NIGHT } from './world-app.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const PASSWORD = "lenz'pass&word=%?";

/** What the questions here are about; the whole month would take most of the time. */
function lastNightOf({ tables, businessDates }: World): WorldTables {
  const date = businessDates.at(-1) ?? '';
  const ofNight = ({ run_id }: { run_id: string }) => run_id.includes(date);
  return {
    WORKFLOW_RUN_INSTANCE: tables.WORKFLOW_RUN_INSTANCE.filter((row) => row.BUSINESS_DATE === date),
    task_instance: tables.task_instance.filter(ofNight),
    dag_run: tables.dag_run.filter(ofNight),
  };
}

/** The command line as an operator configures it: everything through the environment, MySQL over TLS, Lenz behind NTLM. */
describe('a configured installation', () => {
  const world = createWorld({ seed: WORLD_SEED, now: NIGHT });
  let server: MysqlServer;
  let admin: Connection;
  let names: DatabaseNames;
  let lenz: LenzServer;
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sentry-real-'));
    server = await sharedMariaDb();
    admin = await openAdmin(server);
    names = await createDatabases(admin);
    await loadMysql(admin, lastNightOf(world), { names });
    lenz = await startLenz({
      definitions: world.definitions,
      auth: { kind: 'ntlm', user: 'S123456', password: PASSWORD, domain: 'NAEAST' },
    });
    const pem = join(folder, 'rds.pem');
    await writeFile(pem, server.ca ?? '');
    env = {
      RDS_HOST: server.host,
      RDS_PORT: String(server.port),
      RDS_USER: server.user,
      RDS_PASSWORD: server.password,
      RDS_PEM_PATH: pem,
      RDS_TLS_SERVER_NAME: 'localhost',
      FGW_DATABASE: names.fgw,
      AIRFLOW_DATABASE: names.airflow,
      LENZ_API_BASE_URL: lenz.url,
      LENZ_USERNAME: 'S123456',
      LENZ_PASSWORD: PASSWORD,
      SENTRY_NOW: new Date(NIGHT).toISOString(),
    };
  });
  afterAll(async () => {
    await lenz?.stop();
    await dropDatabases(admin, names);
    await admin?.end();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(question: string, more: Record<string, string> = {}) {
    const run = promisify(execFile);
    const args = ['--disable-warning=ExperimentalWarning', CLI, 'ask', '--json', question];
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...COMPILE_CACHE, ...env, ...more } };
    const { stdout, stderr, code } = await run(process.execPath, args, options).then(
      (done) => ({ ...done, code: 0 }),
      (failed: { stdout: string; stderr: string; code: number }) => failed,
    );
    return { answer: stdout === '' ? null : Answer.parse(JSON.parse(stdout)), stderr, code };
  }

  it('answers from its own database and its own definitions, and says that the clock is frozen', async () => {
    const { answer, code } = await ask('how is derivatives prelim doing?');
    const truth = world.truth().findLast((one) => one.essential === 'TB-Derivatives' && one.phase === 'PRELIM');
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      essential: 'TB-Derivatives',
      business_date: truth?.businessDate,
      status: truth?.status,
      frozen_clock: new Date(NIGHT).toISOString(),
    });
    expect(answer?.sources[0]?.sql).toContain(names.fgw);
  }, 60_000);

  it.each([
    ['a refused password of the database', { RDS_PASSWORD: 'stale-token' }, 'RDS_AUTH'],
    ['a database that is not there', { RDS_PORT: '1' }, 'RDS_UNREACHABLE'],
    ['a refused password of Lenz', { LENZ_PASSWORD: 'stale-word' }, 'LENZ_AUTH'],
    ['a Lenz that is not there', { LENZ_API_BASE_URL: 'http://127.0.0.1:1/lenz/essentials' }, 'LENZ_UNREACHABLE'],
  ])(
    '%s is told with what to do, and without the secret',
    async (_, wrong, expected) => {
      const { answer, stderr, code } = await ask('how is derivatives doing?', wrong);
      expect(code).toBe(1);
      expect(answer?.error).toMatchObject({ code: expected, remedy: expect.stringMatching(/\w{3,} \w+/) });
      expect(answer?.text).toContain(answer?.error?.remedy);
      expect(answer).toMatchObject({ status: null });
      for (const secret of ['stale', PASSWORD, server.password]) {
        expect(`${JSON.stringify(answer)}${stderr}`).not.toContain(secret);
      }
    },
    60_000,
  );

  it('never mixes real runs with simulated definitions', { timeout: 60_000 }, async () => {
    const { answer, stderr, code } = await ask('how is derivatives doing?', {
      LENZ_USERNAME: '',
      LENZ_API_BASE_URL: '',
    });
    expect(code).toBe(1);
    expect(answer).toMatchObject({ status: null, error: { code: 'CONFIG' } });
    expect(stderr).toContain('LENZ_');
  });
});
