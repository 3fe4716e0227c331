import { SentryError, UpstreamError } from '../errors.ts';

const AUTH = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_NOT_SUPPORTED_AUTH_MODE',
  'AUTH_SWITCH_PLUGIN_ERROR',
]);
/** The server ends sessions when it goes down, and for being idle or told to. */
const GONE = new Set([
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_CLIENT_INTERACTION_TIMEOUT',
  'ER_HOST_IS_BLOCKED',
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
 * or RDS_QUERY. The driver's own words stay in `cause`: they may quote data. `login`: what to do about a refused login.
 */
export function rdsError(error: unknown, remedies: { login?: string } = {}): SentryError {
  if (error instanceof SentryError) return error;
  const code = textOf(error, 'code');
  const number = (error as { errno?: unknown } | null)?.errno;
  if (isRefusedLogin(error)) {
    const remedy = remedies.login ?? 'Renew RDS_PASSWORD (the token expires) and check RDS_USER.';
    return rds('RDS_AUTH', 'The database refused the login.', remedy, error);
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
  const certificate = certificateTrouble(error);
  if (certificate !== null) return rds('RDS_UNREACHABLE', certificate.message, certificate.remedy, error);
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

/** Whether it is the user or the password that the server did not take. */
export function isRefusedLogin(error: unknown): boolean {
  return AUTH.has(textOf(error, 'code'));
}

/** The driver gives all of these one code, and OpenSSL's words are all there is to tell them apart. */
function certificateTrouble(error: unknown): { message: string; remedy: string } | null {
  const code = textOf(error, 'code');
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') {
    return {
      message: 'The database offers no TLS, and SENTRY sends no login without it.',
      remedy: 'Check that RDS_HOST and RDS_PORT lead to the database and not to something else.',
    };
  }
  if (code !== 'HANDSHAKE_SSL_ERROR' && !/CERT|ERR_TLS/.test(code)) return null;
  const words = error instanceof Error ? error.message : '';
  if (/certificate has expired/i.test(words)) {
    return {
      message: 'The certificate of the database has expired.',
      remedy: 'Have the certificate of the database renewed; SENTRY does not connect before.',
    };
  }
  if (/altname|does not match/i.test(words)) {
    return {
      message: 'The certificate of the database is for another host name.',
      remedy: 'Set RDS_TLS_SERVER_NAME to the name in the certificate, usually that of the database node.',
    };
  }
  if (/issuer|self[- ]signed|verify|signature|unknown ca/i.test(words)) {
    return {
      message: 'The certificate of the database is not from an authority in RDS_PEM_PATH.',
      remedy: "Put the current certificate bundle of the database's authority at RDS_PEM_PATH.",
    };
  }
  return null;
}

function isNetwork(code: string, error: unknown): boolean {
  if (GONE.has(code)) return true;
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
