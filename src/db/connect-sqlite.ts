import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import { type DatabaseNames, type Databases, PRODUCTION_NAMES } from './databases.ts';
import { embeddedSchema } from './embedded-schema.ts';
import { quoteIdentifier } from './quote-identifier.ts';
import type { AirflowTables, FgwTables } from './schema.ts';

export interface SqliteOptions {
  names?: DatabaseNames;
  /** Files to keep the two databases in; in memory without. */
  files?: { fgw: string; airflow: string };
}

/** The embedded stand-in for the production server. */
export interface SqliteDatabases extends Databases {
  kind: 'sqlite';
  /** The connection itself: for whoever loads the embedded world, before `makeReadOnly`. */
  sqlite: DatabaseSync;
  /** From here on the connection refuses every write, as the production session does. */
  makeReadOnly(): void;
}

/** Opens (and creates, where absent) the two embedded databases, attached under their production names. */
export function connectSqlite(options: SqliteOptions = {}): SqliteDatabases {
  const names = options.names ?? PRODUCTION_NAMES;
  const sqlite = new DatabaseSync(':memory:');
  for (const which of ['fgw', 'airflow'] as const) {
    sqlite.prepare(`ATTACH DATABASE ? AS ${quoteIdentifier(names[which])}`).run(options.files?.[which] ?? ':memory:');
  }
  sqlite.exec(embeddedSchema(names));

  const kysely = new Kysely<FgwTables & AirflowTables>({ dialect: new SqliteDialect({ database: adapt(sqlite) }) });
  let open = true;
  return {
    kind: 'sqlite',
    names,
    sqlite,
    fgw: kysely.withSchema(names.fgw),
    airflow: kysely.withSchema(names.airflow),
    makeReadOnly: () => sqlite.exec('PRAGMA query_only = ON'),
    async close() {
      if (!open) return;
      open = false;
      sqlite.close();
    },
  };
}

/** Kysely speaks to better-sqlite3; Node's own SQLite differs only in how parameters are passed. */
function adapt(sqlite: DatabaseSync): SqliteDatabase {
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      const statement = sqlite.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}
