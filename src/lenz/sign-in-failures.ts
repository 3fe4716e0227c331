import type { Instant } from '../batch/instant.ts';
import { isoUtc } from '../batch/instant.ts';
import type { UpstreamError } from '../errors.ts';
import { authFailure } from './failures.ts';
import { printable } from './printable.ts';

/* What can go wrong on the way through ADFS. No address is shown beyond its origin: the rest may hold tokens. */

/** Credentials, or a token, would have had to go where nobody said that they may. */
export function originNotListed(lenz: string, url: URL): UpstreamError {
  return authFailure(
    `Signing in to Lenz (${printable(lenz)}) led to ${printable(url.origin)}, where SENTRY takes nothing; nothing was sent there.`,
    'If that is the sign-in service of the bank, put its origin, and every other that takes part, into LENZ_ADFS_ORIGINS and restart SENTRY; if not, tell the owners of Lenz.',
  );
}

/** `LENZ_AUTH=ntlm`, and the service shows its form. */
export function formNotWanted(host: string): UpstreamError {
  return authFailure(
    `The sign-in service of Lenz (${printable(host)}) shows its login form instead of asking for NTLM, and LENZ_AUTH=ntlm forbids to fill it in.`,
    'Set LENZ_AUTH to auto or adfs-form, or LENZ_USER_AGENT to one that the sign-in service takes for Windows.',
  );
}

/** `LENZ_AUTH=adfs-form`, and the server asks for NTLM. */
export function ntlmNotWanted(host: string): UpstreamError {
  return authFailure(
    `The door of Lenz (${printable(host)}) asks for NTLM, and LENZ_AUTH=adfs-form forbids to answer.`,
    'Set LENZ_AUTH to auto or ntlm, or LENZ_USER_AGENT to one for which the sign-in service shows its form.',
  );
}

/** Neither a form that is known nor a way back. */
export function signInUnfinished(host: string, code: string | null): UpstreamError {
  return authFailure(
    `The sign-in service of Lenz (${printable(host)}) ${code ? `answered with its error ${code}` : 'showed a page that SENTRY cannot do anything with'}.`,
    "Sign in with SENTRY's account in a browser: it may be asked for a new password, a second factor or a choice. Give the owners of the sign-in service any code that it shows.",
  );
}

/** Signed in, and Lenz asks again at once. */
export function sessionNotKept(host: string): UpstreamError {
  return authFailure(
    `SENTRY signed in, and Lenz (${printable(host)}) asked it to sign in again at once.`,
    "Open LENZ_API_BASE_URL in a browser with SENTRY's account: it may lack access to Lenz. Otherwise tell the owners of Lenz that the session does not hold.",
  );
}

export function signInTooOften(host: string, until: Instant): UpstreamError {
  return authFailure(
    `Lenz (${printable(host)}) keeps sending SENTRY to sign in; it has done so too often of late and waits before it tries again.`,
    `It tries again after ${isoUtc(until).slice(11, 19)} UTC. If this repeats, tell the owners of Lenz that its sessions end too soon: ADFS locks out clients that come too often.`,
  );
}
