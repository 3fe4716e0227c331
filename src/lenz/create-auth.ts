import { createNoAuth, type LenzAuth } from './auth.ts';
import { createNtlm } from './ntlm.ts';

interface Credentials {
  /** `user` or `DOMAIN\user`. */
  user: string;
  password: string;
  domain: string;
}

/** `auto` asks without credentials first; with null credentials it is `none`. */
export type LenzAuthOptions =
  | { kind: 'none' }
  | { kind: 'ntlm'; credentials: Credentials }
  | { kind: 'auto'; credentials: Credentials | null };

/** Chooses the way to sign in. */
export function createLenzAuth(options: LenzAuthOptions): LenzAuth {
  if (options.kind === 'none' || options.credentials === null) return createNoAuth();
  return createNtlm({ ...options.credentials, onlyWhenAsked: options.kind === 'auto' });
}
