import { openAuditTrail } from './access/audit-trail.ts';
import type { Policy } from './access/policy.ts';
import type { Ask } from './agent/ask.ts';
import { createAgent } from './agent/create-agent.ts';
import { auditedAsk, feedbackLine, turnedAwayLine } from './audited.ts';
import { createEssentialNames, type EssentialNames } from './batch/essential-names.ts';
import { SECOND } from './batch/instant.ts';
import type { Clock, OpenSources } from './batch/ports.ts';
import { createCache } from './cache/create-cache.ts';
import { openPictures } from './charts/rendering/open-pictures.ts';
import { lookAtCache, lookAtClock, lookAtLenz, lookAtModel, lookAtSettings, lookAtState } from './checks.ts';
import { frozenClock, runningClock } from './clock.ts';
import type { Config, LenzConfig, RdsConfig, SlackConfig } from './config/config.ts';
import type { SentryFile } from './config/sentry-file.ts';
import { watchSentryFile } from './config/watch-sentry-file.ts';
import { connectMysql, type MysqlOptions } from './db/connect-mysql.ts';
import type { Databases } from './db/databases.ts';
import { openRunSource } from './db/run-source.ts';
import { openTaskSource } from './db/task-source.ts';
import type { Digest } from './digest/digest.ts';
import { SentryError } from './errors.ts';
import { houseRules } from './house-rules.ts';
import { insightOf } from './insight.ts';
import { createLenzClient } from './lenz/client.ts';
import { createLenzAuth } from './lenz/create-auth.ts';
import { createDefinitions } from './lenz/definitions.ts';
import { createModelFactory } from './llm/create-model.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { measuredAsk, measuredCache, measuredLenz, measuredSources } from './measured.ts';
import { createEndpoints, type Endpoint } from './observability/endpoints.ts';
import { type HealthCheck, type HealthFinding, type Probe, runProbes } from './observability/health.ts';
import type { Logger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';
import { createRedactor } from './observability/redact.ts';
import { type EndpointServer, serveEndpoints } from './observability/serve-endpoints.ts';
import { pictureOfAnswer } from './picture-of-answer.ts';
import { pictureOfNight } from './picture-of-night.ts';
import { rdsOptions } from './rds-options.ts';
import type { ConnectionOptions } from './slack/connections/connection.ts';
import { createSlackApp, type SlackApp } from './slack/create-slack-app.ts';
import { createDuties } from './standing-duties.ts';
import { deferState } from './state/deferred-state.ts';
import { openState } from './state/open-state.ts';

/** What stands in for parts of the configuration: the embedded world, or a test's own. */
export interface Overrides {
  clock?: Clock;
  databases?: Databases;
  lenz?: LenzConfig;
  /** Address that health and metrics are served at with Socket Mode; all of the machine's by default. */
  endpointHost?: string;
}

export interface App {
  ask: Ask;
  /** Fetches all definitions, without delaying the start, and connects to Slack where it is configured. */
  start(): Promise<void>;
  /** Finishes the answers in flight, up to a deadline, then closes everything that was opened. */
  stop(): Promise<void>;
  /** Which parts are real and which embedded, for the person who started it. */
  parts(): { name: string; is: string }[];
  /** The digest that would be posted now. Needs no start. */
  digest(): Promise<Digest>;
  /** Looks at every connection now, side by side, within some 10 s. Needs no start, and connects to no Slack. */
  health(): Promise<HealthCheck[]>;
}

const DRAIN_S = 20;
const CACHE_PREFIX = 'sentry';
/** What SENTRY keeps, in a Redis that others share. */
export const KEPT_PREFIX = CACHE_PREFIX;
/** However many ask at once, the systems are looked at once. */
const HEALTH_KEPT_MS = 5 * SECOND;

/** The composition root: the only place where rooms are wired together. */
export function createApp(config: Config, logger: Logger, overrides: Overrides = {}): App {
  const clock = overrides.clock ?? (config.now === null ? runningClock() : frozenClock(config.now));
  const settings = liveSettings(config, logger);
  const { names } = settings;
  const metrics = createMetrics({
    cacheBackend: () => cache.describe(),
    slackConnected: () => slack?.isConnected() === true,
  });
  const cache = createCache({
    redisUrl: config.redisUrl,
    logger,
    prefix: CACHE_PREFIX,
    onAway: () => metrics.upstreamError('redis', 'AWAY'),
  });
  const state = deferState(() => openState({ ...config, prefix: KEPT_PREFIX, logger }), whereKept(config));
  const { databases, mysql } = openDatabases(config, overrides.databases);
  const lenzConfig = overrides.lenz ?? realSources(config).lenz;
  const client = createLenzClient({
    baseUrl: lenzConfig.baseUrl,
    auth: createLenzAuth(lenzAuthOf(lenzConfig)),
    ca: lenzConfig.ca ?? undefined,
    userAgent: lenzConfig.userAgent ?? undefined,
  });
  const definitions = createDefinitions({
    client: measuredLenz(client, metrics),
    cache: measuredCache(cache.cache, metrics),
    names: () => names.all,
    ttlS: config.lenzCacheTtlS,
    logger,
  });
  const openSources: OpenSources = measuredSources(
    (scope) => ({
      runs: openRunSource(databases, { ...scope, queryTimeoutS: config.queryTimeoutS }),
      tasks: openTaskSource(databases, { ...scope, queryTimeoutS: config.queryTimeoutS }),
      definitions,
    }),
    metrics,
  );
  const planner = { names };
  const agent = createAgent({
    openSources,
    createModel: createModelFactory(config.llm, { planner, logger }),
    createFallbackModel:
      config.llm.kind === 'planner' ? undefined : createModelFactory({ kind: 'planner' }, { planner, logger }),
    names,
    clock,
    zone: config.timeZone,
    get rules() {
      return settings.rules();
    },
    onModelFailure: (code) => metrics.upstreamError('llm', code),
    logger,
  });
  const trail = openAuditTrail({
    state,
    keepDays: config.file.audit.retentionDays,
    redact: createRedactor(config.secrets),
    logger,
  });
  const ask = auditedAsk(measuredAsk(agent.ask, metrics), { trail, clock, names });
  let stopping = false;
  const endpoints = createEndpoints({
    notReady() {
      if (stopping) return ['SENTRY is stopping.'];
      if (slack === null) return ['Slack is not configured.'];
      return slack.isConnected() ? [] : ['Slack is not connected.'];
    },
    details: () => ({ cache: cache.describe(), questions_in_flight: slack?.inFlight ?? 0 }),
    metrics,
  });
  const pictures = openPictures();
  const health = remembered(() => runProbes(probes(), { redact: createRedactor(config.secrets) }));
  const openDesk = (signal: AbortSignal) => ({
    sources: openSources({ record: () => {}, signal }),
    clock,
    zone: config.timeZone,
    ...settings.rules(),
  });
  const duties = createDuties({
    state,
    openDesk,
    declared: settings.digests,
    redisUrl: config.redisUrl,
    prefix: CACHE_PREFIX,
    realClock: overrides.clock === undefined && config.now === null,
    clock,
    zone: config.timeZone,
    picture: pictureOfNight({ pictures, clock, zone: config.timeZone }),
    slack: () => slack as SlackApp,
    logger,
  });
  const slack =
    config.slack === null
      ? null
      : createSlackApp({
          connection: slackConnection(config.slack, config.port, endpoints),
          ask,
          health,
          names,
          policy: settings.policy,
          onTurned: (turned) => trail.record(turnedAwayLine(turned)),
          refresh: (name) => definitions.refresh(name),
          standing: duties.standing,
          insight: {
            ...insightOf({ ...config, state, openDesk, definitions, clock, zone: config.timeZone }),
            onFeedback: (feedback) => trail.record(feedbackLine(feedback)),
          },
          picture: pictureOfAnswer({ pictures, clock, zone: config.timeZone }),
          logger,
        });
  let endpointServer: EndpointServer | null = null;

  function probes(): Probe[] {
    const simulated = overrides.clock !== undefined;
    const embedded = async (what: string): Promise<HealthFinding> => ({ status: 'ok', facts: [what] });
    return [
      ...databaseProbes(),
      { name: 'Lenz', look: () => lookAtLenz(client, definitions, lenzConfig.baseUrl.startsWith('https:')) },
      { name: 'Model', local: config.llm.kind === 'planner', look: (signal) => lookAtModel(config.llm, signal) },
      {
        name: 'Cache',
        local: config.redisUrl === null,
        look: (signal) => lookAtCache(config.redisUrl, { prefix: CACHE_PREFIX, signal }),
      },
      {
        name: 'Slack',
        local: slack === null,
        look: () => slack?.look() ?? embedded('not configured: npm start opens a page instead'),
      },
      { name: 'Kept', local: true, look: async () => lookAtState(config, state) },
      { name: 'Clock', local: true, look: async () => lookAtClock(clock, config.timeZone, simulated) },
      { name: 'Settings', local: true, look: async () => lookAtSettings(config) },
    ];
  }

  function databaseProbes(): Probe[] {
    if (mysql === null) {
      const facts = ['embedded: SQLite with the simulated world'];
      return [{ name: 'Database', local: true, look: async () => ({ status: 'ok', facts }) }];
    }
    return [
      { name: 'Workflow database', look: (signal) => lookAtDatabase(mysql, 'fgw', signal) },
      { name: 'Airflow database', look: (signal) => lookAtDatabase(mysql, 'airflow', signal) },
    ];
  }

  return {
    ask,
    async start() {
      void definitions.warm();
      if (config.slack?.kind === 'socket') {
        const at = { port: config.port, host: overrides.endpointHost, log: logger };
        endpointServer = await serveEndpoints(endpoints, at);
      }
      if (slack === null) return;
      await state.open();
      await slack.start();
      settings.onReload(duties.reload);
      duties.start();
    },
    async stop() {
      stopping = true;
      settings.close();
      await duties.stop();
      await slack?.stop({ deadlineMs: DRAIN_S * SECOND });
      await trail.settled();
      await Promise.all([
        pictures.close(),
        databases.close(),
        client.close(),
        cache.close(),
        state.close(),
        endpointServer?.close(),
      ]);
    },
    parts: () => [
      {
        name: 'Runs',
        is: overrides.databases === undefined ? `real (MySQL at ${realSources(config).rds.host})` : 'embedded (SQLite)',
      },
      { name: 'Lenz', is: `${overrides.lenz === undefined ? 'real' : 'embedded'} (${lenzConfig.baseUrl})` },
      { name: 'Model', is: config.llm.kind === 'planner' ? 'embedded (offline planner)' : `real (${config.llm.kind})` },
      { name: 'Cache', is: config.redisUrl === null ? 'embedded (memory)' : `real (Redis, now ${cache.describe()})` },
      { name: 'Kept', is: state.durable ? `in ${state.describe()}` : 'in memory: forgotten when SENTRY stops' },
      ...(endpointServer === null
        ? []
        : [{ name: 'Health', is: `port ${endpointServer.port}: /healthz, /readyz, /metrics` }]),
    ],
    digest: duties.digestNow,
    health,
  };
}

/** What `sentry.yml` says now: it is read again when it changes. */
function liveSettings(config: Config, logger: Logger) {
  let { file } = config;
  let named: EssentialNames;
  const names: EssentialNames = {
    get all() {
      return named.all;
    },
    find: (text) => named.find(text),
    spoken: (essential) => named.spoken(essential),
  };
  const onChange = (next: SentryFile) => {
    file = next;
    named = createEssentialNames(next.names);
    const unknown = next.deadlines
      .map(({ essential }) => essential)
      .filter((essential) => !named.all.includes(essential));
    if (unknown.length > 0)
      logger.warn({ essentials: [...new Set(unknown)] }, 'deadlines of essentials that are not watched');
    const closed = essentialsOf(next.access).filter((essential) => !named.all.includes(essential));
    if (closed.length > 0) logger.warn({ essentials: closed }, 'access to essentials that are not watched');
    reloaded();
  };
  let reloaded = () => {};
  onChange(file);
  const watching = file.path === null ? null : watchSentryFile({ path: file.path, log: logger, onChange });
  return {
    names,
    rules: () => houseRules(file, config.timeZone),
    policy: () => file.access,
    digests: () => file.digests,
    /** Told of every new content from now on. */
    onReload(listener: () => void) {
      reloaded = listener;
    },
    close: () => watching?.close(),
  };
}

/** One look at a time, whose result holds for a moment. */
function remembered(look: () => Promise<HealthCheck[]>): () => Promise<HealthCheck[]> {
  let last: { at: number; checks: Promise<HealthCheck[]> } | null = null;
  return () => {
    if (last === null || performance.now() - last.at > HEALTH_KEPT_MS) {
      const entry = { at: Number.POSITIVE_INFINITY, checks: look() };
      void entry.checks.finally(() => {
        entry.at = performance.now();
      });
      last = entry;
    }
    return last.checks;
  };
}

/** Every essential that an entry names. */
function essentialsOf({ channels, users, groups }: Policy): string[] {
  const grants = [channels, users, groups].flatMap((entries) => Object.values(entries));
  return [...new Set(grants.flatMap(({ essentials }) => (essentials === '*' ? [] : essentials)))];
}

/** Where openState keeps it, known before it is opened. */
function whereKept({ redisUrl, dataDir }: Config): { durable: boolean; where: string } {
  return { durable: redisUrl !== null || dataDir !== null, where: redisUrl !== null ? 'Redis' : (dataDir ?? 'memory') };
}

function realSources(config: Config): { rds: RdsConfig; lenz: LenzConfig } {
  if (config.sources.kind === 'real') return config.sources;
  throw new SentryError('CONFIG', 'Neither the database nor Lenz is configured.', {
    remedy: 'Set the RDS_ and LENZ_ variables, both or neither; .env.example lists them.',
  });
}

function openDatabases(config: Config, given?: Databases): { databases: Databases; mysql: MysqlOptions | null } {
  if (given !== undefined) return { databases: given, mysql: null };
  const mysql = rdsOptions(realSources(config).rds, config);
  return { databases: connectMysql(mysql), mysql };
}

function slackConnection(slack: SlackConfig, port: number, routes: readonly Endpoint[]): ConnectionOptions {
  const apiUrl = slack.apiUrl ?? undefined;
  return slack.kind === 'http' ? { ...slack, apiUrl, port, routes } : { ...slack, apiUrl };
}

function lenzAuthOf(lenz: LenzConfig): Parameters<typeof createLenzAuth>[0] {
  if (lenz.auth === 'none' || lenz.username === null || lenz.password === null) return { kind: 'none' };
  const credentials = { user: lenz.username, password: lenz.password, domain: lenz.domain };
  return { kind: lenz.auth, credentials, adfsOrigins: lenz.adfsOrigins };
}
