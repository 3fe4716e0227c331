import type { SentryFile } from './sentry-file.ts';

/** Where runs and definitions come from. Simulated definitions never judge real runs, so both are real or both embedded. */
export type SourcesConfig = { kind: 'embedded' } | { kind: 'real'; rds: RdsConfig; lenz: LenzConfig };

export interface RdsConfig {
  /** The load balancer's host; the database node itself is usually not reachable. */
  host: string;
  port: number;
  user: string;
  /**
   * Usually an IAM token that expires after some hours: what RDS_PASSWORD or the file at RDS_PASSWORD_FILE held at the start.
   * Empty where neither is set and SENTRY signs its own tokens for `iamHost` in `iamRegion`.
   */
  password: string;
  /** Where `password` was read, for whoever reads it again. */
  passwordFile: string | null;
  tls: {
    /** PEM text. Null means TLS without verification, which production refuses. */
    ca: string | null;
    /** The name in the certificate, where it differs from `host`. */
    serverName: string | null;
  };
  fgwDatabase: string;
  airflowDatabase: string;
  /** The node that tokens are signed for, and its region: for signing and for the words of a remedy. */
  iamHost: string | null;
  iamRegion: string | null;
}

export interface LenzConfig {
  /** Without a trailing slash. */
  baseUrl: string;
  /** Null only when `auth` is `none`. */
  username: string | null;
  password: string | null;
  auth: 'auto' | 'ntlm' | 'adfs-form' | 'none';
  /** Windows domain, for user names that carry none. */
  domain: string;
  /** PEM text of further certificate authorities; null for those that Node knows. */
  ca: string | null;
  userAgent: string | null;
  /** Origins that a sign-on redirect may lead to; credentials go nowhere else. */
  adfsOrigins: string[];
}

export type LlmConfig =
  /** No model: rules plan the tool calls and write the sentences. */
  | { kind: 'planner' }
  | {
      kind: 'azure';
      endpoint: string;
      apiKey: string;
      apiVersion: string;
      deployment: string;
      /** Sent as `x-ms-useragent`. */
      userId: string | null;
      /** Null: the API key alone authenticates. */
      servicePrincipal: { tenantId: string; clientId: string; pemPath: string; authorityHost: string | null } | null;
    }
  | { kind: 'openai'; baseUrl: string; apiKey: string; model: string };

export type SlackConfig = { botToken: string; apiUrl: string | null } & (
  | { kind: 'socket'; appToken: string }
  | { kind: 'http'; signingSecret: string }
);

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Everything that is set from outside, read once at the start and handed down. */
export interface Config {
  production: boolean;
  logLevel: LogLevel;
  /** IANA name: the zone in which times are shown beside UTC and in which "last night" is meant. */
  timeZone: string;
  /** UTC milliseconds at which the clock stands still; null for the running clock. Never set in production. */
  now: number | null;
  sources: SourcesConfig;
  lenzCacheTtlS: number;
  llm: LlmConfig;
  /** Null: no workspace is configured. */
  slack: SlackConfig | null;
  /** For Slack over HTTP, or for the page of the playground. */
  port: number;
  redisUrl: string | null;
  /** Seconds a query may take. */
  queryTimeoutS: number;
  /** Rows that a query written by the model may return. */
  maxQueryRows: number;
  /** Null: nothing is kept on disk. */
  dataDir: string | null;
  /** Without a trailing slash; null: runs are not linked. */
  airflowBaseUrl: string | null;
  /** The contents of `sentry.yml`, or its defaults. */
  file: SentryFile;
  /** What works but should be known, as sentences without secrets. Said at every start. */
  warnings: string[];
  /** Every secret value of this configuration, for the logger to strike out wherever it turns up. */
  secrets: string[];
}
