import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VARIABLE_NAMES } from '../../src/config/environment.ts';

/** The public list of settings, kept here by hand: a variable that vanishes or is renamed breaks someone's deployment. */
const NAMES = `
  RDS_HOST RDS_PORT RDS_USER RDS_PASSWORD RDS_PEM_PATH FGW_DATABASE AIRFLOW_DATABASE
  RDS_PASSWORD_FILE RDS_TLS_SERVER_NAME RDS_IAM_HOST RDS_IAM_REGION
  AZURE_TENANT_ID AZURE_SPN_CLIENT_ID AZURE_PEM_PATH AZURE_OPENAI_API_KEY AZURE_OPENAI_ENDPOINT AZURE_OPENAI_API_VERSION
  AZURE_OPENAI_DEPLOYMENT AZURE_USER_ID AZURE_AUTHORITY_HOST OPENAI_BASE_URL OPENAI_API_KEY OPENAI_MODEL
  LENZ_API_BASE_URL LENZ_USERNAME LENZ_PASSWORD LENZ_CACHE_TTL LOG_LEVEL QUERY_TIMEOUT MAX_QUERY_ROWS REDIS_URL
  LENZ_AUTH LENZ_DOMAIN LENZ_CA_PATH LENZ_USER_AGENT LENZ_ADFS_ORIGINS
  SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_SIGNING_SECRET PORT SLACK_API_URL
  SENTRY_FILE SENTRY_DATA_DIR SENTRY_TIME_ZONE SENTRY_NOW AIRFLOW_BASE_URL NODE_ENV
`
  .trim()
  .split(/\s+/)
  .sort();
const LATER = ['AWS_ACCESS_KEY_ID', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'RDS_INSTANCE_ID', 'SQS_QUEUE_NAME'];

const template = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

function namesIn(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '').sort();
}

describe('the settings', () => {
  it('are those that the code reads', () => {
    expect([...VARIABLE_NAMES].sort()).toEqual(NAMES);
  });

  it('are all in .env.example, each once, beside the block that waits for AWS', () => {
    expect(namesIn(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm, template)).toEqual([...NAMES, ...LATER].sort());
  });

  it('that wait for AWS are commented out', () => {
    expect(namesIn(/^([A-Z][A-Z0-9_]+)=/gm, template).filter((name) => LATER.includes(name))).toEqual([]);
  });

  it('are all on the page that explains them', () => {
    expect(namesIn(/^\| `([A-Z][A-Z0-9_]+)` \|/gm, page)).toEqual(NAMES);
  });

  it('put the token in single quotes', () => {
    expect(template).toMatch(/^RDS_PASSWORD=''$/m);
  });
});
