import ntlm, { type Type2Message } from 'httpntlm/ntlm.js';
import { MINUTE } from '../batch/instant.ts';
import type { LenzAuth } from './auth.ts';
import { challengesOf, type NtlmScheme, offers } from './challenge.ts';
import {
  credentialsHeld,
  credentialsRefused,
  handshakeCut,
  handshakeUnreadable,
  methodNotOffered,
  plainHttp,
  weakChallenge,
} from './failures.ts';
import { mayCarryCredentials } from './origin.ts';
import { followRedirects } from './redirects.ts';
import { ConnectionLost, type LenzResponse, type Transport } from './transport.ts';

export interface NtlmOptions {
  /** Also `DOMAIN\user`, which then overrides `domain`, or `user@realm`, which needs none. */
  user: string;
  password: string;
  domain: string;
  /** True: ask without credentials first and sign in only when Lenz demands it. */
  onlyWhenAsked: boolean;
  /** How long credentials that were refused are left alone: accounts get locked. Milliseconds. */
  refusalHoldMs?: number;
  now?: () => number;
}

/** Both are needed for NTLMv2, the only form that is answered. */
const EXTENDED_SECURITY = 0x00080000;

/**
 * NTLM over one connection: type 1, the server's challenge (type 2), our proof (type 3), and from then on that connection
 * is signed in. A login makes one attempt with the credentials; everything goes one after the other.
 */
export function createNtlm(options: NtlmOptions): LenzAuth {
  const { onlyWhenAsked, refusalHoldMs = 30 * MINUTE, now = Date.now } = options;
  const { user, domain } = splitUser(options.user, options.domain);
  // Windows hashes the composed form of an accented letter.
  const password = options.password.normalize('NFC');
  let signedIn: number | null = null;
  let heldUntil = 0;
  let queue: Promise<unknown> = Promise.resolve();

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  }

  async function hop(url: URL, transport: Transport, signal: AbortSignal): Promise<LenzResponse> {
    const connection = transport.connectionTo(url);
    let scheme: NtlmScheme = 'NTLM';
    if (onlyWhenAsked || (connection !== null && connection === signedIn)) {
      const response = await transport.send({ url }, signal);
      if (response.status !== 401) return response;
      const challenges = challengesOf(response);
      if (!offers(challenges, 'NTLM')) {
        if (!offers(challenges, 'Negotiate'))
          throw methodNotOffered(
            url.host,
            challenges.map((one) => one.scheme),
          );
        scheme = 'Negotiate';
      }
    }
    if (!mayCarryCredentials(url)) throw plainHttp(url.host);
    if (now() < heldUntil) throw credentialsHeld(url.host, heldUntil);
    return signIn(url, scheme, transport, signal);
  }

  async function signIn(url: URL, first: NtlmScheme, transport: Transport, signal: AbortSignal): Promise<LenzResponse> {
    let scheme = first;
    for (let cuts = 0; cuts < 2; ) {
      const opening = await transport.send({ url, headers: authorization(scheme, type1(domain)) }, signal);
      if (opening.status !== 401) return opening;
      const challenges = challengesOf(opening);
      const challenge = offers(challenges, scheme);
      if (!challenge?.token) {
        if (scheme === 'Negotiate' || !offers(challenges, 'Negotiate') || challenge) {
          throw challenge
            ? handshakeUnreadable(url.host)
            : methodNotOffered(
                url.host,
                challenges.map((one) => one.scheme),
              );
        }
        scheme = 'Negotiate';
        continue;
      }
      const proof = type3(url, challenge.token, { username: user, password, domain, workstation: '' });
      try {
        // On another connection the server would not know its own challenge, and its refusal would look like a wrong password.
        const response = await transport.onSameConnection(url, () =>
          transport.send({ url, headers: authorization(scheme, proof) }, signal),
        );
        if (response.status === 401) {
          heldUntil = now() + refusalHoldMs;
          throw credentialsRefused(url.host, heldUntil);
        }
        signedIn = response.connection;
        return response;
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        cuts += 1;
      }
    }
    throw handshakeCut(url.host);
  }

  return {
    signedInBy: () => (signedIn === null ? null : 'ntlm'),
    get: (start, transport, signal) =>
      oneAtATime(() =>
        followRedirects(start, (url) =>
          url.origin === start.origin ? hop(url, transport, signal) : transport.send({ url }, signal),
        ),
      ),
  };
}

function authorization(scheme: NtlmScheme, message: string): Record<string, string> {
  return { authorization: message.replace(/^NTLM/, scheme) };
}

function type1(domain: string): string {
  return ntlm.createType1Message({ domain, workstation: '' });
}

function type3(url: URL, token: string, credentials: Parameters<typeof ntlm.createType3Message>[1]): string {
  const type2 = readType2(token);
  if (type2?.serverChallenge.length !== 8) throw handshakeUnreadable(url.host);
  if ((type2.negotiateFlags & EXTENDED_SECURITY) === 0 || !type2.targetInfo) throw weakChallenge(url.host);
  return ntlm.createType3Message(type2, credentials);
}

function readType2(token: string): Type2Message | null {
  try {
    return ntlm.parseType2Message(`NTLM ${token}`, () => {});
  } catch {
    return null;
  }
}

function splitUser(user: string, domain: string): { user: string; domain: string } {
  const backslash = user.indexOf('\\');
  if (backslash >= 0) return { user: user.slice(backslash + 1), domain: user.slice(0, backslash) };
  return user.includes('@') ? { user, domain: '' } : { user, domain };
}
