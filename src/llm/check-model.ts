import { type ErrorCode, type SentryError, sentryErrorIn, UpstreamError } from '../errors.ts';
import { type Authentication, keyOnly } from './authentication.ts';
import { createModelFactory, type ModelOptions } from './create-model.ts';
import { daysLeft, readCertificate, type ServicePrincipal } from './service-principal.ts';

/** What a look at the model found. Holds no secret. */
export type ModelCheck =
  /** No model is configured: the offline planner answers. */
  | { kind: 'planner' }
  | {
      kind: 'azure' | 'openai';
      /** Host and port of the endpoint. */
      host: string;
      /** The deployment or the model's name. */
      model: string;
      authentication: Authentication;
      /** Milliseconds that getting a token took, or failing to; null without a service principal. */
      tokenMs: number | null;
      /** The service principal's certificate; null without one, or where it cannot be read. Negative days: expired. */
      certificate: { expiresAt: number; daysLeft: number } | null;
      /** A minimal request, answered or not. */
      request: { ok: true; ms: number } | { ok: false; ms: number; code: ErrorCode; message: string; remedy: string };
    };

/** A busy service is not waited for long: whoever looks wants to know now. */
const PATIENCE_S = 5;

/** Obtains a token and sends one minimal request. Never throws for what it finds, and ends when the signal does. */
export async function checkModel(options: ModelOptions, { signal }: { signal: AbortSignal }): Promise<ModelCheck> {
  if (options.kind === 'planner') return { kind: 'planner' };
  let authentication = keyOnly(null);
  const create = createModelFactory(options, {
    planner: { names: { all: [], find: () => [], spoken: (essential) => essential } },
    logger: { info: () => {}, warn: () => {} },
    onAuthentication: (now) => {
      authentication = now;
    },
  });
  const principal = options.kind === 'azure' ? options.servicePrincipal : null;
  const started = performance.now();
  const model = await create({ signal, patienceS: PATIENCE_S });
  const created = performance.now();
  let failure: SentryError | null = null;
  try {
    await model.invoke('Reply with the word ok.', { signal });
  } catch (error) {
    failure = sentryErrorIn(error) ?? noAnswer(error);
  }
  const ms = Math.round(performance.now() - created);
  return {
    kind: options.kind,
    host: new URL(options.kind === 'azure' ? options.endpoint : options.baseUrl).host,
    model: options.kind === 'azure' ? options.deployment : options.model,
    authentication,
    tokenMs: principal === null ? null : Math.round(created - started),
    certificate: await certificateOf(principal),
    request:
      failure === null
        ? { ok: true, ms }
        : { ok: false, ms, code: failure.code, message: failure.message, remedy: failure.remedy },
  };
}

async function certificateOf(principal: ServicePrincipal | null) {
  if (principal === null) return null;
  try {
    const { expiresAt } = await readCertificate(principal.pemPath);
    return { expiresAt, daysLeft: daysLeft(expiresAt) };
  } catch {
    return null;
  }
}

function noAnswer(cause: unknown): SentryError {
  return new UpstreamError('llm', 'LLM_UNREACHABLE', 'The language model did not answer in time.', {
    remedy: 'Look again in a minute; if it lasts, ask whoever runs the deployment.',
    cause,
  });
}
