import { TLSSocket } from 'node:tls';
import type { Connection } from 'mysql2';
import { UpstreamError } from '../errors.ts';
import type { MysqlOptions } from './connect-mysql.ts';
import { PRODUCTION_NAMES } from './databases.ts';
import { grantsBeyondSelect } from './grants.ts';
import { createConnector } from './mysql-connector.ts';
import { run, setUpSession } from './mysql-session.ts';
import { rdsError } from './rds-error.ts';
import { tokenExpiry } from './token-expiry.ts';
import { within } from './within.ts';

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
  /**
   * Whether the certificate and its host name were checked, and the whole days that it has left: below zero once it has
   * expired. Null where there was no TLS to speak of.
   */
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
  { signal }: DatabaseCheckOptions = {},
): Promise<DatabaseCheck> {
  const database = (mysql.names ?? PRODUCTION_NAMES)[which];
  const seen: DatabaseCheck = {
    database,
    address: `${mysql.host}:${mysql.port}`,
    reachable: false,
    loggedIn: false,
    connectMs: null,
    latencyMs: null,
    tls: null,
    serverVersion: null,
    readOnly: null,
    grantsBeyondSelect: null,
    tokenExpiresAt: null,
    error: null,
  };
  const connector = createConnector(watched(mysql, seen), database, (connection) => {
    seen.tls = tlsOf(connection, mysql.tls.ca !== undefined) ?? seen.tls;
  });
  const started = performance.now();
  let connection: Connection | undefined;
  const leave = () => connection?.destroy();
  signal?.addEventListener('abort', leave, { once: true });
  try {
    connection = await connector.open();
    if (signal?.aborted) return seen;
    seen.reachable = true;
    seen.loggedIn = true;
    const look = lookInside(connection, { seen, started, queryTimeoutS: mysql.queryTimeoutS });
    await within(connector.connectTimeoutMs, look);
  } catch (error) {
    const told = rdsError(error);
    seen.reachable ||= told.code === 'RDS_AUTH' && seen.tls !== null;
    seen.error = told instanceof UpstreamError ? told : null;
  } finally {
    signal?.removeEventListener('abort', leave);
    connection?.destroy();
  }
  return seen;
}

/** The password as it is asked for, so that what it says of itself can be told. A signed one is made anew for each login. */
function watched(mysql: MysqlOptions, seen: DatabaseCheck): MysqlOptions {
  const { password, renewal } = mysql;
  const ask = async () => {
    const token = typeof password === 'string' ? password : await password();
    if (renewal?.takenFrom !== 'signed') seen.tokenExpiresAt = tokenExpiry(token);
    return token;
  };
  return { ...mysql, password: ask };
}

async function lookInside(
  connection: Connection,
  { seen, started, queryTimeoutS }: { seen: DatabaseCheck; started: number; queryTimeoutS: number },
): Promise<void> {
  const { version } = await setUpSession(connection, queryTimeoutS);
  seen.connectMs = performance.now() - started;
  seen.serverVersion = version;
  const sent = performance.now();
  await run(connection, 'SELECT 1');
  seen.latencyMs = performance.now() - sent;
  // The variable has two names, and no server is sure to know both.
  const variables = await run(
    connection,
    "SHOW SESSION VARIABLES WHERE Variable_name IN ('transaction_read_only', 'tx_read_only')",
  );
  seen.readOnly = variables.some(({ Value }) => Value === 'ON' || Value === '1');
  const grants = await run(connection, 'SHOW GRANTS');
  seen.grantsBeyondSelect = grantsBeyondSelect(grants.flatMap(Object.values).map(String));
}

const DAY_MS = 86_400_000;

function tlsOf(connection: Connection, verified: boolean): DatabaseCheck['tls'] {
  const { stream } = connection as unknown as { stream: unknown };
  if (!(stream instanceof TLSSocket)) return null;
  const { valid_to: until } = stream.getPeerCertificate() ?? {};
  // Without a certificate the handshake did not get that far.
  if (until === undefined) return null;
  const certificateDays = Math.floor((Date.parse(until) - Date.now()) / DAY_MS);
  return { verified: verified && stream.authorized, certificateDays };
}
