import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { Pool, TimeoutError } from 'tarn';
import type { MysqlOptions } from './connect-mysql.ts';
import { createConnector } from './mysql-connector.ts';
import { openPooledConnection, type PooledConnection } from './pooled-connection.ts';

const HOUR_MS = 3_600_000;
/** A token outlives its connections' age, and a load balancer's forgotten connections do not stay. */
const RETIRE_MS = 5 * HOUR_MS;
/** Unused for longer than this, a connection is asked whether it is still alive before it is used. */
const IDLE_MS = 1_000;
const KEPT = 5;

/** One pool for one database, as Kysely wants it: every connection it hands out has had its session set up. */
export function createMysqlPool(options: MysqlOptions, database: string): MysqlPool {
  const connector = createConnector(options, database);
  const now = options.now ?? (() => performance.now());
  const max = options.connectionLimit ?? 15;
  let closed = false;

  const pool = new Pool<PooledConnection>({
    create: () => openPooledConnection({ connector, queryTimeoutS: options.queryTimeoutS, now, onFree: giveBack }),
    // It may be a promise, as the library's documentation says and its types do not.
    validate: (connection) => isUsable(connection) as boolean,
    destroy: (connection) => connection.destroy(),
    min: Math.min(KEPT, max),
    max,
    acquireTimeoutMillis: (options.acquireTimeoutS ?? 30) * 1000,
    // A login may be tried twice, and a session is set up in five turns.
    createTimeoutMillis: connector.connectTimeoutMs * 4,
    idleTimeoutMillis: 60_000,
    createRetryIntervalMillis: 50,
    propagateCreateError: true,
  });

  function isUsable(connection: PooledConnection): boolean | Promise<boolean> {
    if (connection.isBroken() || now() - connection.bornAt > RETIRE_MS) return false;
    return now() - connection.usedAt() <= IDLE_MS || connection.isAlive();
  }

  function giveBack(connection: PooledConnection): void {
    pool.release(connection);
  }

  return {
    getConnection(callback) {
      if (closed) return callback(failure('POOL_CLOSED', 'the pool is closed'), null as never);
      pool.acquire().promise.then(
        (connection) => callback(null, connection as unknown as MysqlPoolConnection),
        (error: unknown) => {
          const busy = error instanceof TimeoutError;
          callback(busy ? failure('POOL_BUSY', 'no free connection in time') : error, null as never);
        },
      );
    },
    end(callback) {
      closed = true;
      pool.destroy().then(() => callback(undefined), callback);
    },
  };
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
