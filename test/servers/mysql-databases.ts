import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import type { DatabaseNames } from '../../src/db/databases.ts';
import type { MysqlServer } from './mariadb.ts';
import { productionSchema } from './production-schema.ts';

/** A connection that may write, with a session in UTC: for loading rows into a throwaway server. */
export async function openAdmin(server: MysqlServer): Promise<Connection> {
  const { host, port, user, password, ca } = server;
  // The driver takes `host` for the certificate's name; a given server without a CA is not verified.
  const ssl = ca ? { ca, rejectUnauthorized: true } : { rejectUnauthorized: false };
  const connection = await createConnection({ host, port, user, password, ssl, dateStrings: true, timezone: 'Z' });
  await connection.query("SET SESSION time_zone = '+00:00'");
  return connection;
}

/** Two empty databases with the production tables, under names of their own. */
export async function createDatabases(admin: Connection): Promise<DatabaseNames> {
  const tag = randomBytes(6).toString('hex');
  const names = { fgw: `FGW_${tag}`, airflow: `airflow_${tag}` };
  await admin.query(`CREATE DATABASE ${names.fgw} CHARACTER SET utf8mb4`);
  await admin.query(`CREATE DATABASE ${names.airflow} CHARACTER SET utf8mb4`);
  for (const statement of productionSchema(names)) await admin.query(statement);
  return names;
}

export async function dropDatabases(admin: Connection, names: DatabaseNames): Promise<void> {
  await admin.query(`DROP DATABASE ${names.fgw}`);
  await admin.query(`DROP DATABASE ${names.airflow}`);
}
