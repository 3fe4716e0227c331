import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { ensureProgram } from './install.ts';
import { startProcess } from './throwaway-process.ts';
import { createThrowawayTls } from './throwaway-tls.ts';

const run = promisify(execFile);
const MARIADB = { debianPackage: 'mariadb-server', variable: 'SENTRY_TEST_MYSQL_URL' };

/** How to reach a server whose contents nobody will miss. The login may do anything there. */
export interface MysqlServer {
  host: string;
  port: number;
  user: string;
  password: string;
  /** PEM of the certificate authority; empty where a given server is used without one. */
  ca: string;
}

/** A server that can be stopped and started again on its port, with what it holds. */
export interface OwnMariaDb extends MysqlServer {
  /** Where its certificates are; it reads them when it starts. */
  folder: string;
  /** Ends it at once, as a crash would. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A MariaDB of its own on a free port, in a temporary folder, with TLS. Its clock is five hours west of UTC, as a server's may
 * be. `SENTRY_TEST_MYSQL_URL` (`mysql://user:password@host:port?ca=/path/to/ca.pem`) names a server to use instead.
 */
export async function startMariaDb(): Promise<MysqlServer & { stop(): Promise<void> }> {
  const given = process.env.SENTRY_TEST_MYSQL_URL;
  if (given) return { ...parseUrl(given), stop: async () => {} };
  return startOwnMariaDb();
}

export async function startOwnMariaDb(): Promise<OwnMariaDb> {
  const mariadbd = await ensureProgram({ programs: ['mariadbd', 'mysqld'], ...MARIADB });
  const installDb = await ensureProgram({ programs: ['mariadb-install-db', 'mysql_install_db'], ...MARIADB });
  const folder = await mkdtemp(join(tmpdir(), 'sentry-mariadb-'));
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const server = { host: '127.0.0.1', user: 'sentry_test', password: `p&%='?${randomBytes(8).toString('hex')}` };
  try {
    const [tls] = await Promise.all([
      createThrowawayTls(folder, [], 30),
      run(installDb, [
        '--no-defaults',
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        `--datadir=${join(folder, 'data')}`,
        '--innodb-log-file-size=64M',
        ...asRoot,
      ]),
    ]);
    const quoted = `'${server.password.replaceAll("'", "''")}'`;
    await writeFile(
      join(folder, 'init.sql'),
      [
        `ALTER USER root@localhost IDENTIFIED BY ${quoted};`,
        `CREATE USER IF NOT EXISTS ${server.user}@'%' IDENTIFIED BY ${quoted};`,
        `GRANT ALL ON *.* TO ${server.user}@'%' WITH GRANT OPTION;`,
        '',
      ].join('\n'),
      { mode: 0o600 },
    );
    const port = await freePort();
    const launch = () =>
      startProcess(
        mariadbd,
        [
          '--no-defaults',
          ...asRoot,
          `--datadir=${join(folder, 'data')}`,
          // Its own: a shared one is tidied by others.
          `--tmpdir=${folder}`,
          `--socket=${join(folder, 's')}`,
          `--pid-file=${join(folder, 'pid')}`,
          `--port=${port}`,
          `--bind-address=${server.host}`,
          `--init-file=${join(folder, 'init.sql')}`,
          `--ssl-ca=${tls.caPath}`,
          `--ssl-cert=${tls.certPath}`,
          `--ssl-key=${tls.keyPath}`,
          '--default-time-zone=-05:00',
          '--skip-log-bin',
          '--skip-name-resolve',
          '--innodb-flush-log-at-trx-commit=0',
          '--innodb-flush-method=nosync',
          '--innodb-doublewrite=0',
          '--innodb-log-file-size=64M',
          '--innodb-buffer-pool-size=256M',
          '--max-allowed-packet=64M',
          '--max-connections=300',
        ],
        /ready for connections/,
      );
    let child = await launch();
    return {
      ...server,
      port,
      ca: tls.ca,
      folder,
      halt: () => child.stop(),
      async resume() {
        child = await launch();
      },
      async stop() {
        await child.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function parseUrl(text: string): MysqlServer {
  const url = new URL(text);
  const ca = url.searchParams.get('ca');
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ca: ca ? readFileSync(ca, 'utf8') : '',
  };
}
