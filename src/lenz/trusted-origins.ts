import { getDomain } from 'tldts';
import { mayCarryCredentials } from './origin.ts';

/** What an address is to a sign-in. Only the first two ever see credentials, tokens or are believed. */
export type Role = 'lenz' | 'sign-in' | 'stranger';

export interface TrustedOrigins {
  roleOf(url: URL, lenz: URL): Role;
  /** Takes note of where Lenz sends its callers. */
  redirected(from: URL, to: URL, lenz: URL): void;
}

/**
 * Lenz itself, and the sign-in services that it may hand over to: those listed (`LENZ_ADFS_ORIGINS`), or, with none listed,
 * the first one over TLS that Lenz names inside its own registrable domain, for as long as the process lives.
 */
export function createTrustedOrigins(listed: readonly string[]): TrustedOrigins {
  const origins = new Set(listed.filter((origin) => origin.startsWith('https:')));
  let learns = listed.length === 0;
  return {
    roleOf(url, lenz) {
      if (url.origin === lenz.origin) return 'lenz';
      return origins.has(url.origin) ? 'sign-in' : 'stranger';
    },
    redirected(from, to, lenz) {
      if (!learns || from.origin !== lenz.origin || to.origin === lenz.origin) return;
      // Over plain http anybody on the way could have named it.
      if (to.protocol !== 'https:' || !mayCarryCredentials(lenz) || !sameOwner(to, lenz)) return;
      origins.add(to.origin);
      learns = false;
    },
  };
}

/** Suffixes under which anybody may register (also those of cloud providers) join nothing. */
function sameOwner(one: URL, other: URL): boolean {
  const domain = getDomain(one.hostname, { allowPrivateDomains: true });
  return domain !== null && domain === getDomain(other.hostname, { allowPrivateDomains: true });
}
