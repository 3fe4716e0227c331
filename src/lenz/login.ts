import { type Instant, MINUTE } from '../batch/instant.ts';
import type { UpstreamError } from '../errors.ts';
import { credentialsHeld, credentialsRefused } from './failures.ts';

export interface Credentials {
  /** Also `DOMAIN\user`, which then overrides `domain`, or `user@realm`, which needs none. */
  user: string;
  password: string;
  /** Windows domain of a bare user. */
  domain: string;
}

export interface LoginOptions extends Credentials {
  /** How long credentials that were refused are left alone: accounts get locked. Milliseconds. */
  refusalHoldMs?: number;
  now?: () => Instant;
}

/** One account at one Lenz, and whether it may be tried. Whatever way it was refused in holds back every other way too. */
export interface Login {
  user: string;
  password: string;
  domain: string;
  /** As ADFS's form wants it. */
  formUser: string;
  /** Throws `LENZ_AUTH` while the credentials are held back. Asked before they are used at `host`. */
  assertUsable(host: string): void;
  /** Holds the credentials back, and says so. */
  refused(host: string): UpstreamError;
}

export function createLogin({ refusalHoldMs = 30 * MINUTE, now = Date.now, ...credentials }: LoginOptions): Login {
  const { user, domain } = splitUser(credentials.user, credentials.domain);
  let heldUntil: Instant = 0;
  return {
    user,
    domain,
    // Windows hashes the composed form of an accented letter.
    password: credentials.password.normalize('NFC'),
    formUser: domain === '' ? user : `${domain}\\${user}`,
    assertUsable(host) {
      if (now() < heldUntil) throw credentialsHeld(host, heldUntil);
    },
    refused(host) {
      heldUntil = now() + refusalHoldMs;
      return credentialsRefused(host, heldUntil);
    },
  };
}

function splitUser(user: string, domain: string): { user: string; domain: string } {
  const backslash = user.indexOf('\\');
  if (backslash >= 0) return { user: user.slice(backslash + 1), domain: user.slice(0, backslash) };
  return user.includes('@') ? { user, domain: '' } : { user, domain };
}
