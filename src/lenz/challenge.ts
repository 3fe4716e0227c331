import type { LenzResponse } from './transport.ts';

/** NTLM messages travel under either name. */
export type NtlmScheme = 'NTLM' | 'Negotiate';

export interface Challenge {
  scheme: string;
  /** What follows the scheme, e.g. the base64 of a type 2 message; empty for an invitation to begin. */
  token: string;
}

/** The ways to sign in that a 401 offers. Servers send several headers, or one with commas. */
export function challengesOf(response: LenzResponse): Challenge[] {
  const header = response.headers['www-authenticate'];
  const lines = header === undefined ? [] : Array.isArray(header) ? header : [header];
  return (
    lines
      .flatMap((line) => line.split(','))
      .map((part) => part.trim())
      // `realm="…"` and its like are parameters of the scheme before them.
      .filter((part) => /^[A-Za-z][\w-]*(\s|$)/.test(part))
      .map((part) => {
        const [scheme = '', ...rest] = part.split(/\s+/);
        return { scheme, token: rest.join(' ') };
      })
  );
}

export function offers(challenges: readonly Challenge[], scheme: NtlmScheme): Challenge | undefined {
  return challenges.find((challenge) => challenge.scheme.toLowerCase() === scheme.toLowerCase());
}
