import ntlm, { type Type2Message } from 'httpntlm/ntlm.js';
import { challengesOf, type NtlmScheme, offers } from './challenge.ts';
import {
  handshakeCut,
  handshakeUnreadable,
  methodNotOffered,
  plainHttp,
  proofUnanswered,
  weakChallenge,
} from './failures.ts';
import type { Login } from './login.ts';
import { mayCarryCredentials } from './origin.ts';
import { ConnectionLost, type LenzRequest, type LenzResponse, type Transport } from './transport.ts';

export interface NtlmAnswer {
  response: LenzResponse;
  /** Whether a proof of the password was given for it, and accepted. */
  proven: boolean;
}

export interface Ntlm {
  /**
   * Sends a request, and signs its connection in where the server demands NTLM. `unasked`: begins by itself on a connection
   * that is not signed in. A 401 that does not offer NTLM is returned. Not to be called twice at the same time.
   */
  send(request: LenzRequest, transport: Transport, signal: AbortSignal, unasked: boolean): Promise<NtlmAnswer>;
}

/** Both are needed for NTLMv2, the only form that is answered. */
const EXTENDED_SECURITY = 0x00080000;

/**
 * NTLM over one connection: type 1, the server's challenge (type 2), our proof (type 3), and from then on that connection
 * is signed in. A login makes one attempt with the credentials.
 */
export function createNtlm(login: Login): Ntlm {
  const signedIn = new Map<string, number>();

  async function signIn(
    request: LenzRequest,
    first: NtlmScheme,
    transport: Transport,
    signal: AbortSignal,
  ): Promise<NtlmAnswer> {
    const { url } = request;
    let scheme = first;
    for (let cuts = 0; cuts < 2; ) {
      const opening = await transport.send(
        { ...request, headers: authorization(request, scheme, type1(login)) },
        signal,
      );
      if (opening.status !== 401) return { response: opening, proven: false };
      const challenges = challengesOf(opening);
      const challenge = offers(challenges, scheme);
      if (!challenge?.token) {
        if (challenge) throw handshakeUnreadable(url.host);
        if (scheme === 'Negotiate' || !offers(challenges, 'Negotiate')) throw methodNotOffered(url.host, challenges);
        scheme = 'Negotiate';
        continue;
      }
      const proof = type3(url, challenge.token, login);
      try {
        // On another connection the server would not know its own challenge, and its refusal would look like a wrong password.
        const response = await transport.onSameConnection(url, () =>
          transport.send({ ...request, headers: authorization(request, scheme, proof) }, signal),
        );
        if (response.status === 401) throw login.refused(url.host);
        signedIn.set(url.origin, response.connection);
        return { response, proven: true };
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        // It may have been looked at, and refused: a second one could be one too many.
        if (error.maybeSent) throw proofUnanswered(url.host);
        cuts += 1;
      }
    }
    throw handshakeCut(url.host);
  }

  return {
    async send(request, transport, signal, unasked) {
      const { url } = request;
      const connection = transport.connectionTo(url);
      let scheme: NtlmScheme = 'NTLM';
      if (!unasked || (connection !== null && connection === signedIn.get(url.origin))) {
        const response = await transport.send(request, signal);
        const challenges = response.status === 401 ? challengesOf(response) : [];
        if (!offers(challenges, 'NTLM')) {
          if (!offers(challenges, 'Negotiate')) return { response, proven: false };
          scheme = 'Negotiate';
        }
      }
      if (!mayCarryCredentials(url)) throw plainHttp(url.host);
      login.assertUsable(url.host);
      return signIn(request, scheme, transport, signal);
    },
  };
}

function authorization(request: LenzRequest, scheme: NtlmScheme, message: string): Record<string, string> {
  return { ...request.headers, authorization: message.replace(/^NTLM/, scheme) };
}

function type1({ domain }: Login): string {
  return ntlm.createType1Message({ domain, workstation: '' });
}

function type3(url: URL, token: string, { user, password, domain }: Login): string {
  const type2 = readType2(token);
  if (type2?.serverChallenge.length !== 8) throw handshakeUnreadable(url.host);
  if ((type2.negotiateFlags & EXTENDED_SECURITY) === 0 || !type2.targetInfo) throw weakChallenge(url.host);
  return ntlm.createType3Message(type2, { username: user, password, domain, workstation: '' });
}

function readType2(token: string): Type2Message | null {
  try {
    return ntlm.parseType2Message(`NTLM ${token}`, () => {});
  } catch {
    return null;
  }
}
