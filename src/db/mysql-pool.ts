import { connect, isIP } from 'node:net';
import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { createPool, type PoolConnection, type PoolOptions } from 'mysql2';
import { SentryError } from '../errors.ts';
import type { MysqlOptions } from './connect-mysql.ts';
import { setUpSession } from './mysql-session.ts';

/** One pool for one database, as Kysely wants it: every connection it hands out has had its session set up. */
export function createMysqlPool(options: MysqlOptions, database: string): MysqlPool {
  const pool = createPool(poolOptions(options, database));
  // Dead idle connections report here as well as to their next user; unheard, they would end the process.
  pool.on('connection', (connection) => connection.on('error', () => {}));
  const ready = new WeakSet<PoolConnection>();
  const acquireTimeoutMs = (options.acquireTimeoutS ?? options.queryTimeoutS / 2) * 1000;

  return {
    getConnection(callback) {
      let waiting: NodeJS.Timeout | undefined;
      let late = false;
      const done = (error: unknown, connection: PoolConnection | null) => {
        clearTimeout(waiting);
        if (late) connection?.release();
        else callback(error, connection as unknown as MysqlPoolConnection);
      };
      let queued = false;
      const onQueued = () => {
        queued = true;
      };
      pool.once('enqueue', onQueued);
      pool.getConnection((error, connection) => {
        clearTimeout(waiting);
        if (error) return done(error, null);
        if (late || ready.has(connection)) return done(null, connection);
        setUpSession(connection, options.queryTimeoutS).then(
          () => {
            ready.add(connection);
            done(null, connection);
          },
          (failure: unknown) => {
            // A session that is not read-only and limited is never used.
            connection.destroy();
            done(failure, null);
          },
        );
      });
      pool.off('enqueue', onQueued);
      if (!queued) return;
      waiting = setTimeout(() => {
        done(Object.assign(new Error('no free connection in time'), { code: 'POOL_BUSY' }), null);
        late = true;
      }, acquireTimeoutMs);
    },
    end: (callback) => pool.end((error) => callback(error ?? undefined)),
  };
}

function poolOptions(options: MysqlOptions, database: string): PoolOptions {
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
    password: options.password,
    database,
    connectTimeout: (options.connectTimeoutS ?? Math.min(5, options.queryTimeoutS / 2)) * 1000,
    connectionLimit: options.connectionLimit ?? 15,
    waitForConnections: true,
    ssl: ca === undefined ? { rejectUnauthorized: false } : { ca, rejectUnauthorized: true, verifyIdentity: true },
    // An IAM token is sent as it is, inside TLS.
    enableCleartextPlugin: true,
    charset: 'utf8mb4',
    dateStrings: true,
    timezone: 'Z',
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    trace: false,
  } as PoolOptions;
}

function isLoopback(host: string): boolean {
  return host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
