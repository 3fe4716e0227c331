import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createThrowawayTls } from '../servers/throwaway-tls.ts';
import { type Installation, SECRETS, startInstallation } from './installation.ts';

/** Secrets that no server accepts: what an operator mistypes is as secret as what is right. */
const WRONG = {
  rds: 'planted.wrong.example:6150/?Action=connect&DBUser=x&X-Amz-Signature=99887766554433221100ffeeddccbbaa',
  lenz: 'wr0ng"lenz"pl4nted&=%',
  model: 'wrong/model+key=planted',
  azure: 'wrong-azure-key-planted-0815',
  redis: 'wrong redis:pass@planted/%',
  slackBot: 'xoxb-wrong-4711-planted',
  slackApp: 'xapp-wrong-4711-planted',
  signing: 'wrong-signing-secret-planted',
};
const PLANTED = [...Object.values(SECRETS), ...Object.values(WRONG)];
const ALICE = 'U0ALICE001';
const SUPPORT = 'C0BATCHSUP';

/** The ways in which a secret is written in URLs, headers and JSON, wherever it begins within Base64's groups of three. */
function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift, 'x'), Buffer.from(secret)]).toString('base64');
    // The first and the last group mix with what is around.
    return encoded.slice(shift === 0 ? 0 : 4, -4);
  });
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), json, Buffer.from(secret).toString('hex'), ...base64];
}

function leaksIn(output: string, more: readonly string[] = []): string[] {
  return [...PLANTED, ...more].filter((secret) => formsOf(secret).some((form) => output.includes(form)));
}

/** Answers everything with a failure that repeats what it was sent, headers and all: some proxies do. */
async function startEcho(): Promise<{ server: Server; port: number; asked: () => number }> {
  let asked = 0;
  const server = createServer(async (request, response) => {
    asked += 1;
    const sent = `${JSON.stringify(request.headers)} ${await text(request)}`;
    response.writeHead(request.url?.includes('/api/') ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error: request.url?.includes('/api/') ? sent : { message: sent } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, asked: () => asked };
}

describe('planted secrets', () => {
  let installation: Installation;
  let folder: string;
  let echo: Awaited<ReturnType<typeof startEcho>>;
  let privateKey: string;
  let pem: string;
  let passwordFile: string;
  beforeAll(async () => {
    [installation, echo] = await Promise.all([startInstallation(), startEcho()]);
    folder = await mkdtemp(join(tmpdir(), 'sentry-secrets-'));
    const tls = await createThrowawayTls(folder);
    const key = readFileSync(tls.keyPath, 'utf8');
    privateKey = key.split('\n')[1] ?? '';
    pem = join(folder, 'principal.pem');
    passwordFile = join(folder, 'token');
    await writeFile(pem, `${key}${readFileSync(tls.certPath, 'utf8')}`);
    await writeFile(passwordFile, `${WRONG.rds}\n`);
  });
  afterAll(async () => {
    echo?.server.closeAllConnections();
    echo?.server.close();
    await installation?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const redisWith = (password: string) =>
    `${installation.env.REDIS_URL}`.replace('redis://', `redis://:${encodeURIComponent(password)}@`);
  const local = (path: string) => `http://127.0.0.1:${echo.port}${path}`;

  it('are known to this test in every form', () => {
    for (const secret of PLANTED) {
      for (const around of ['', 'a', 'ab']) {
        const header = Buffer.from(`${around}${secret}:tail`).toString('base64');
        expect(leaksIn(`Basic ${header}`)).toContain(secret);
      }
      expect(leaksIn(`x=${encodeURIComponent(secret)}&y`)).toContain(secret);
      expect(leaksIn(JSON.stringify({ secret }))).toContain(secret);
    }
  });

  const scenarios: [string, () => Record<string, string>][] = [
    ['everything works', () => ({})],
    [
      'every login is refused',
      () => ({
        RDS_PASSWORD: '',
        RDS_PASSWORD_FILE: passwordFile,
        LENZ_PASSWORD: WRONG.lenz,
        REDIS_URL: redisWith(WRONG.redis),
        OPENAI_BASE_URL: local('/v1'),
        OPENAI_API_KEY: WRONG.model,
        SLACK_BOT_TOKEN: WRONG.slackBot,
        SLACK_APP_TOKEN: WRONG.slackApp,
      }),
    ],
    [
      'what answers repeats what it was sent',
      () => ({
        RDS_PORT: String(echo.port),
        RDS_PASSWORD: WRONG.rds,
        LENZ_API_BASE_URL: local('/lenz'),
        LENZ_PASSWORD: WRONG.lenz,
        REDIS_URL: `redis://:${encodeURIComponent(WRONG.redis)}@127.0.0.1:${echo.port}`,
        OPENAI_BASE_URL: '',
        OPENAI_API_KEY: '',
        OPENAI_MODEL: '',
        AZURE_OPENAI_ENDPOINT: local(''),
        AZURE_OPENAI_API_KEY: WRONG.azure,
        AZURE_OPENAI_DEPLOYMENT: 'gpt-4o',
        AZURE_TENANT_ID: 'tenant',
        AZURE_SPN_CLIENT_ID: 'client',
        AZURE_PEM_PATH: pem,
        AZURE_AUTHORITY_HOST: 'https://127.0.0.1:1',
        SLACK_API_URL: local('/api/'),
        SLACK_APP_TOKEN: '',
        SLACK_SIGNING_SECRET: WRONG.signing,
      }),
    ],
    [
      'settings are wrong',
      () => ({
        RDS_PORT: SECRETS.rds,
        RDS_PASSWORD: 'Action=connect&cut-off-planted',
        SLACK_BOT_TOKEN: `not-xoxb-${WRONG.slackBot}`,
        REDIS_URL: `http://:${encodeURIComponent(WRONG.redis)}@127.0.0.1`,
        LENZ_API_BASE_URL: `https://S123456:${encodeURIComponent(WRONG.lenz)}@lenz.example.com`,
      }),
    ],
  ];

  it.each(scenarios)(
    'are seen nowhere, with everything logged, when %s',
    async (_, settings) => {
      const more = { LOG_LEVEL: 'trace', ...settings() };
      const asking = ['ask', '--verbose', '--json', `how is derivatives doing? my password is unknown`];
      const [ask, doctor] = await Promise.all([
        installation.cli(asking, more),
        installation.cli(['doctor', '--verbose'], more),
      ]);
      for (const run of [ask, doctor]) {
        expect(run.stdout.length).toBeGreaterThan(100);
        expect(leaksIn(`${run.stdout}\n${run.stderr}`, [privateKey, 'cut-off-planted'])).toEqual([]);
      }
    },
    120_000,
  );

  it('were sent to what repeats them: the test has something to find', () => {
    expect(echo.asked()).toBeGreaterThan(3);
  });

  it('are seen nowhere in a bot that runs: log, Slack, health, metrics', async () => {
    const { slack } = installation;
    const { child, stdout, stderr } = installation.bot({ LOG_LEVEL: 'trace' });
    try {
      await expect.poll(stdout, { timeout: 20_000 }).toMatch(/Health +port \d+/);
      const port = /Health +port (\d+)/.exec(stdout())?.[1];
      const get = async (path: string) => {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        return { status: response.status, body: await response.text() };
      };
      await slack.command(ALICE, SUPPORT, '/sentry ask how is derivatives doing?');
      await slack.command(ALICE, SUPPORT, '/sentry health');
      const ours = () => JSON.stringify([...slack.state.messages.values(), slack.state.ephemerals]);
      await expect
        .poll(async () => (await get('/metrics')).body, { timeout: 20_000 })
        .toMatch(/answer_duration_seconds_count\{kind="\w+"\} 1/);
      await expect.poll(ours, { timeout: 20_000 }).toContain('Workflow database');

      const [ready, alive, metrics] = await Promise.all([get('/readyz'), get('/healthz'), get('/metrics')]);
      expect([ready.status, alive.status]).toEqual([200, 200]);
      expect(metrics.body).toMatch(/sentry_query_duration_seconds_count\{tool="get_\w+",outcome="ok"\} [1-9]/);
      expect(metrics.body).toMatch(/sentry_cache_reads_total\{space="[\w-]+",result="(hit|miss)"\} [1-9]/);
      expect(metrics.body).toMatch(/sentry_model_calls_total [1-9]/);
      expect(metrics.body).toContain('sentry_slack_connected 1');
      expect(leaksIn([stdout(), stderr(), ready.body, alive.body, metrics.body, ours()].join('\n'))).toEqual([]);
    } finally {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
    expect(child.exitCode).toBe(0);
    expect(leaksIn(`${stdout()}${stderr()}`)).toEqual([]);
  }, 120_000);
});
