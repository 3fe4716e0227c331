import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { VARIABLE_NAMES } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { EMPTY_SENTRY_FILE } from '../../src/config/sentry-file.ts';
import { CERTIFICATE, PRIVATE_KEY } from './pem.ts';

const nothing = () => null;
const template = parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8'));

const real = {
  RDS_HOST: 'lb.example.com',
  RDS_PASSWORD: 'pass-of-rds',
  LENZ_USERNAME: 'X1',
  LENZ_PASSWORD: 'pass-of-lenz',
};
const slack = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_APP_TOKEN: 'xapp-1-abc' };
const production = { ...real, ...slack, NODE_ENV: 'production', RDS_PEM_PATH: 'ca.pem' };
const withCa = (path: string) => (path === 'ca.pem' ? CERTIFICATE : null);

function problemsOf(
  env: Record<string, string | undefined>,
  read: (path: string) => string | null = nothing,
): readonly string[] {
  try {
    loadConfig(env, read);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('nothing configured', () => {
  it('is the embedded world with the offline planner and no workspace', () => {
    expect(loadConfig({}, nothing)).toEqual({
      production: false,
      logLevel: 'info',
      timeZone: 'America/New_York',
      now: null,
      sources: { kind: 'embedded' },
      lenzCacheTtlS: 300,
      llm: { kind: 'planner' },
      slack: null,
      port: 3000,
      redisUrl: null,
      queryTimeoutS: 10,
      maxQueryRows: 500,
      dataDir: null,
      airflowBaseUrl: null,
      file: EMPTY_SENTRY_FILE,
      warnings: [],
      secrets: [],
    });
  });

  it('includes a copied and unfilled template', () => {
    expect(loadConfig(template, nothing)).toEqual(loadConfig({}, nothing));
  });

  it('includes variables that are empty or blank', () => {
    const blank = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, '  ']));
    expect(loadConfig(blank, nothing)).toEqual(loadConfig({}, nothing));
  });
});

describe('database and Lenz', () => {
  it('are both real', () => {
    const { sources } = loadConfig({ ...template, ...real }, nothing);
    expect(sources).toMatchObject({
      kind: 'real',
      rds: {
        host: 'lb.example.com',
        port: 6150,
        user: 'AuroraReadWrite',
        password: 'pass-of-rds',
        fgwDatabase: 'FINEGRAINED_WORKFLOW',
      },
      lenz: { username: 'X1', auth: 'auto', domain: 'NAEAST', adfsOrigins: [] },
    });
  });

  it('are never one real and one simulated', () => {
    expect(problemsOf({ RDS_HOST: 'lb', RDS_PASSWORD: 'p' }).join()).toContain(
      'The database is configured and Lenz is not',
    );
    expect(problemsOf({ LENZ_USERNAME: 'u', LENZ_PASSWORD: 'p' }).join()).toContain(
      'Lenz is configured and the database is not',
    );
    expect(problemsOf({ LENZ_API_BASE_URL: 'http://127.0.0.1:9/x', LENZ_AUTH: 'none' }).join()).toContain(
      'the database is not',
    );
  });

  it('need no Lenz credentials when it asks for none', () => {
    const { sources } = loadConfig({ RDS_HOST: 'lb', RDS_PASSWORD: 'p', LENZ_AUTH: 'none' }, nothing);
    expect(sources).toMatchObject({ kind: 'real', lenz: { auth: 'none', username: null } });
  });

  it('say how to sign in to Lenz, and where', () => {
    const env = {
      ...real,
      LENZ_AUTH: 'adfs-form',
      LENZ_ADFS_ORIGINS: 'https://idp.example.com, https://sts.example.com:8443',
    };
    expect(loadConfig(env, nothing).sources).toMatchObject({
      lenz: { auth: 'adfs-form', adfsOrigins: ['https://idp.example.com', 'https://sts.example.com:8443'] },
    });
  });

  it('report half a sign-on', () => {
    expect(problemsOf({ ...real, LENZ_PASSWORD: '' })).toEqual([expect.stringContaining('LENZ_PASSWORD is missing')]);
    expect(problemsOf({ ...real, RDS_HOST: '' })).toEqual([expect.stringContaining('RDS_HOST is missing')]);
    expect(problemsOf({ ...real, RDS_PASSWORD: '' })).toEqual([expect.stringContaining('RDS_PASSWORD is missing')]);
  });

  it('take the token from a file, which has to be there and not empty', () => {
    const env = { ...real, RDS_PASSWORD: '', RDS_PASSWORD_FILE: 'token' };
    expect(loadConfig(env, (path) => (path === 'token' ? 'abc\n' : null)).sources).toMatchObject({
      rds: { password: 'abc', passwordFile: 'token' },
    });
    expect(problemsOf(env)).toEqual(['RDS_PASSWORD_FILE names a file that does not exist.']);
    expect(problemsOf(env, () => ' \n')).toContain('RDS_PASSWORD_FILE names an empty file.');
    expect(problemsOf({ ...real, RDS_PASSWORD_FILE: 'token' }, () => 'x').join()).toContain('keep one');
  });

  it('need no password where SENTRY is told the node and region to sign tokens for', () => {
    const env = { ...real, RDS_PASSWORD: '', RDS_IAM_HOST: 'node-0', RDS_IAM_REGION: 'us-east-1' };
    expect(loadConfig(env, nothing).sources).toMatchObject({
      rds: { password: '', passwordFile: null, iamHost: 'node-0', iamRegion: 'us-east-1' },
    });
    expect(problemsOf({ ...env, RDS_IAM_REGION: '' })).toEqual([expect.stringContaining('RDS_PASSWORD is missing')]);
  });

  it('tell a token that was cut off for want of quotes', () => {
    expect(problemsOf({ ...real, RDS_PASSWORD: 'node:6150/?Action=connect' }).join()).toContain('single quotes');
    const whole = 'node:6150/?Action=connect&DBUser=x&X-Amz-Expires=900&X-Amz-Signature=00ff';
    expect(problemsOf({ ...real, RDS_PASSWORD: whole })).toEqual([]);
  });

  it('warn of the node’s own host', () => {
    expect(loadConfig({ ...real, RDS_HOST: 'n.abc.us-east-1.rds.amazonaws.com' }, nothing).warnings.join()).toContain(
      'load balancer',
    );
  });
});

describe('certificates', () => {
  it('of the database may be absent on a laptop, with a warning that stands out', () => {
    const config = loadConfig({ ...template, ...real }, nothing);
    expect(config.sources).toMatchObject({ rds: { tls: { ca: null } } });
    expect(config.warnings).toEqual([expect.stringContaining('NOT VERIFIED')]);
  });

  it('of the database are needed in production', () => {
    expect(problemsOf({ ...production, RDS_PEM_PATH: 'rds.pem' }, withCa)).toEqual([
      expect.stringContaining('RDS_PEM_PATH names no file'),
    ]);
    expect(problemsOf({ ...production, RDS_PEM_PATH: '' }, withCa)).toEqual([
      expect.stringContaining('RDS_PEM_PATH names no file'),
    ]);
    expect(loadConfig(production, withCa)).toMatchObject({
      production: true,
      warnings: [],
      sources: { rds: { tls: { ca: CERTIFICATE } } },
    });
  });

  it.each(['RDS_PEM_PATH', 'LENZ_CA_PATH'])('named by %s that are there and no PEM are always an error', (name) => {
    const env = { ...real, [name]: 'bad.pem' };
    for (const bad of ['', 'hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', PRIVATE_KEY]) {
      expect(problemsOf(env, (path) => (path === 'bad.pem' ? bad : null))).toEqual([
        expect.stringContaining(`${name} names a file`),
      ]);
    }
  });

  it('that cannot be read are an error, read from disk as from elsewhere', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sentry-config-'));
    expect(() => loadConfig({ ...real, RDS_PEM_PATH: folder })).toThrow('cannot be read');
    writeFileSync(join(folder, 'ca.pem'), CERTIFICATE);
    expect(loadConfig({ ...real, RDS_PEM_PATH: join(folder, 'ca.pem') }).warnings).toEqual([]);
  });

  it('of Lenz have to be there when they are named', () => {
    expect(problemsOf({ ...real, LENZ_CA_PATH: 'no.pem' })).toEqual(['LENZ_CA_PATH names a file that does not exist.']);
  });
});

describe('Slack', () => {
  it('is Socket Mode with an app-level token and HTTP with a signing secret', () => {
    expect(loadConfig(slack, nothing).slack).toMatchObject({
      kind: 'socket',
      botToken: 'xoxb-1-abc',
      appToken: 'xapp-1-abc',
    });
    expect(loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }, nothing).slack).toMatchObject({
      kind: 'http',
      signingSecret: 's',
    });
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxb-1'],
    ['SLACK_APP_TOKEN', 'xapp-1'],
    ['SLACK_SIGNING_SECRET', 'abc'],
    ['SLACK_API_URL', 'http://127.0.0.1:1/api/'],
  ])('is never half there: %s alone is an error', (name, value) => {
    expect(problemsOf({ [name]: value }).length).toBeGreaterThan(0);
  });

  it('tells swapped tokens', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' })).toEqual([
      expect.stringContaining('SLACK_BOT_TOKEN must be a bot token'),
      expect.stringContaining('SLACK_APP_TOKEN must be an app-level token'),
    ]);
  });

  it('over the simulated world is said', () => {
    expect(loadConfig(slack, nothing).warnings.join()).toContain('simulated world');
  });
});

describe('production', () => {
  it('is never a silent playground', () => {
    const problems = problemsOf({ NODE_ENV: 'production' });
    expect(problems.join()).toContain('RDS_HOST');
    expect(problems.join()).toContain('SLACK_BOT_TOKEN');
  });

  it.each(['RDS_HOST', 'RDS_PASSWORD', 'LENZ_USERNAME', 'LENZ_PASSWORD', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'])(
    'needs %s',
    (name) => {
      expect(problemsOf({ ...production, [name]: undefined }, withCa).join()).toContain(name);
    },
  );

  it('refuses a frozen clock, which others may have', () => {
    const env = { SENTRY_NOW: '2026-02-14T03:12:00-05:00' };
    expect(loadConfig(env, nothing).now).toBe(Date.UTC(2026, 1, 14, 8, 12));
    expect(problemsOf({ ...production, ...env }, withCa)).toEqual([expect.stringContaining('frozen clock')]);
  });
});

describe('the model', () => {
  const azure = {
    AZURE_OPENAI_ENDPOINT: 'https://a.example.com/',
    AZURE_OPENAI_API_KEY: 'key-1',
    AZURE_OPENAI_DEPLOYMENT: 'd',
  };
  const principal = { AZURE_TENANT_ID: 't', AZURE_SPN_CLIENT_ID: 'c', AZURE_PEM_PATH: 'spn.pem' };

  it('is Azure with the API key alone, or with a service principal as well', () => {
    expect(loadConfig(azure, nothing).llm).toMatchObject({
      kind: 'azure',
      endpoint: 'https://a.example.com',
      servicePrincipal: null,
    });
    const both = loadConfig({ ...azure, ...principal }, (path) =>
      path === 'spn.pem' ? PRIVATE_KEY + CERTIFICATE : null,
    );
    expect(both.llm).toMatchObject({
      servicePrincipal: { tenantId: 't', clientId: 'c', pemPath: 'spn.pem', authorityHost: null },
    });
    expect(both.warnings).toEqual([]);
  });

  it('reports what is missing of Azure', () => {
    expect(problemsOf({ AZURE_OPENAI_ENDPOINT: 'https://a' })).toEqual([
      expect.stringContaining('AZURE_OPENAI_API_KEY, AZURE_OPENAI_DEPLOYMENT are missing'),
    ]);
    expect(problemsOf({ ...azure, AZURE_TENANT_ID: 't' })).toEqual([
      expect.stringContaining('AZURE_SPN_CLIENT_ID, AZURE_PEM_PATH are missing'),
    ]);
    expect(
      problemsOf({ ...azure, ...principal }, (path) => (path === 'spn.pem' ? CERTIFICATE : null)).join(),
    ).toContain('private key');
    expect(loadConfig({ ...azure, ...principal }, nothing).warnings.join()).toContain('API key alone');
  });

  it('is a server of one’s own only when it is named', () => {
    const openai = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_API_KEY: 'k', OPENAI_MODEL: 'm' };
    expect(loadConfig(openai, nothing).llm).toEqual({
      kind: 'openai',
      baseUrl: 'http://127.0.0.1:1/v1',
      apiKey: 'k',
      model: 'm',
    });
    const stray = loadConfig({ OPENAI_API_KEY: 'of-another-tool' }, nothing);
    expect(stray.llm).toEqual({ kind: 'planner' });
    expect(stray.warnings.join()).toContain('OPENAI_API_KEY');
    expect(problemsOf({ ...openai, ...azure }).join()).toContain('keep one model');
    expect(problemsOf({ OPENAI_MODEL: 'm' }).join()).toContain('OPENAI_BASE_URL, OPENAI_API_KEY are missing');
  });
});

describe('single values', () => {
  it('take log levels in any case and under their other names', () => {
    expect(
      ['INFO', 'Debug', 'warning', 'CRITICAL', 'silent'].map(
        (level) => loadConfig({ LOG_LEVEL: level }, nothing).logLevel,
      ),
    ).toEqual(['info', 'debug', 'warn', 'fatal', 'silent']);
    expect(problemsOf({ LOG_LEVEL: 'toString' })).toHaveLength(1);
  });

  it.each([
    ['RDS_PORT', '0'],
    ['RDS_PORT', '6150x'],
    ['RDS_HOST', 'https://lb.example.com'],
    ['RDS_IAM_REGION', 'virginia'],
    ['FGW_DATABASE', 'a`b'],
    ['LENZ_CACHE_TTL', '-1'],
    ['LENZ_AUTH', 'kerberos'],
    ['LENZ_API_BASE_URL', 'lenz'],
    ['LENZ_ADFS_ORIGINS', 'https://idp.example.com/path'],
    ['LENZ_ADFS_ORIGINS', 'http://idp.example.com'],
    ['AZURE_AUTHORITY_HOST', 'http://login'],
    ['QUERY_TIMEOUT', '0'],
    ['MAX_QUERY_ROWS', '1e9'],
    ['REDIS_URL', 'http://localhost'],
    ['SENTRY_TIME_ZONE', 'Amercia/New_York'],
    ['SENTRY_NOW', '2026-02-14 03:12'],
    ['AIRFLOW_BASE_URL', 'https://user:pw@airflow'],
    ['PORT', '70000'],
  ])('refuse %s=%s', (name, value) => {
    expect(problemsOf({ ...real, [name]: value }).filter((problem) => problem.startsWith(`${name} must`))).toHaveLength(
      1,
    );
  });

  it('come with every problem at once', () => {
    const problems = problemsOf({
      RDS_PORT: 'x',
      LOG_LEVEL: 'loud',
      SENTRY_TIME_ZONE: 'x',
      SLACK_APP_TOKEN: 'xapp-1',
      SENTRY_FILE: 'no.yml',
    });
    for (const name of [
      'RDS_PORT',
      'LOG_LEVEL',
      'SENTRY_TIME_ZONE',
      'RDS_HOST',
      'LENZ_USERNAME',
      'SLACK_BOT_TOKEN',
      'SENTRY_FILE',
    ]) {
      expect(problems.join('\n')).toContain(name);
    }
  });
});

describe('secrets', () => {
  it('are all named to the logger, that of the Redis address as well', () => {
    const config = loadConfig({ ...real, ...slack, REDIS_URL: 'redis://:pass-of-redis@127.0.0.1:6379/0' }, nothing);
    expect(config.secrets.sort()).toEqual(['pass-of-lenz', 'pass-of-rds', 'pass-of-redis', 'xapp-1-abc', 'xoxb-1-abc']);
  });

  it('never reach the error, whichever variable they were put into', () => {
    const secret = 'pl4nted-S3cret';
    const value = fc.constantFrom(
      secret,
      `https://user:${secret}@example.com/x`,
      `redis://:${secret}@h`,
      `node/?Action=connect&${secret}`,
      `xapp-${secret}`,
      `/tmp/${secret}`,
      `5 ${secret}`,
    );
    const env = fc.dictionary(fc.constantFrom(...VARIABLE_NAMES), value, { minKeys: 1 });
    const files = fc.constantFrom(
      null,
      '',
      `not a pem ${secret}`,
      `names: {a: [${secret}]}\nx${secret}: 1`,
      `a: b: ${secret}`,
    );
    let refused = 0;
    fc.assert(
      fc.property(env, files, (variables, content) => {
        try {
          loadConfig(variables, () => content);
        } catch (error) {
          refused++;
          if (!(error instanceof ConfigError)) throw error;
          expect(`${error.message} ${error.remedy} ${error.stack} ${JSON.stringify(error)}`).not.toContain(secret);
          expect(error.cause).toBeUndefined();
        }
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(200);
  });
});
