import { DEFAULT_POLICY, type Policy } from '../../src/access/policy.ts';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { openReplicas, type Replicas } from '../../src/replicas/replicas.ts';
import { createSlackApp, type SlackApp } from '../../src/slack/create-slack-app.ts';
import type { FakeAsk } from './fake-ask.ts';
import { createMemoryLog, type LogLine, TOKENS } from './harness.ts';

export interface Replica {
  app: SlackApp;
  agent: FakeAsk;
  lines: LogLine[];
  replicas: Replicas;
  /** Where Slack's events reach it. */
  url: string;
  /** As if the process were gone: it gives no further sign of life, and nothing of what it holds. */
  die(): void;
}

interface ReplicaOptions {
  agent: FakeAsk;
  apiUrl: string;
  redisUrl: string | null;
  prefix: string;
  port?: number;
  /** Milliseconds. */
  leaseMs?: number;
  policy?: () => Policy;
}

/** One process of several, over HTTP, so that a test decides which of them is told what. */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const { agent, apiUrl, redisUrl, prefix, port = 0, leaseMs = 10_000, policy = () => DEFAULT_POLICY } = options;
  const { log, lines } = createMemoryLog();
  const logger = createLogger({ level: 'silent' });
  const replicas = openReplicas({ redisUrl, prefix, logger, timing: { leaseMs, beatMs: 80 } });
  const app = createSlackApp({
    connection: { kind: 'http', botToken: TOKENS.botToken, signingSecret: TOKENS.signingSecret, port, apiUrl },
    ask: agent.ask,
    names: createEssentialNames(),
    logger: log,
    policy,
    replicas,
    timing: { updateGapMs: 20, retryDelaysMs: [10, 20, 40], questionMs: 5000, graceMs: 100 },
  });
  await app.start();
  return {
    app,
    agent,
    lines,
    replicas,
    url: `http://127.0.0.1:${app.port()}/slack/events`,
    die: () => replicas.close(),
  };
}
