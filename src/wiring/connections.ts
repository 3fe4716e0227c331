import type { Config, LenzConfig, RdsConfig, SlackConfig } from '../config/config.ts';
import { connectMysql, type MysqlOptions } from '../db/connect-mysql.ts';
import type { Databases } from '../db/databases.ts';
import { SentryError } from '../errors.ts';
import type { createLenzAuth } from '../lenz/create-auth.ts';
import type { Endpoint } from '../observability/endpoints.ts';
import type { ConnectionOptions } from '../slack/connections/connection.ts';
import { rdsOptions } from './rds-options.ts';

/** First part of every key: others may share the Redis. */
export const REDIS_PREFIX = 'sentry';

/** Where openState keeps it, known before it is opened. */
export function whereKept({ redisUrl, dataDir }: Config): { durable: boolean; where: string } {
  return { durable: redisUrl !== null || dataDir !== null, where: redisUrl !== null ? 'Redis' : (dataDir ?? 'memory') };
}

export function realSources(config: Config): { rds: RdsConfig; lenz: LenzConfig } {
  if (config.sources.kind === 'real') return config.sources;
  throw new SentryError('CONFIG', 'Neither the database nor Lenz is configured.', {
    remedy: 'Set the RDS_ and LENZ_ variables, both or neither; .env.example lists them.',
  });
}

export function openDatabases(config: Config, given?: Databases): { databases: Databases; mysql: MysqlOptions | null } {
  if (given !== undefined) return { databases: given, mysql: null };
  const mysql = rdsOptions(realSources(config).rds, config);
  return { databases: connectMysql(mysql), mysql };
}

export function slackConnection(slack: SlackConfig, port: number, routes: readonly Endpoint[]): ConnectionOptions {
  const apiUrl = slack.apiUrl ?? undefined;
  return slack.kind === 'http' ? { ...slack, apiUrl, port, routes } : { ...slack, apiUrl };
}

export function lenzAuthOf(lenz: LenzConfig): Parameters<typeof createLenzAuth>[0] {
  if (lenz.auth === 'none' || lenz.username === null || lenz.password === null) return { kind: 'none' };
  const credentials = { user: lenz.username, password: lenz.password, domain: lenz.domain };
  return { kind: lenz.auth, credentials, adfsOrigins: lenz.adfsOrigins };
}
