import type { Connection, QueryError } from 'mysql2';
import { killStatement } from './kill-statement.ts';
import type { MysqlConnector } from './mysql-connector.ts';
import { setUpSession } from './mysql-session.ts';
import { rdsError } from './rds-error.ts';
import { within } from './within.ts';

type Answer = (error: QueryError | Error | null, result?: unknown) => void;

/** A connection with its session set up. `query` and `release` are what Kysely calls. */
export interface PooledConnection {
  /** On the clock that was given. */
  bornAt: number;
  usedAt(): number;
  threadId: number | null;
  query(sql: string, parameters: readonly unknown[], answer: Answer): void;
  release(): void;
  destroy(): void;
  isBroken(): boolean;
  /** Asks the server; a connection that does not answer is broken. */
  isAlive(): Promise<boolean>;
}

interface PooledConnectionOptions {
  connector: MysqlConnector;
  /** A statement that is older than this is killed on the server, and its connection thrown away. */
  queryTimeoutS: number;
  now: () => number;
  /** Called once nothing of the connection's last use is left to do. */
  onFree: (connection: PooledConnection) => void;
}

/** @throws UpstreamError `RDS_*`; a session that is not read-only and limited is never handed out */
export async function openPooledConnection(options: PooledConnectionOptions): Promise<PooledConnection> {
  const { connector, queryTimeoutS, now, onFree } = options;
  const connection = await connector.open();
  const node = await prepare(connection, queryTimeoutS, connector.connectTimeoutMs);
  let usedAt = now();
  let broken = false;
  let ending: Promise<void> | null = null;
  const isBroken = () => broken || isClosed(connection);
  connection.on('error', () => {
    broken = true;
  });

  function stop(): void {
    broken = true;
    const { threadId } = connection;
    ending = killStatement(connector, { threadId, node }).finally(() => connection.destroy());
  }

  const pooled: PooledConnection = {
    bornAt: now(),
    usedAt: () => usedAt,
    threadId: connection.threadId,
    query(sql, parameters, answer) {
      const deadline = setTimeout(() => {
        stop();
        once(Object.assign(new Error('the statement took too long'), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' }));
      }, queryTimeoutS * 1000);
      let answered = false;
      const once: Answer = (error, result) => {
        clearTimeout(deadline);
        if (answered) return;
        answered = true;
        answer(error, result);
      };
      connection.query(sql, [...parameters], (error, result) => {
        if (error?.fatal) broken = true;
        once(error, result);
      });
    },
    release() {
      usedAt = now();
      // While its statement is being killed, a connection still counts as one of the pool's.
      if (ending === null) onFree(pooled);
      else void ending.then(() => onFree(pooled));
    },
    destroy() {
      broken = true;
      connection.destroy();
    },
    isBroken,
    async isAlive() {
      try {
        await within(connector.connectTimeoutMs, ping(connection));
      } catch {
        pooled.destroy();
      }
      return !isBroken();
    },
  };
  return pooled;
}

async function prepare(connection: Connection, queryTimeoutS: number, limitMs: number): Promise<string> {
  try {
    const { node } = await within(limitMs, setUpSession(connection, queryTimeoutS));
    return node;
  } catch (error) {
    connection.destroy();
    throw rdsError(error);
  }
}

function ping(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => connection.ping((error) => (error ? reject(error) : resolve())));
}

/** The driver says nothing of a connection that the server ended while nobody used it, but its socket knows. */
function isClosed(connection: Connection): boolean {
  const { stream } = connection as unknown as { stream: { destroyed: boolean; readable: boolean } };
  return stream.destroyed || !stream.readable;
}
