import { isoUtc } from '../batch/instant.ts';
import { UpstreamError } from '../errors.ts';
import type { Challenge } from './challenge.ts';
import { printable } from './printable.ts';

/*
 * Everything that can go wrong with Lenz, in words for the person who is woken by it. Hosts and names are shown;
 * credentials, queries and bodies never are.
 */

/** Lenz, or something on the way to it, could not be reached or could not answer. Worth another try later. */
export function unreachable(host: string, what: string, remedy?: string, cause?: unknown): UpstreamError {
  return new UpstreamError('lenz', 'LENZ_UNREACHABLE', `Lenz (${printable(host)}) could not be asked: ${what}.`, {
    remedy:
      remedy ??
      'Check that Lenz is up and that this machine can reach it (VPN, proxy, LENZ_API_BASE_URL), then ask again.',
    cause,
  });
}

/** Nothing was sent: the certificate was looked at first. `code` is that of Node. */
export function certificateRefused(host: string, code: string, cause: Error): UpstreamError {
  if (code === 'CERT_HAS_EXPIRED') {
    return unreachable(
      host,
      'its certificate has expired',
      `Tell whoever runs ${printable(host)} to renew it; SENTRY does not talk to it before.`,
      cause,
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return unreachable(
      host,
      'its certificate is for another host',
      'Use the host that the certificate names in LENZ_API_BASE_URL (or LENZ_ADFS_ORIGINS).',
      cause,
    );
  }
  return unreachable(
    host,
    `its certificate was not accepted (${code})`,
    'Put the certificate authority that signed it into the file that LENZ_CA_PATH names.',
    cause,
  );
}

/** An answer with a status that says that Lenz itself has trouble. */
export function failedStatus(host: string, status: number): UpstreamError {
  return unreachable(
    host,
    `it answered with HTTP status ${status}`,
    status >= 500 || status === 429
      ? 'Lenz has trouble of its own: wait a few minutes and ask again, and tell the owners of Lenz if it lasts.'
      : 'Check that LENZ_API_BASE_URL is the address of the essentials API.',
  );
}

/** The definition may exist; Lenz does not know it by this name. */
export function unknownName(name: string): UpstreamError {
  return new UpstreamError('lenz', 'LENZ_UNKNOWN_NAME', `Lenz does not know an essential named "${printable(name)}".`, {
    remedy:
      'Check how Lenz spells the name. When it knows none of the names, LENZ_API_BASE_URL points to something else than the essentials API.',
  });
}

export function authFailure(message: string, remedy: string): UpstreamError {
  return new UpstreamError('lenz', 'LENZ_AUTH', message, { remedy });
}

/** The one attempt that a login gets was refused. */
export function credentialsRefused(host: string, heldUntil: number): UpstreamError {
  return authFailure(
    `Lenz (${printable(host)}) refused SENTRY's user name or password.`,
    `Correct LENZ_USERNAME, LENZ_PASSWORD and LENZ_DOMAIN, see that the account is not locked or expired, and restart SENTRY; ${heldText(heldUntil)}.`,
  );
}

/** Refused a short while ago, and therefore not tried. */
export function credentialsHeld(host: string, heldUntil: number): UpstreamError {
  return authFailure(
    `Lenz (${printable(host)}) refused SENTRY's user name or password a short while ago; they were not tried again.`,
    `Correct LENZ_USERNAME, LENZ_PASSWORD and LENZ_DOMAIN, see that the account is not locked or expired, and restart SENTRY; ${heldText(heldUntil)}.`,
  );
}

function heldText(heldUntil: number): string {
  return `so that the account does not get locked, the same ones are not tried before ${isoUtc(heldUntil).slice(0, 16).replace('T', ' ')} UTC`;
}

export function credentialsMissing(host: string): UpstreamError {
  return authFailure(
    `Lenz (${printable(host)}) asks for a user name and a password, and SENTRY has none to give.`,
    'Set LENZ_USERNAME and LENZ_PASSWORD, and LENZ_AUTH to auto or ntlm, and restart SENTRY.',
  );
}

/** 403: known, and not allowed. */
export function forbidden(host: string): UpstreamError {
  return authFailure(
    `Lenz (${printable(host)}) does not let SENTRY's account read definitions.`,
    'Ask the owners of Lenz to give read access to the account in LENZ_USERNAME.',
  );
}

export function methodNotOffered(host: string, offered: readonly Challenge[]): UpstreamError {
  const list = offered.map(({ scheme }) => printable(scheme, 20)).join(', ');
  return authFailure(
    `Lenz (${printable(host)}) does not offer NTLM, the way in which SENTRY signs in${list ? ` (it offers ${list})` : ''}.`,
    'Check LENZ_API_BASE_URL, and ask the owners of Lenz how services are to sign in; LENZ_AUTH chooses the way.',
  );
}

export function weakChallenge(host: string): UpstreamError {
  return authFailure(
    `Lenz (${printable(host)}) asked for a form of NTLM that gives passwords away; SENTRY answers NTLMv2 only.`,
    'Check that LENZ_API_BASE_URL is the real Lenz, and tell its owners that NTLMv2 is not negotiated.',
  );
}

/** Redirected to another origin that did not answer with a definition: a sign-in service. */
export function signInElsewhere(host: string, elsewhere: URL): UpstreamError {
  return authFailure(
    `Lenz (${printable(host)}) sent SENTRY to ${printable(elsewhere.host)} to sign in, and SENTRY could not sign in there.`,
    `No credentials were sent there. If it is the sign-in service of the bank, put ${printable(elsewhere.origin)} into LENZ_ADFS_ORIGINS, check that LENZ_AUTH is not none, and restart SENTRY.`,
  );
}

/** Credentials go over TLS, or stay on this machine. */
export function plainHttp(host: string): UpstreamError {
  return authFailure(
    `SENTRY does not send credentials to ${printable(host)} over plain http, where anyone on the way could read them.`,
    'Use an https address in LENZ_API_BASE_URL.',
  );
}

/** The server ended the connection between its challenge and our proof: no statement about the password. */
export function handshakeCut(host: string): UpstreamError {
  return unreachable(
    host,
    'the connection was closed in the middle of signing in, so the password was not even looked at',
    'Look for a proxy or load balancer before Lenz that does not keep connections open; NTLM needs one connection for the whole sign-in.',
  );
}

/** Ended upon our proof: it may have been refused, and is therefore not repeated. */
export function proofUnanswered(host: string): UpstreamError {
  return unreachable(
    host,
    'the connection was closed in the middle of signing in, after the password had been proven and before any answer',
    'Ask again later, and not often: each time may count as a failed login. Tell the owners of Lenz if it lasts.',
  );
}

/** ADFS has trouble of its own. */
export function signInServiceFailed(host: string, status: number): UpstreamError {
  return unreachable(
    host,
    `its sign-in service answered with HTTP status ${status}`,
    'Wait a few minutes and ask again, and tell the owners of the sign-in service if it lasts.',
  );
}

export function handshakeUnreadable(host: string): UpstreamError {
  return unreachable(
    host,
    'its part of the sign-in could not be understood',
    'Check that LENZ_API_BASE_URL is the real Lenz and ask again; tell its owners if it lasts.',
  );
}

export function notJson(host: string, isPage: boolean): UpstreamError {
  return new UpstreamError(
    'lenz',
    'LENZ_NOT_JSON',
    `Lenz (${printable(host)}) answered with ${isPage ? 'a web page' : 'something that is not JSON'} instead of a definition.`,
    {
      remedy: isPage
        ? 'Open the address in LENZ_API_BASE_URL in a browser: it may be a sign-in, proxy or maintenance page. Correct the address or wait for the maintenance to end.'
        : 'Ask again; if it lasts, tell the owners of Lenz that the answer of its essentials API is broken.',
    },
  );
}

export function invalid(name: string, what: string): UpstreamError {
  return new UpstreamError(
    'lenz',
    'LENZ_INVALID',
    `The definition of ${printable(name)} that Lenz gave cannot be used: ${printable(what, 300)}.`,
    {
      remedy:
        'Tell the owners of Lenz; until it is corrected, this essential cannot be judged from its current definition.',
    },
  );
}
