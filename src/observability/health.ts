import { toSentryError } from '../errors.ts';

/** `warn`: it works, and somebody should know. `fail`: questions that need it go wrong. */
export type HealthStatus = 'ok' | 'warn' | 'fail';

/** What a look at one connection found. Holds no secret. */
export interface HealthFinding {
  status: HealthStatus;
  /** What was tried and seen, a few words each. */
  facts: string[];
  /** What is wrong, one sentence. Absent when nothing is. */
  problem?: string;
  /** What to do about it, one sentence or a command. */
  remedy?: string;
}

export interface HealthCheck extends HealthFinding {
  name: string;
  /** Milliseconds that the look took; 0 where nobody was asked. */
  ms: number;
}

/** A look at one connection. It ends when the signal does; what it throws counts as a failure with its remedy. */
export interface Probe {
  name: string;
  /** It asks nobody: how long it took says nothing. */
  local?: boolean;
  look(signal: AbortSignal): Promise<HealthFinding>;
}

export interface ProbeOptions {
  /** For each look. Milliseconds. */
  deadlineMs?: number;
  /** Applied to every text of the result: the last line of defence against a secret in somebody else's words. */
  redact?: (text: string) => string;
}

/** Takes all looks side by side, in the order of the probes. Never rejects, and ends with the deadline. */
export function runProbes(probes: readonly Probe[], options: ProbeOptions = {}): Promise<HealthCheck[]> {
  const { deadlineMs = 10_000, redact = (text) => text } = options;
  return Promise.all(
    probes.map(async ({ name, look, local }) => {
      const started = performance.now();
      const finding = await within(look, deadlineMs).catch(findingOf);
      const { status, facts, problem, remedy } = finding;
      return {
        name,
        status,
        facts: facts.map(redact),
        ...(problem === undefined ? {} : { problem: redact(problem) }),
        ...(remedy === undefined ? {} : { remedy: redact(remedy) }),
        ms: local ? 0 : Math.max(1, Math.round(performance.now() - started)),
      };
    }),
  );
}

/** The worst of them; `ok` where there are none. */
export function worstOf(checks: readonly { status: HealthStatus }[]): HealthStatus {
  if (checks.some(({ status }) => status === 'fail')) return 'fail';
  return checks.some(({ status }) => status === 'warn') ? 'warn' : 'ok';
}

/** A look that ignores its signal is left behind; what it does later is nobody's concern. */
function within(look: Probe['look'], deadlineMs: number): Promise<HealthFinding> {
  const signal = AbortSignal.timeout(deadlineMs);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(late(deadlineMs)), { once: true });
    Promise.resolve()
      .then(() => look(signal))
      .then(resolve, reject);
  });
}

function late(deadlineMs: number): HealthFinding {
  return {
    status: 'fail',
    facts: [],
    problem: `No answer within ${Math.round(deadlineMs / 1000)} s.`,
    remedy: 'Check the network between this machine and it: a firewall that swallows packets looks like this.',
  };
}

function findingOf(error: unknown): HealthFinding {
  const { code, message, remedy } = toSentryError(error);
  return { status: 'fail', facts: [code], problem: message, remedy };
}
