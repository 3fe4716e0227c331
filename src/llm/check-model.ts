import type { ErrorCode } from '../errors.ts';
import type { ModelOptions } from './create-model.ts';

/** Why the API key authenticates alone. */
export type KeyOnlyReason =
  | 'not-configured'
  | 'certificate-missing'
  | 'certificate-unreadable'
  | 'certificate-expired'
  | 'authority-unreachable'
  | 'authority-refused';

/** How requests to the model authenticate. Times in UTC milliseconds. */
export type Authentication =
  | { kind: 'hybrid'; tokenExpiresAt: number }
  /** `remedy` is null where nothing is wrong: no service principal is configured. */
  | { kind: 'key-only'; reason: KeyOnlyReason; message: string; remedy: string | null };

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

/** Obtains a token and sends one minimal request. Never throws, and ends when the signal does. */
export async function checkModel(options: ModelOptions, { signal }: { signal: AbortSignal }): Promise<ModelCheck> {
  signal.throwIfAborted();
  if (options.kind === 'planner') return { kind: 'planner' };
  throw new Error('not yet');
}
