import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What SENTRY counts. Labels come from small fixed sets, never from what people or systems say. */
export interface Meter {
  /** A statement of a ready-made query that was run, or that failed. */
  query(tool: string, outcome: 'ok' | 'error', ms: number): void;
  cacheRead(space: string, hit: boolean): void;
  /** Whose failure it was, and its code. */
  upstreamError(upstream: string, code: string): void;
  /** A question arrived; call what it returns when it was answered or given up. */
  questionBegan(): (answered: Answered | null) => void;
}

export interface Answered {
  /** `status`, `refusal`, `error`, … */
  kind: string;
  ms: number;
  modelCalls: number;
  inputTokens: number;
  outputTokens: number;
}

export interface Metrics extends Meter {
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

interface MetricsOptions {
  /** Where the cache keeps values now. */
  cacheBackend(): 'redis' | 'memory';
  slackConnected(): boolean;
}

const QUERY_SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const ANSWER_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 90];

/** Metrics in a registry of their own: two apps in one process do not count for each other. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const queries = new Histogram({
    name: 'sentry_query_duration_seconds',
    help: 'Statements on the database, by ready-made query and outcome.',
    labelNames: ['tool', 'outcome'],
    buckets: QUERY_SECONDS,
    registers,
  });
  const cacheReads = new Counter({
    name: 'sentry_cache_reads_total',
    help: 'Reads of the cache, by what is kept and whether it was there.',
    labelNames: ['space', 'result'],
    registers,
  });
  const upstreamErrors = new Counter({
    name: 'sentry_upstream_errors_total',
    help: 'Failures of the systems that SENTRY reads, by system and error code.',
    labelNames: ['upstream', 'code'],
    registers,
  });
  const modelCalls = new Counter({ name: 'sentry_model_calls_total', help: 'Calls of the language model.', registers });
  const tokens = new Counter({
    name: 'sentry_model_tokens_total',
    help: 'Tokens of the language model, as it counts them.',
    labelNames: ['direction'],
    registers,
  });
  const answers = new Histogram({
    name: 'sentry_answer_duration_seconds',
    help: 'Time from question to answer, by kind of answer.',
    labelNames: ['kind'],
    buckets: ANSWER_SECONDS,
    registers,
  });
  const inFlight = new Gauge({
    name: 'sentry_questions_in_flight',
    help: 'Questions that are being answered.',
    registers,
  });
  gauge('sentry_cache_in_redis', '1 while values are cached in Redis, 0 in memory.', () =>
    options.cacheBackend() === 'redis' ? 1 : 0,
  );
  gauge('sentry_slack_connected', "1 while Slack's events can arrive.", () => (options.slackConnected() ? 1 : 0));

  function gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  }

  return {
    query: (tool, outcome, ms) => queries.observe({ tool, outcome }, ms / 1000),
    cacheRead: (space, hit) => cacheReads.inc({ space, result: hit ? 'hit' : 'miss' }),
    upstreamError: (upstream, code) => upstreamErrors.inc({ upstream, code }),
    questionBegan() {
      inFlight.inc();
      let ended = false;
      return (answered) => {
        if (ended) return;
        ended = true;
        inFlight.dec();
        if (answered === null) return;
        answers.observe({ kind: answered.kind }, answered.ms / 1000);
        modelCalls.inc(answered.modelCalls);
        tokens.inc({ direction: 'input' }, answered.inputTokens);
        tokens.inc({ direction: 'output' }, answered.outputTokens);
      };
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
