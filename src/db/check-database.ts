import type { UpstreamError } from '../errors.ts';
import type { MysqlOptions } from './connect-mysql.ts';

/** What a look at one database found. Holds no secret. What could not be seen is null. */
export interface DatabaseCheck {
  database: string;
  /** Host and port that were dialled. */
  address: string;
  /** A server answered over TLS, whatever it then said to the login. */
  reachable: boolean;
  /** The login was accepted and may use this database. */
  loggedIn: boolean;
  /** Milliseconds from dialling until the session was set up; null where it never was. */
  connectMs: number | null;
  /** Milliseconds that one statement took there and back. */
  latencyMs: number | null;
  /** Whether the certificate and its host name were checked. Null where there was no TLS to speak of. */
  tls: { verified: boolean; certificateDays: number | null } | null;
  serverVersion: string | null;
  /** The session variable: whether the server refuses writes in SENTRY's sessions. */
  readOnly: boolean | null;
  /** Rights from SHOW GRANTS that go beyond reading, e.g. `INSERT`, `ALL PRIVILEGES`. Empty: it may only read. */
  grantsBeyondSelect: string[] | null;
  /** When the token itself says that it ends (UTC milliseconds); null for a password that is no IAM token. */
  tokenExpiresAt: number | null;
  error: UpstreamError | null;
}

export interface DatabaseCheckOptions {
  /** Ends the look. */
  signal?: AbortSignal;
}

/**
 * Opens a connection of its own as a question would, looks, and closes it. Reads only what the server says of itself; never
 * tries a write. Never throws for what is wrong with the database: that is in `error`.
 */
export async function checkDatabase(
  mysql: MysqlOptions,
  which: 'fgw' | 'airflow',
  options: DatabaseCheckOptions = {},
): Promise<DatabaseCheck> {
  throw new Error(`not yet: ${mysql.host} ${which} ${options.signal?.aborted}`);
}
