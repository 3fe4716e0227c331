import { openAuditTrail } from './access/audit-trail.ts';
import type { Ask } from './agent/ask.ts';
import { createAgent } from './agent/create-agent.ts';
import { SECOND } from './batch/instant.ts';
import type { Clock, OpenSources } from './batch/ports.ts';
import { createCache } from './cache/create-cache.ts';
import { openPictures } from './charts/rendering/open-pictures.ts';
import type { Config, LenzConfig } from './config/config.ts';
import type { Databases } from './db/databases.ts';
import { openRunSource } from './db/run-source.ts';
import { openTaskSource } from './db/task-source.ts';
import type { Digest } from './digest/digest.ts';
import { createLenzClient } from './lenz/client.ts';
import { createLenzAuth } from './lenz/create-auth.ts';
import { createDefinitions } from './lenz/definitions.ts';
import { createModelFactory } from './llm/create-model.ts';
import { createEndpoints } from './observability/endpoints.ts';
import type { HealthCheck } from './observability/health.ts';
import type { Logger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';
import { createRedactor } from './observability/redact.ts';
import { type EndpointServer, serveEndpoints } from './observability/serve-endpoints.ts';
import { openReplicas } from './replicas/replicas.ts';
import { createSlackApp, type SlackApp } from './slack/create-slack-app.ts';
import { deferState } from './state/deferred-state.ts';
import { openState } from './state/open-state.ts';
import { auditedAsk, feedbackLine, turnedAwayLine } from './wiring/audited.ts';
import { frozenClock, runningClock } from './wiring/clock.ts';
import {
  lenzAuthOf,
  openDatabases,
  REDIS_PREFIX,
  realSources,
  slackConnection,
  whereKept,
} from './wiring/connections.ts';
import { createHealth } from './wiring/health-probes.ts';
import { insightOf } from './wiring/insight.ts';
import { liveSettings } from './wiring/live-settings.ts';
import { measuredAsk, measuredCache, measuredLenz, measuredSources } from './wiring/measured.ts';
import { pictureOfAnswer } from './wiring/picture-of-answer.ts';
import { pictureOfNight } from './wiring/picture-of-night.ts';
import { createDuties } from './wiring/standing-duties.ts';

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
    prefix: REDIS_PREFIX,
    onAway: () => metrics.upstreamError('redis', 'AWAY'),
  });
  const state = deferState(() => openState({ ...config, prefix: REDIS_PREFIX, logger }), whereKept(config));
  /** A simulated night begins anew with the process, messages and all: it shares nothing with an earlier one. */
  const realClock = overrides.clock === undefined && config.now === null;
  const replicas = openReplicas({ redisUrl: realClock ? config.redisUrl : null, prefix: REDIS_PREFIX, logger });
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
  const health = createHealth({
    config,
    mysql,
    client,
    lenzTls: lenzConfig.baseUrl.startsWith('https:'),
    definitions,
    state,
    prefix: REDIS_PREFIX,
    clock,
    simulated: overrides.clock !== undefined,
    slack: () => slack,
  });
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
    prefix: REDIS_PREFIX,
    realClock,
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
          replicas,
          logger,
        });
  let endpointServer: EndpointServer | null = null;

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
      replicas.close();
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
