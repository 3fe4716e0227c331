import { connect, isIP } from 'node:net';
import { type Connection, type ConnectionOptions, createConnection } from 'mysql2';
import { SentryError } from '../errors.ts';
import type { MysqlOptions } from './connect-mysql.ts';
import { loginRemedy } from './login-remedy.ts';
import { isRefusedLogin, rdsError } from './rds-error.ts';

/** Opens connections over TLS that are logged in and not yet set up. */
export interface MysqlConnector {
  /** @throws UpstreamError `RDS_*` */
  open(): Promise<Connection>;
  connectTimeoutMs: number;
}

/**
 * `onOutcome` is shown each connection as soon as its login was taken or refused.
 *
 * @throws SentryError `CONFIG` when a certificate is to be verified and no host name is known
 */
export function createConnector(
  options: MysqlOptions,
  database: string,
  onOutcome: (connection: Connection) => void = () => {},
): MysqlConnector {
  const connectTimeoutMs = (options.connectTimeoutS ?? Math.min(5, options.queryTimeoutS / 2)) * 1000;
  const driver = driverOptions(options, database, connectTimeoutMs);
  const { password } = options;
  const ask = typeof password === 'string' ? async () => password : password;

  async function open(): Promise<Connection> {
    const token = await ask();
    try {
      return await login({ ...driver, password: token }, onOutcome);
    } catch (error) {
      if (!isRefusedLogin(error)) throw error;
      // The token may have been renewed while this login was under way.
      const renewed = await ask();
      if (renewed === token) throw error;
      return await login({ ...driver, password: renewed }, onOutcome);
    }
  }

  return {
    connectTimeoutMs,
    open: () =>
      open().catch((error: unknown) => {
        throw rdsError(error, { login: loginRemedy(options) });
      }),
  };
}

function login(options: ConnectionOptions, onOutcome: (connection: Connection) => void): Promise<Connection> {
  const connection = createConnection(options);
  // A connection that dies while idle reports it here; unheard, that would end the process.
  connection.on('error', () => {});
  return new Promise((resolve, reject) => {
    connection.connect((error) => {
      onOutcome(connection);
      if (!error) return resolve(connection);
      connection.destroy();
      reject(error);
    });
  });
}

function driverOptions(options: MysqlOptions, database: string, connectTimeout: number): ConnectionOptions {
  const { ca } = options.tls;
  const serverName = options.tls.serverName ?? (isLoopback(options.host) ? 'localhost' : options.host);
  if (ca !== undefined && isIP(serverName)) {
    throw new SentryError('CONFIG', 'The database is given by address, and a certificate names a host.', {
      remedy: 'Set RDS_TLS_SERVER_NAME to the name in the certificate of the database.',
    });
  }
  return {
    // The driver checks the certificate against `host`; the socket below goes where one really connects to.
    host: serverName,
    stream: () => connect({ host: options.host, port: options.port, noDelay: true, keepAlive: true }),
    port: options.port,
    user: options.user,
    database,
    connectTimeout,
    // Given at all, it makes the driver refuse a server without TLS before it names the user.
    ssl: ca === undefined ? { rejectUnauthorized: false } : { ca, rejectUnauthorized: true, verifyIdentity: true },
    // An IAM token is sent as it is, inside TLS.
    enableCleartextPlugin: true,
    charset: 'utf8mb4',
    dateStrings: true,
    timezone: 'Z',
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    trace: false,
  } as ConnectionOptions;
}

function isLoopback(host: string): boolean {
  return host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
