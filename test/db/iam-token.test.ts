import { afterEach, describe, expect, it, vi } from 'vitest';
import { createIamToken } from '../../src/db/iam-token.ts';
import { loginRemedy } from '../../src/db/login-remedy.ts';
import { tokenExpiry } from '../../src/db/token-expiry.ts';

const NODE = {
  host: 'node-0.abc.us-east-1.rds.amazonaws.com',
  port: 6150,
  user: 'AuroraReadWrite',
  region: 'us-east-1',
};

afterEach(() => vi.unstubAllEnvs());

describe('a token that SENTRY signs', () => {
  it('is for the node, carries the user and ends by itself', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not-so-secret');
    const before = Date.now();
    const token = await createIamToken(NODE)();
    expect(token).toMatch(
      /^node-0\.abc\.us-east-1\.rds\.amazonaws\.com:6150\/\?Action=connect&DBUser=AuroraReadWrite&/,
    );
    expect(token).toMatch(/X-Amz-Credential=AKIAEXAMPLE%2F\d{8}%2Fus-east-1%2Frds-db%2Faws4_request/);
    const lifetime = (tokenExpiry(token) as number) - before;
    expect(Math.abs(lifetime - 900_000)).toBeLessThan(5_000);
  });

  it('is missed with a remedy where there are no credentials', async () => {
    for (const name of [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_PROFILE',
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    ])
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config');
    await expect(createIamToken(NODE)()).rejects.toMatchObject({
      code: 'RDS_AUTH',
      upstream: 'rds',
      remedy: expect.stringContaining('rds-db:connect'),
    });
  });
});

describe('when a token ends', () => {
  it.each([
    [Date.parse('2026-02-14T08:12:33Z'), 'h:1/?Action=connect&X-Amz-Date=20260214T021233Z&X-Amz-Expires=21600'],
    [null, 'h:1/?Action=connect&X-Amz-Date=20261344T021233Z&X-Amz-Expires=900'],
    [null, 'h:1/?Action=connect&X-Amz-Date=20260214T021233Z'],
    [null, 'h:1/?Action=connect&X-Amz-Expires=900'],
    [null, 'a lasting password'],
    [null, ''],
  ])('is %s for %s', (at, token) => {
    expect(tokenExpiry(token)).toBe(at);
  });
});

describe('the remedy of a refused login', () => {
  const login = { host: 'nlb-1.elb.us-east-1.amazonaws.com', port: 6150, user: 'reader' };
  const command = (node: string, region: string) =>
    `aws rds generate-db-auth-token --hostname ${node} --port 6150 --username reader --region ${region}`;

  it.each([
    ['environment', 'start SENTRY again'],
    ['env-file', '.env'],
    ['password-file', 'RDS_PASSWORD_FILE'],
    ['signed', 'rds-db:connect'],
  ] as const)('from %s says where the new one goes', (takenFrom, words) => {
    const renewal = { iamHost: 'node-0', iamRegion: 'eu-west-2', takenFrom };
    expect(loginRemedy({ ...login, renewal })).toContain(words);
    expect(loginRemedy({ ...login, renewal })).toContain(command('node-0', 'eu-west-2'));
  });

  it('names the settings that it would need', () => {
    expect(loginRemedy(login)).toContain(command('RDS_IAM_HOST', 'us-east-1'));
    expect(loginRemedy({ ...login, host: '10.0.0.1' })).toContain(command('RDS_IAM_HOST', 'RDS_IAM_REGION'));
    const node = 'n.abc.eu-central-1.rds.amazonaws.com';
    expect(loginRemedy({ ...login, host: node })).toContain(command(node, 'eu-central-1'));
  });
});
