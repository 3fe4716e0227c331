import { App, type Logger } from '@slack/bolt';
import { DEFAULT_POLICY, type Policy } from '../access/policy.ts';
import type { Ask } from '../agent/ask.ts';
import type { EssentialNames } from '../batch/essential-names.ts';
import type { DigestPost } from '../digest/digest-post.ts';
import type { SightOf } from '../digest/looking.ts';
import type { IncidentPosts } from '../digest/watch/incident-posts.ts';
import type { HealthCheck, HealthFinding } from '../observability/health.ts';
import { memoryReplicas, type Replicas } from '../replicas/replicas.ts';
import { behindDoor, createAdmission, type Turned } from './admission.ts';
import { checkSlack } from './check-slack.ts';
import type { Connection, ConnectionOptions } from './connections/connection.ts';
import { createHttpConnection } from './connections/http-connection.ts';
import { createReceiverConnection } from './connections/receiver-connection.ts';
import { createSocketConnection } from './connections/socket-connection.ts';
import { createConversation } from './conversation.ts';
import { createDigestPoster } from './digests/digest-poster.ts';
import { createIncidentPoster } from './digests/incident-poster.ts';
import { slackCode } from './failures.ts';
import { createSlackGateway, type StoredMessage } from './gateway.ts';
import { identify, type Self, startError } from './identity.ts';
import { createInbox, resumeQuestions } from './kept-questions.ts';
import type { Refresh } from './listeners/commands/refresh-command.ts';
import { registerListeners } from './listeners/register.ts';
import { createPictureShare, type DrawPicture } from './pictures.ts';
import { createBoltLog, type SlackLog } from './slack-log.ts';
import type { Standing } from './standing.ts';
import { createStops } from './stops.ts';
import { createStreaming } from './streaming.ts';
import { isOwn } from './thread-context.ts';
import { createThreadStatus } from './thread-status.ts';
import { createThreads } from './threads.ts';
import { TIMING, type Timing } from './timing.ts';
import { type InsightOptions, openInsight } from './views/insight.ts';
import { keepingAnswers } from './views/keep-answers.ts';
import { createWhoAndWhere } from './who-and-where.ts';
import { createWork } from './work.ts';

export interface SlackAppOptions {
  connection: ConnectionOptions;
  ask: Ask;
  names: EssentialNames;
  logger: SlackLog;
  /** Looks at all of SENTRY's connections, for `/sentry health`. */
  health?: () => Promise<HealthCheck[]>;
  /** Who may ask what, where; what holds without configuration by default. Read anew for each question. */
  policy?: () => Policy;
  /** Told of what was not answered because of it. */
  onTurned?: (turned: Turned) => void;
  /** Asks Lenz anew, for `/sentry refresh`. */
  refresh?: Refresh;
  /** Digests and watches, for their commands. */
  standing?: Standing;
  /** Draws what belongs to an answer, for its thread; no pictures without. */
  picture?: DrawPicture;
  /** What evidence, feedback and the home tab are made of; they say nothing without. */
  insight?: InsightOptions;
  /** What replicas share where there are several; one by itself by default. Whoever made it closes it. */
  replicas?: Replicas;
  timing?: Partial<Timing>;
}

export interface SlackApp {
  /**
   * Resolves once questions can arrive.
   * @throws SentryError `SLACK_AUTH` or `SLACK_UNREACHABLE`, with what to do.
   */
  start(): Promise<void>;
  /** Lets nothing further in, waits for what is in flight, and ends it after `deadlineMs` (20 s). Never throws. */
  stop(options?: { deadlineMs?: number }): Promise<{ abandoned: number }>;
  /** Resolves when no question is in flight. */
  drained(): Promise<void>;
  /** Posts a digest into its channel, once. */
  postDigest(post: DigestPost): Promise<void>;
  /** Writes what watches find. */
  incidents: IncidentPosts;
  /** What a channel may see of what somebody ordered there. */
  sightOf: SightOf;
  /** A look at this connection; before the start it opens none. */
  look(): Promise<HealthFinding>;
  /** Whether Slack's events can reach us now: readiness. */
  isConnected(): boolean;
  /** Questions (and presses, and events) that are being handled. */
  readonly inFlight: number;
  /** The port of the HTTP connection, null with Socket Mode or before the start. */
  port(): number | null;
}

/** SENTRY in one Slack workspace: everything between Slack's events and `ask`. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { logger: log } = options;
  const timing = { ...TIMING, ...options.timing };
  const boltLog = createBoltLog(log);
  const { botToken, apiUrl } = options.connection;
  const gateway = createSlackGateway({ botToken, apiUrl, log, boltLog, timing });
  const appGateway =
    options.connection.kind === 'socket'
      ? createSlackGateway({ botToken: options.connection.appToken, apiUrl, log, boltLog, timing })
      : null;
  const connection = connectionFor(options.connection, log, boltLog, timing);
  const work = createWork();
  const status = createThreadStatus(gateway);
  const replicas = options.replicas ?? memoryReplicas();
  const stops = createStops(replicas.signals);
  let identity: Self | null = null;
  const self = () => identity ?? { userId: '', botId: '', teamId: null, enterpriseId: null, name: null };

  const app = new App({
    receiver: connection.receiver,
    logger: boltLog,
    clientOptions: apiUrl ? { slackApiUrl: apiUrl } : {},
    convoStore: false,
    extendedErrorHandler: true,
    // Slack's three seconds run while this is asked: it knows the answer since the start.
    authorize: async () => ({ botToken, botId: self().botId, botUserId: self().userId }),
  });
  app.error(async ({ error }: { error: Error }) =>
    log.error({ code: slackCode(error), err: error }, 'A Slack listener failed'),
  );

  const admission = createAdmission({
    policy: options.policy ?? (() => DEFAULT_POLICY),
    limits: replicas.limits,
    whoAndWhere: createWhoAndWhere({ gateway, self, log }),
    gateway,
    log,
    onTurned: options.onTurned,
  });
  const insight = options.insight === undefined ? null : openInsight(options.insight);
  const threads = createThreads({
    gateway,
    names: options.names,
    zone: options.insight?.zone ?? 'UTC',
    self,
    log,
  });
  const talk = createConversation({
    ask: insight === null ? options.ask : keepingAnswers(options.ask, { ...insight, log }),
    gateway,
    names: options.names,
    threads,
    self,
    log,
    timing,
    turns: replicas.turns,
    airflowBaseUrl: options.insight?.airflowBaseUrl ?? null,
    status,
    streaming: createStreaming({ gateway, log, retryDelaysMs: timing.retryDelaysMs }),
    stops,
    pictures: createPictureShare({ draw: options.picture, gateway, log }),
  });
  const conversation = behindDoor(talk, admission);
  const { claims, questions } = replicas;
  const health = options.health ?? (async () => []);
  registerListeners(app, {
    admission,
    inbox: createInbox({ questions, conversation }),
    claims,
    gateway,
    health,
    insight,
    names: options.names,
    refresh: options.refresh ?? null,
    standing: options.standing ?? null,
    self,
    stops,
    threads,
    log,
    timing,
    work,
  });
  const posting = { gateway, log, retryDelaysMs: timing.retryDelaysMs };
  const own = (message: StoredMessage) => isOwn(message, self());

  return {
    async start() {
      [identity] = await Promise.all([identify(gateway), replicas.open()]);
      try {
        await connection.open(app);
      } catch (error) {
        await connection.close().catch(() => undefined);
        throw startError(error);
      }
      resumeQuestions({ questions, conversation, work, log });
      log.info({ bot: identity.name, connection: options.connection.kind }, 'Connected to Slack');
    },
    async stop({ deadlineMs = 20_000 } = {}) {
      await connection
        .close()
        .catch((error) => log.warn({ code: slackCode(error) }, 'The Slack connection did not close cleanly'));
      questions.pause();
      const abandoned = await work.drain(deadlineMs, timing.graceMs * 2, questions.handOver);
      if (abandoned > 0) log.error({ abandoned }, 'Stopped with questions unanswered');
      return { abandoned };
    },
    drained: async () => {
      await work.drained();
      await status.settled();
    },
    postDigest: createDigestPoster(posting, own),
    incidents: createIncidentPoster(posting, own),
    sightOf: ({ channel, createdBy }, feature) => admission.sightOf({ channel, user: createdBy }, feature),
    look: () =>
      checkSlack({
        bot: gateway,
        app: appGateway,
        connection: options.connection.kind,
        connected: identity === null ? null : connection.isConnected(),
      }),
    isConnected: () => connection.isConnected(),
    get inFlight() {
      return work.inFlight;
    },
    port: () => connection.port(),
  };
}

function connectionFor(options: ConnectionOptions, log: SlackLog, boltLog: Logger, timing: Timing): Connection {
  switch (options.kind) {
    case 'socket':
      return createSocketConnection(options, { log, boltLog }, timing);
    case 'http':
      return createHttpConnection(options, boltLog);
    case 'receiver':
      return createReceiverConnection(options.receiver);
  }
}
