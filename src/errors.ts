/** Whose fault a failure is. `sentry` is our own; the rest are systems that SENTRY reads or talks to. */
export type Upstream = 'rds' | 'lenz' | 'llm' | 'slack' | 'redis';

/** Every code that may reach a person, a log line or the machine-readable answer. Compare codes, never messages. */
export type ErrorCode =
  | 'CONFIG'
  | 'USAGE'
  | 'RDS_AUTH'
  | 'RDS_UNREACHABLE'
  | 'RDS_TIMEOUT'
  | 'RDS_BUSY'
  | 'RDS_QUERY'
  | 'RDS_TRUNCATED'
  | 'POLICY_REFUSED'
  | 'NOT_OPEN'
  | 'LENZ_AUTH'
  | 'LENZ_UNREACHABLE'
  | 'LENZ_UNKNOWN_NAME'
  | 'LENZ_NOT_JSON'
  | 'LENZ_INVALID'
  | 'LLM_AUTH'
  | 'LLM_UNREACHABLE'
  | 'LLM_REFUSED'
  | 'LLM_INVALID'
  | 'LLM_BUSY'
  | 'LLM_TOO_LONG'
  | 'SLACK_AUTH'
  | 'SLACK_UNREACHABLE'
  | 'SLACK_POST'
  | 'STATE_UNREACHABLE'
  | 'PICTURE'
  | 'BUDGET_EXCEEDED'
  | 'CANCELLED'
  | 'INTERNAL';

interface SentryErrorOptions {
  /** What the person who reads it can do about it: one sentence, no secrets. */
  remedy: string;
  cause?: unknown;
}

/** An error with a code, a message that is safe to show to a person, and a remedy. */
export class SentryError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, options: SentryErrorOptions) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** A failure of a system that SENTRY depends on, told apart from our own faults. */
export class UpstreamError extends SentryError {
  readonly upstream: Upstream;

  constructor(upstream: Upstream, code: ErrorCode, message: string, options: SentryErrorOptions) {
    super(code, message, options);
    this.upstream = upstream;
  }
}

/** Turns anything thrown into a SentryError, so that nobody is ever shown a stack or a driver's own words. */
export function toSentryError(error: unknown): SentryError {
  if (error instanceof SentryError) return error;
  return new SentryError('INTERNAL', 'Something went wrong inside SENTRY.', {
    remedy: 'Ask again; if it happens twice, give the reference to whoever runs SENTRY.',
    cause: error,
  });
}

/** The SentryError among an error's causes: clients wrap what was thrown below them. */
export function sentryErrorIn(error: unknown): SentryError | null {
  let next = error;
  for (let depth = 0; depth < 6 && next instanceof Error; depth += 1) {
    if (next instanceof SentryError) return next;
    next = next.cause;
  }
  return null;
}
