import { DAY, type Instant } from '../batch/instant.ts';
import { type ErrorCode, toSentryError } from '../errors.ts';
import type { SignedInBy } from './auth.ts';
import type { LenzClient } from './client.ts';
import type { Definitions } from './definitions.ts';
import { parseDefinition } from './response.ts';

/** How it stands with Lenz, for the person who looks after SENTRY. Holds no credentials. */
export interface LenzCheck {
  host: string;
  /** False when nothing answered, or only with trouble of its own. A refused password was refused by a Lenz that is reachable. */
  reachable: boolean;
  /** Null when SENTRY did not get in. */
  signedInBy: SignedInBy | null;
  /** Milliseconds from the question to the definition or the failure, sign-in included. */
  latencyMs: number;
  /** Whole days until the certificate of Lenz ends, negative when it has ended; null without TLS or without a connection. */
  certificateDays: number | null;
  /** Definitions at hand of those watched, and the age of the oldest in milliseconds (null without any). */
  definitions: { atHand: number; watched: number; oldestAgeMs: number | null };
  /** Why the check failed, or else the latest failure of a name that has not been had since; null when all is well. */
  error: { code: ErrorCode; message: string; remedy: string } | null;
}

interface CheckLenzOptions {
  client: LenzClient;
  definitions: Pick<Definitions, 'names' | 'states'>;
  /** Real time. */
  now?: () => Instant;
}

/**
 * Asks Lenz for one definition, past the cache, and tells what came of it. Never rejects. Refused credentials are not tried
 * again while they are held back, so it may be called as often as anyone likes.
 */
export async function checkLenz({ client, definitions, now = Date.now }: CheckLenzOptions): Promise<LenzCheck> {
  const started = now();
  const failure = await ask(client, definitions.names()[0]);
  const latencyMs = Math.max(0, now() - started);
  const { host, signedInBy, certificateEndsAt } = client.door();
  const states = definitions.states();
  const ages = states.flatMap(({ fetchedAt }) => (fetchedAt === null ? [] : [Math.max(0, now() - fetchedAt)]));
  const error = failure ?? states.find((state) => state.error !== null)?.error ?? null;
  return {
    host,
    reachable: failure?.code !== 'LENZ_UNREACHABLE',
    signedInBy: failure?.code === 'LENZ_AUTH' ? null : signedInBy,
    latencyMs,
    certificateDays: certificateEndsAt === null ? null : Math.floor((certificateEndsAt - now()) / DAY),
    definitions: {
      atHand: ages.length,
      watched: states.length,
      oldestAgeMs: ages.length === 0 ? null : Math.max(...ages),
    },
    error: error && { code: error.code, message: error.message, remedy: error.remedy },
  };
}

async function ask(client: LenzClient, name: string | undefined) {
  if (name === undefined) return null;
  try {
    parseDefinition(await client.fetchDefinition(name), name, 0);
    return null;
  } catch (error) {
    return toSentryError(error);
  }
}
