import { Kysely, MysqlDialect } from 'kysely';
import { type DatabaseNames, type Databases, PRODUCTION_NAMES } from './databases.ts';
import { createMysqlPool } from './mysql-pool.ts';
import type { AirflowTables, FgwTables } from './schema.ts';

export interface MysqlOptions {
  host: string;
  port: number;
  user: string;
  /**
   * As it is: never part of a URL, where its `&`, `=` and `%` would break. A function is asked for each new connection, so that
   * a token which was renewed meanwhile is taken up; it may sign one.
   */
  password: string | (() => Promise<string>);
  names?: DatabaseNames;
  /**
   * TLS is always on. With `ca` (PEM) the certificate and its host name are verified, the latter against `serverName` where the
   * certificate names the node and one connects to a load balancer. Without `ca` the connection is encrypted and unverified.
   */
  tls: { ca?: string; serverName?: string };
  /** Seconds a statement may take: the server ends it a little earlier, and SENTRY kills it on the server at this age. */
  queryTimeoutS: number;
  /** What the remedy of a refused login says about a new token. */
  renewal?: Renewal;
  /** Connections a pool may hold; there are two pools, one per database. Default 15, of which 5 are kept when idle. */
  connectionLimit?: number;
  /** Seconds; default half of `queryTimeoutS`, at most 5. */
  connectTimeoutS?: number;
  /** Seconds to wait for a free connection before RDS_BUSY; default 30. */
  acquireTimeoutS?: number;
  /** Milliseconds on a clock that only goes forward, for the age of connections. */
  now?: () => number;
}

/** How the login is renewed, in terms of the settings. Holds no secret. */
export interface Renewal {
  /** The node that tokens are signed for, and its region. */
  iamHost: string | null;
  iamRegion: string | null;
  /** Where SENTRY takes the password from; `signed`: it signs a token for each connection itself. */
  takenFrom: 'environment' | 'env-file' | 'password-file' | 'signed';
}

/**
 * Opens both databases over MySQL or MariaDB. Nothing is connected before the first query. Failures of queries are turned
 * into UpstreamError `rds` by the executor.
 */
export function connectMysql(options: MysqlOptions): Databases {
  const names = options.names ?? PRODUCTION_NAMES;
  const fgw = new Kysely<FgwTables>({ dialect: new MysqlDialect({ pool: createMysqlPool(options, names.fgw) }) });
  const airflow = new Kysely<AirflowTables>({
    dialect: new MysqlDialect({ pool: createMysqlPool(options, names.airflow) }),
  });
  return {
    kind: 'mysql',
    names,
    fgw: fgw.withSchema(names.fgw),
    airflow: airflow.withSchema(names.airflow),
    async close() {
      await Promise.all([fgw.destroy(), airflow.destroy()]);
    },
  };
}
