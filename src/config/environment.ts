import { z } from 'zod';
import type { LogLevel } from './config.ts';
import { isTimeZone, NO_TIME_ZONE } from './time-zone.ts';

/** Variables as the process has them. */
export type Env = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  fatal: 'fatal',
  critical: 'fatal',
  silent: 'silent',
};

const text = z.string().optional();

function whole(fallback: number, from: number, to: number) {
  const message = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(from, message).max(to, message))
    .default(fallback);
}

function matching(message: string, test: (value: string) => boolean) {
  return z.string().refine(test, message).optional();
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

const web = () =>
  matching(
    'must be an http or https address without a user name or password in it',
    (value) => isUrl(value, ['http:', 'https:']) && new URL(value).username === '' && new URL(value).password === '',
  ).transform((value) => value?.replace(/\/+$/, ''));

const https = (message: string) => matching(message, (value) => isUrl(value, ['https:']));

const host = () =>
  matching('must be a bare host name or address: no scheme, port, path or blank', (value) =>
    /^[A-Za-z0-9._-]{1,253}$|^\[?[0-9A-Fa-f:]{2,45}\]?$/.test(value),
  );

const database = (fallback: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_$]{1,64}$/, 'must be a database name of letters, digits, _ and $')
    .default(fallback);

/** Every variable that SENTRY reads, with the defaults of the template. All others are ignored. */
const shape = {
  RDS_HOST: host(),
  RDS_PORT: whole(6150, 1, 65535),
  RDS_USER: z.string().default('AuroraReadWrite'),
  RDS_PASSWORD: matching(
    'starts like an IAM token but its signature is missing: put the whole token in single quotes',
    (value) => !/Action=connect/i.test(value) || /X-Amz-Signature=[0-9a-f]+/i.test(value),
  ),
  RDS_PASSWORD_FILE: text,
  RDS_PEM_PATH: text,
  RDS_TLS_SERVER_NAME: host(),
  RDS_IAM_HOST: host(),
  RDS_IAM_REGION: matching('must be an AWS region such as us-east-1', (value) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(value)),
  FGW_DATABASE: database('FINEGRAINED_WORKFLOW'),
  AIRFLOW_DATABASE: database('airflow'),

  AZURE_TENANT_ID: text,
  AZURE_SPN_CLIENT_ID: text,
  AZURE_PEM_PATH: text,
  AZURE_OPENAI_API_KEY: text,
  AZURE_OPENAI_ENDPOINT: web(),
  AZURE_OPENAI_API_VERSION: z.string().default('2024-02-01'),
  AZURE_OPENAI_DEPLOYMENT: text,
  AZURE_USER_ID: text,
  AZURE_AUTHORITY_HOST: https('must be an https address'),
  OPENAI_BASE_URL: web(),
  OPENAI_API_KEY: text,
  OPENAI_MODEL: text,

  LENZ_API_BASE_URL: web(),
  LENZ_USERNAME: text,
  LENZ_PASSWORD: text,
  LENZ_CACHE_TTL: whole(300, 1, 86_400),
  LENZ_AUTH: z
    .enum(['auto', 'ntlm', 'adfs-form', 'none'], { error: 'must be auto, ntlm, adfs-form or none' })
    .default('auto'),
  LENZ_DOMAIN: z.string().default('NAEAST'),
  LENZ_CA_PATH: text,
  LENZ_USER_AGENT: matching('must be one printable line', (value) => /^[\x20-\x7e]{1,300}$/.test(value)),
  LENZ_ADFS_ORIGINS: matching(
    'must be https origins, separated by commas or blanks, such as https://idp.example.com',
    (value) => origins(value).every((origin) => isUrl(origin, ['https:']) && new URL(origin).origin === origin),
  ).transform((value) => origins(value ?? '')),

  SLACK_BOT_TOKEN: matching('must be a bot token, which starts with xoxb-', (value) => /^(xoxe\.)?xoxb-./.test(value)),
  SLACK_APP_TOKEN: matching('must be an app-level token, which starts with xapp-', (value) => /^xapp-./.test(value)),
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: matching('must be an http or https address', (value) => isUrl(value, ['http:', 'https:'])),
  PORT: whole(3000, 0, 65535),

  LOG_LEVEL: matching(
    `must be one of ${Object.keys(LOG_LEVELS).join(', ')}`,
    (value) => value.toLowerCase() in LOG_LEVELS,
  ).transform((value) => LOG_LEVELS[value?.toLowerCase() ?? 'info'] ?? 'info'),
  QUERY_TIMEOUT: whole(10, 1, 60),
  MAX_QUERY_ROWS: whole(500, 1, 10_000),
  REDIS_URL: matching('must be a redis:// or rediss:// address', (value) => isUrl(value, ['redis:', 'rediss:'])),
  SENTRY_FILE: text,
  SENTRY_DATA_DIR: text,
  SENTRY_TIME_ZONE: z.string().refine(isTimeZone, NO_TIME_ZONE).default('America/New_York'),
  SENTRY_NOW: z.iso
    .datetime({ offset: true, error: 'must be an ISO 8601 instant with a zone, such as 2026-02-14T08:12:00Z' })
    .transform((value) => Date.parse(value))
    .optional(),
  AIRFLOW_BASE_URL: web(),
  NODE_ENV: text,
};

function origins(value: string): string[] {
  return value.split(/[\s,]+/).filter(Boolean);
}

const Environment = z.object(shape);
export type Environment = z.output<typeof Environment>;
export type VariableName = keyof Environment;

export const VARIABLE_NAMES = Object.keys(shape) as VariableName[];

/**
 * Reads every variable. One that is wrong is reported and takes its default, so that all problems, also those between
 * variables, come in one go. Empty counts as unset: a copied template sets nothing.
 */
export function readEnvironment(env: Env, report: (problem: string) => void): Environment {
  const given = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, env[name]?.trim() || undefined]));
  const whole = Environment.safeParse(given);
  if (whole.success) return whole.data;
  for (const issue of whole.error.issues) {
    const name = String(issue.path[0]);
    report(`${name} ${issue.message}.`);
    given[name] = undefined;
  }
  return Environment.parse(given);
}
