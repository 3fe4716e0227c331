import { createNoAuth, type LenzAuth } from './auth.ts';
import type { Credentials } from './login.ts';
import { createSignIn } from './sign-in.ts';

/**
 * `auto` does what the server asks for; with null credentials it is `none`. `ntlm` never fills in a form and begins at Lenz
 * without being asked; `adfs-form` never answers with NTLM.
 */
export type LenzAuthOptions =
  | { kind: 'none' }
  | {
      kind: 'auto' | 'ntlm' | 'adfs-form';
      credentials: Credentials | null;
      /** Origins of the sign-in service (`LENZ_ADFS_ORIGINS`). */
      adfsOrigins?: readonly string[];
    };

/** Chooses the way to sign in. */
export function createLenzAuth(options: LenzAuthOptions): LenzAuth {
  if (options.kind === 'none' || options.credentials === null) return createNoAuth();
  const { kind, credentials, adfsOrigins } = options;
  return createSignIn({
    ...credentials,
    adfsOrigins,
    ntlm: kind === 'ntlm' ? 'unasked' : kind === 'auto' ? 'asked' : 'never',
    form: kind !== 'ntlm',
  });
}
