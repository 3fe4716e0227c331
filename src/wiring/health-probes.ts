import { SECOND } from '../batch/instant.ts';
import type { Clock } from '../batch/ports.ts';
import type { Config } from '../config/config.ts';
import type { MysqlOptions } from '../db/connect-mysql.ts';
import type { LenzClient } from '../lenz/client.ts';
import type { Definitions } from '../lenz/definitions.ts';
import { type HealthCheck, type HealthFinding, type Probe, runProbes } from '../observability/health.ts';
import { createRedactor } from '../observability/redact.ts';
import { lookAtCache, lookAtClock, lookAtLenz, lookAtModel, lookAtSettings, lookAtState } from './checks.ts';
import { lookAtDatabase } from './look-at-database.ts';

export interface Probed {
  config: Config;
  /** Null: the simulated world in SQLite. */
  mysql: MysqlOptions | null;
  client: LenzClient;
  /** Lenz is reached over TLS. */
  lenzTls: boolean;
  definitions: Definitions;
  state: { durable: boolean; describe(): string };
  /** Of SENTRY's keys in Redis. */
  prefix: string;
  clock: Clock;
  /** The clock is that of a simulated world. */
  simulated: boolean;
  /** Null: not configured. */
  slack: () => { look(): Promise<HealthFinding> } | null;
}

/** However many ask at once, the systems are looked at once. */
const KEPT_MS = 5 * SECOND;

/** Looks at every connection, side by side, within some 10 s. */
export function createHealth(probed: Probed): () => Promise<HealthCheck[]> {
  return remembered(() => runProbes(probesOf(probed), { redact: createRedactor(probed.config.secrets) }));
}

function probesOf(probed: Probed): Probe[] {
  const { config, client, definitions, lenzTls, prefix, state, clock, simulated } = probed;
  const slack = probed.slack();
  return [
    ...databaseProbes(probed.mysql),
    { name: 'Lenz', look: () => lookAtLenz(client, definitions, lenzTls) },
    { name: 'Model', local: config.llm.kind === 'planner', look: (signal) => lookAtModel(config.llm, signal) },
    {
      name: 'Cache',
      local: config.redisUrl === null,
      look: (signal) => lookAtCache(config.redisUrl, { prefix, signal }),
    },
    {
      name: 'Slack',
      local: slack === null,
      look: async () => slack?.look() ?? embedded('not configured: npm start opens a page instead'),
    },
    { name: 'Kept', local: true, look: async () => lookAtState(config, state) },
    { name: 'Clock', local: true, look: async () => lookAtClock(clock, config.timeZone, simulated) },
    { name: 'Settings', local: true, look: async () => lookAtSettings(config) },
  ];
}

function databaseProbes(mysql: MysqlOptions | null): Probe[] {
  if (mysql === null)
    return [{ name: 'Database', local: true, look: async () => embedded('embedded: SQLite with the simulated world') }];
  return [
    { name: 'Workflow database', look: (signal) => lookAtDatabase(mysql, 'fgw', signal) },
    { name: 'Airflow database', look: (signal) => lookAtDatabase(mysql, 'airflow', signal) },
  ];
}

function embedded(what: string): HealthFinding {
  return { status: 'ok', facts: [what] };
}

/** One look at a time, whose result holds for a moment. */
function remembered(look: () => Promise<HealthCheck[]>): () => Promise<HealthCheck[]> {
  let last: { at: number; checks: Promise<HealthCheck[]> } | null = null;
  return () => {
    if (last === null || performance.now() - last.at > KEPT_MS) {
      const entry = { at: Number.POSITIVE_INFINITY, checks: look() };
      void entry.checks.finally(() => {
        entry.at = performance.now();
      });
      last = entry;
    }
    return last.checks;
  };
}
