import { SentryError, UpstreamError } from '../errors.ts';

const AUTH = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_NOT_SUPPORTED_AUTH_MODE',
  'AUTH_SWITCH_PLUGIN_ERROR',
]);
const RIGHTS = new Set([
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
]);
const TIMEOUT = new Set([
  'ER_QUERY_TIMEOUT',
  'ER_STATEMENT_TIMEOUT',
  'ER_QUERY_INTERRUPTED',
  'ER_LOCK_WAIT_TIMEOUT',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);
const BUSY = new Set(['ER_CON_COUNT_ERROR', 'ER_USER_LIMIT_REACHED', 'ER_TOO_MANY_USER_CONNECTIONS', 'POOL_BUSY']);
/** Numbers of codes that mysql2 does not name on every server: 3024 MySQL and 1969 MariaDB are the statement time limit. */
const TIMEOUT_NUMBERS = new Set([1317, 1969, 3024]);

/**
 * What a failure of the driver means for a person, as UpstreamError `rds`: RDS_AUTH, RDS_UNREACHABLE, RDS_TIMEOUT, RDS_BUSY
 * or RDS_QUERY. The driver's own words stay in `cause`: they may quote data.
 */
export function rdsError(error: unknown): SentryError {
  if (error instanceof SentryError) return error;
  const code = textOf(error, 'code');
  const number = (error as { errno?: unknown } | null)?.errno;
  if (AUTH.has(code)) {
    return rds(
      'RDS_AUTH',
      'The database refused the login.',
      'Renew RDS_PASSWORD (the token expires) and check RDS_USER.',
      error,
    );
  }
  if (RIGHTS.has(code)) {
    return rds(
      'RDS_AUTH',
      'The database login may not read what SENTRY needs.',
      'Check FGW_DATABASE and AIRFLOW_DATABASE, and that the login may SELECT from both.',
      error,
    );
  }
  if (BUSY.has(code)) {
    return rds(
      'RDS_BUSY',
      'The database has no free connection.',
      'Ask again in a minute; too many questions run at once.',
      error,
    );
  }
  if (TIMEOUT.has(code) || (typeof number === 'number' && TIMEOUT_NUMBERS.has(number))) return timedOut(error);
  if (isNetwork(code, error)) {
    return rds(
      'RDS_UNREACHABLE',
      'The database could not be reached over TLS.',
      'Check RDS_HOST (the load balancer), RDS_PORT, the network, and RDS_PEM_PATH.',
      error,
    );
  }
  return rds('RDS_QUERY', 'The database could not run a query.', 'Give the reference to whoever runs SENTRY.', error);
}

/** A query that took longer than QUERY_TIMEOUT. */
export function timedOut(cause?: unknown): UpstreamError {
  return rds('RDS_TIMEOUT', 'The database took too long to answer.', 'Ask again, or about fewer dates at once.', cause);
}

function isNetwork(code: string, error: unknown): boolean {
  if (
    /^(E[A-Z]+|PROTOCOL_\w+|HANDSHAKE_\w+|ERR_TLS\w*|ERR_SSL\w*|\w*CERT\w*|UNABLE_TO_\w+)$/.test(code) &&
    !code.startsWith('ER_')
  ) {
    return true;
  }
  return (error as { fatal?: unknown } | null)?.fatal === true && !code.startsWith('ER_');
}

function textOf(error: unknown, property: 'code'): string {
  const value = (error as Record<string, unknown> | null)?.[property];
  return typeof value === 'string' ? value : '';
}

function rds(code: UpstreamError['code'], message: string, remedy: string, cause: unknown): UpstreamError {
  return new UpstreamError('rds', code, message, { remedy, cause });
}
