import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HealthCheck, type HealthStatus, worstOf } from '../../src/observability/health.ts';
import { renderHealth } from '../../src/observability/render-health.ts';
import { type Installation, startInstallation } from './installation.ts';

const PAGE = fileURLToPath(new URL('../../docs/doctor.md', import.meta.url));

/** What is wrong in the broken set-up of the documentation: one thing of each kind. */
const BROKEN = {
  RDS_PASSWORD: 'planted-stale.example:6150/?Action=connect&DBUser=reader&X-Amz-Signature=00ff',
  RDS_PEM_PATH: '',
  LENZ_PASSWORD: 'stale-word',
  OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
  REDIS_URL: 'redis://127.0.0.1:1',
  SLACK_BOT_TOKEN: 'xoxb-of-an-app-that-was-removed',
  SENTRY_NOW: '2026-02-14T08:12:00Z',
};

describe('npm run doctor', () => {
  let installation: Installation;
  const seen = new Map<string, readonly HealthCheck[]>();
  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterAll(() => installation?.stop());

  async function doctor(more: Record<string, string> = {}) {
    const { stdout, stderr, code } = await installation.cli(['doctor', '--json'], more);
    const { status, checks } = JSON.parse(stdout) as { status: HealthStatus; checks: HealthCheck[] };
    expect(status).toBe(worstOf(checks));
    return { checks, stderr, code };
  }

  it('finds a healthy set-up healthy', async () => {
    const { checks, code, stderr } = await doctor();
    expect(checks.map(({ name, status }) => `${name}: ${status}`)).toEqual([
      'Workflow database: ok',
      'Airflow database: ok',
      'Lenz: ok',
      'Model: ok',
      'Cache: ok',
      'Slack: ok',
      'Kept: ok',
      'Clock: ok',
      'Settings: ok',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    seen.set('healthy', checks);
  }, 60_000);

  it('finds everything that is wrong in a broken one', async () => {
    const { checks, code } = await doctor(BROKEN);
    expect(checks.map(({ name, status }) => `${name}: ${status}`)).toEqual([
      'Workflow database: fail',
      'Airflow database: fail',
      'Lenz: fail',
      'Model: fail',
      'Cache: warn',
      'Slack: fail',
      'Kept: ok',
      'Clock: warn',
      'Settings: warn',
    ]);
    for (const { problem, remedy } of checks.filter(({ status }) => status !== 'ok')) {
      expect(problem).toMatch(/\w+ \w+/);
      expect(remedy).toMatch(/\w+ \w+/);
    }
    expect(code).toBe(1);
    expect(JSON.stringify(checks)).not.toMatch(/planted-stale|00ff|stale-word|of-an-app/);
    seen.set('broken', checks);
  }, 60_000);

  it('looks as the documentation shows it', async () => {
    let page = readFileSync(PAGE, 'utf8');
    for (const [block, checks] of seen) {
      const pattern = new RegExp(`(<!-- ${block} -->\n\n\`\`\`\n)[^\`]*(\`\`\`)`);
      expect(page).toMatch(pattern);
      const shown = renderHealth(checks.map(likeProduction));
      page = page.replace(pattern, (_all, head, tail) => `${head}${shown}${tail}`);
    }
    expect(seen.size).toBe(2);
    // `npx vitest run test/e2e/doctor.test.ts --update` writes the page anew.
    await expect(page).toMatchFileSnapshot(PAGE);
  });

  it('prints for people what it prints for scripts', async () => {
    const { stdout, code } = await installation.cli(['doctor'], { REDIS_URL: 'redis://127.0.0.1:1' });
    expect(stdout).toContain('WARN  Cache              Redis at 127.0.0.1:1');
    expect(stdout).toContain('It works. Worth knowing: Cache');
    expect(code).toBe(0);
  }, 60_000);

  it('took no message away from a SENTRY that runs: it asked Slack, did not connect, and posted nothing', () => {
    expect(installation.slack.state.calls.map(({ method }) => method)).toContain('apps.connections.open');
    expect(installation.slack.state.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
  });

  it.each([
    ['settings that are wrong', { RDS_PORT: 'six' }, 2, /RDS_PORT must be a whole number/],
    ['settings that are half there', { LENZ_USERNAME: '' }, 2, /LENZ_USERNAME is missing/],
  ])(
    'ends with %s, and says which',
    async (_, more, expected, said) => {
      const { stdout, code } = await installation.cli(['doctor'], more);
      expect([code, stdout]).toEqual([expected, expect.stringMatching(said)]);
    },
    60_000,
  );

  /** Ports, names and times differ from run to run: they become what one would see at work. */
  function likeProduction(check: HealthCheck): HealthCheck {
    const { env, names } = installation;
    const spell = (text: string) =>
      text
        .replaceAll(`127.0.0.1:${env.RDS_PORT}`, 'nlb.example.com:6150')
        .replaceAll(new URL(env.LENZ_API_BASE_URL ?? '').host, 'lenz.example.com')
        .replaceAll(env.RDS_USER ?? '', 'AuroraReadWrite')
        .replaceAll(names.fgw, 'FINEGRAINED_WORKFLOW')
        .replaceAll(names.airflow, 'airflow')
        .replace(/127\.0\.0\.1:\d+/g, `${check.name.toLowerCase()}.example.com`)
        .replace(/\d+\.\d+\.\d+-MariaDB\S*/, '10.11-MariaDB')
        .replace(/\b\d+ (ms|days)\b/g, (_all, unit) => `${unit === 'ms' ? 14 : 29} ${unit}`)
        .replace(/--port \d+/, '--port 6150')
        .replace(/before \d{4}-.{11} UTC/, 'before 2026-02-14 08:42 UTC')
        .replace(/oldest \d+ s old/, 'oldest 40 s old');
    const { facts, problem, remedy } = check;
    const running = check.name === 'Clock' && check.status === 'ok';
    return {
      ...check,
      facts: running ? ['2026-02-14 08:12 UTC', 'Sat 03:12 in America/New_York'] : facts.map(spell),
      ...(problem === undefined ? {} : { problem: spell(problem) }),
      ...(remedy === undefined ? {} : { remedy: spell(remedy) }),
      ms: check.ms === 0 ? 0 : 38,
    };
  }
});
