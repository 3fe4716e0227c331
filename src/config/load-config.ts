import type { Config, SourcesConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { type Env, type Environment, readEnvironment, type VariableName } from './environment.ts';
import { type ReadFile, readFromDisk, readNamed } from './files.ts';
import { readLlm } from './llm-settings.ts';
import { EMPTY_SENTRY_FILE, parseSentryFile, type SentryFile } from './sentry-file.ts';
import { readSlack } from './slack-settings.ts';
import { readSources, type SettingsScope } from './source-settings.ts';

const SECRETS: readonly VariableName[] = [
  'RDS_PASSWORD',
  'AZURE_OPENAI_API_KEY',
  'OPENAI_API_KEY',
  'LENZ_PASSWORD',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
];

/**
 * Reads the whole configuration, once. Throws one ConfigError that lists every problem by the names of the variables and
 * never by their values. With nothing set, or with an unfilled copy of `.env.example`, it is the embedded world.
 */
export function loadConfig(env: Env, read: ReadFile = readFromDisk): Config {
  const problems: string[] = [];
  const warnings: string[] = [];
  const problem = (text: string) => problems.push(text);
  const values = readEnvironment(env, problem);
  const production = values.NODE_ENV === 'production';
  const scope: SettingsScope = { env, values, production, read, problem, warn: (text) => warnings.push(text) };

  if (production && env.SENTRY_NOW?.trim()) problem('SENTRY_NOW is set: production does not run under a frozen clock.');
  const sources = readSources(scope);
  const llm = readLlm(scope);
  const slack = readSlack(scope);
  const file = readSentryFile(scope);
  if (sources.kind === 'embedded' && slack)
    warnings.push(
      'Answers in this workspace come from the simulated world: neither the database nor Lenz is configured.',
    );
  if (/^(true|1)$/i.test(env.LANGSMITH_TRACING ?? env.LANGCHAIN_TRACING_V2 ?? '')) {
    warnings.push('Tracing is on: questions and findings are sent to the tracing service.');
  }
  if (problems.length > 0) throw new ConfigError(problems);

  return {
    production,
    logLevel: values.LOG_LEVEL,
    timeZone: values.SENTRY_TIME_ZONE,
    now: values.SENTRY_NOW ?? null,
    sources,
    lenzCacheTtlS: values.LENZ_CACHE_TTL,
    llm,
    slack,
    port: values.PORT,
    redisUrl: values.REDIS_URL ?? null,
    queryTimeoutS: values.QUERY_TIMEOUT,
    maxQueryRows: values.MAX_QUERY_ROWS,
    dataDir: values.SENTRY_DATA_DIR ?? null,
    airflowBaseUrl: values.AIRFLOW_BASE_URL ?? null,
    file,
    warnings,
    secrets: secretsOf(values, sources),
  };
}

function readSentryFile({ values, read, problem }: SettingsScope): SentryFile {
  const path = values.SENTRY_FILE ?? 'sentry.yml';
  const { text, absent } = readNamed('SENTRY_FILE', path, read, problem);
  if (absent && values.SENTRY_FILE) problem('SENTRY_FILE names a file that does not exist.');
  if (text === null) return EMPTY_SENTRY_FILE;
  const parsed = parseSentryFile(text, path);
  if ('file' in parsed) return parsed.file;
  parsed.problems.forEach(problem);
  return EMPTY_SENTRY_FILE;
}

function secretsOf(values: Environment, sources: SourcesConfig): string[] {
  const secrets: unknown[] = SECRETS.map((name) => values[name]);
  if (sources.kind === 'real') secrets.push(sources.rds.password);
  if (values.REDIS_URL) secrets.push(new URL(values.REDIS_URL).password);
  return [...new Set(secrets)].filter((value): value is string => typeof value === 'string' && value.length > 0);
}
