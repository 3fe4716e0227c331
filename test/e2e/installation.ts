import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type LenzServer, startLenz } from '../../src/playground/lenz/server.ts';
import { WORLD_SEED } from '../../src/playground/open-world.ts';
import { type FakeSlack, startFakeSlack } from '../../src/playground/slack/start-fake-slack.ts';
import { createWorld } from '../../src/playground/world/world.ts';
import { startCompletions } from '../llm/completions-server.ts';
import { createDatabases, dropDatabases, openAdmin } from '../servers/mysql-databases.ts';
import { sharedMariaDb, sharedRedis } from '../servers/shared.ts';
import { createThrowawayTls } from '../servers/throwaway-tls.ts';
import { COMPILE_CACHE } from './compile-cache.ts';
import { NIGHT } from './world-app.ts';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));

/** Every secret that SENTRY is given, none of which may ever be seen. Made up, and full of what breaks in URLs and JSON. */
export const SECRETS = {
  rds: `planted.rds.example:6150/?Action=connect&DBUser=reader&X-Amz-Signature=0a1b2c3d4e5f60718293a4b5c6d7e8f9`,
  lenz: `pl4nted"lenz'&=%?\\word`,
  model: 'planted/model+key=with~signs',
  redis: 'planted redis:pass@word/%',
  slackBot: 'xoxb-planted-4711-bot',
  slackApp: 'xapp-planted-4711-app',
};

export interface Run {
  stdout: string;
  stderr: string;
  code: number | null;
}

/** All of SENTRY's real connections on loopback: MySQL over TLS, Lenz behind NTLM over TLS, a model, Redis, Slack. */
export interface Installation {
  /** What an operator sets. */
  env: Record<string, string>;
  /** What the databases are called here. */
  names: { fgw: string; airflow: string };
  lenz: LenzServer;
  slack: FakeSlack;
  /** Runs the command line and waits for its end. */
  cli(args: readonly string[], more?: Record<string, string>): Promise<Run>;
  /** Starts the bot itself; the caller ends it. */
  bot(more?: Record<string, string>): { child: ChildProcess; stdout: () => string; stderr: () => string };
  stop(): Promise<void>;
}

export async function startInstallation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'sentry-installation-'));
  const [server, redis, tls] = await Promise.all([sharedMariaDb(), sharedRedis(), createThrowawayTls(folder, [], 30)]);
  const admin = await openAdmin(server);
  const names = await createDatabases(admin);
  const reader = `reader_${names.fgw.slice(-8)}`;
  await admin.query(`CREATE USER ${reader}@'%' IDENTIFIED BY ${admin.escape(SECRETS.rds)} REQUIRE SSL`);
  for (const name of [names.fgw, names.airflow]) await admin.query(`GRANT SELECT ON ${name}.* TO ${reader}@'%'`);

  const { definitions } = createWorld({ seed: WORLD_SEED, now: NIGHT });
  const lenz = await startLenz({
    definitions,
    auth: { kind: 'ntlm', user: 'S123456', password: SECRETS.lenz, domain: 'NAEAST' },
    tls: { key: readFileSync(tls.keyPath, 'utf8'), cert: readFileSync(tls.certPath, 'utf8') },
  });
  const slack = await startFakeSlack({
    botToken: SECRETS.slackBot,
    appToken: SECRETS.slackApp,
    signingSecret: 'unused-with-socket-mode',
    delivery: 'socket',
  });
  const model = await startCompletions([{ content: 'ok' }]);
  const pem = join(folder, 'rds.pem');
  await writeFile(pem, server.ca);

  const env = {
    RDS_HOST: server.host,
    RDS_PORT: String(server.port),
    RDS_USER: reader,
    RDS_PASSWORD: SECRETS.rds,
    RDS_PEM_PATH: pem,
    RDS_TLS_SERVER_NAME: 'localhost',
    RDS_IAM_HOST: 'node.example.com',
    RDS_IAM_REGION: 'us-east-1',
    FGW_DATABASE: names.fgw,
    AIRFLOW_DATABASE: names.airflow,
    LENZ_API_BASE_URL: lenz.url,
    LENZ_USERNAME: 'S123456',
    LENZ_PASSWORD: SECRETS.lenz,
    LENZ_CA_PATH: tls.caPath,
    OPENAI_BASE_URL: `${model.url}/v1`,
    OPENAI_API_KEY: SECRETS.model,
    OPENAI_MODEL: 'gpt-4o',
    REDIS_URL: redis.url,
    SLACK_BOT_TOKEN: SECRETS.slackBot,
    SLACK_APP_TOKEN: SECRETS.slackApp,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
  };

  function start(file: string, args: readonly string[], more: Record<string, string>): ChildProcess {
    // Only what is meant for SENTRY: the shell of whoever runs the tests must not matter.
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...COMPILE_CACHE, ...env, ...more } };
    return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(SOURCE, file), ...args], options);
  }

  return {
    env,
    names,
    lenz,
    slack,
    async cli(args, more = {}) {
      const child = start('cli.ts', args, more);
      const [stdout, stderr, [code]] = await Promise.all([
        child.stdout ? text(child.stdout) : '',
        child.stderr ? text(child.stderr) : '',
        once(child, 'exit'),
      ]);
      return { stdout, stderr, code };
    },
    bot(more = {}) {
      const child = start('main.ts', [], more);
      let stdout = '';
      let stderr = '';
      child.stdout?.on('data', (chunk) => (stdout += chunk));
      child.stderr?.on('data', (chunk) => (stderr += chunk));
      return { child, stdout: () => stdout, stderr: () => stderr };
    },
    async stop() {
      await Promise.all([lenz.stop(), slack.stop(), model[Symbol.asyncDispose]()]);
      await dropDatabases(admin, names);
      await admin.query(`DROP USER ${reader}@'%'`);
      await admin.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
