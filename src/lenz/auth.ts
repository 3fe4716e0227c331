import { followRedirects } from './redirects.ts';
import type { LenzResponse, Transport } from './transport.ts';

/** How Lenz let SENTRY in: without asking, by NTLM at Lenz itself, or through ADFS, which asked for NTLM or showed its form. */
export type SignedInBy = 'nothing' | 'ntlm' | 'adfs-ntlm' | 'adfs-form';

/**
 * A way to get past the door of Lenz. One strategy serves one client for as long as the process lives and keeps what it
 * has learnt (a connection that is signed in, the cookies of a session, a password that was refused).
 */
export interface LenzAuth {
  /**
   * Gets an answer of Lenz to a GET of `url`, signing in and following redirects where that is called for. An answer that
   * still demands credentials (401) is returned as it is when the strategy has nothing to offer.
   * Throws UpstreamError `LENZ_AUTH` or `LENZ_UNREACHABLE`.
   */
  get(url: URL, transport: Transport, signal: AbortSignal): Promise<LenzResponse>;
  /** How the latest answer of Lenz was had; null before there was one. */
  signedInBy(): SignedInBy | null;
  /** What to call oneself where `LENZ_USER_AGENT` says nothing: ADFS chooses between NTLM and its form by it. */
  readonly userAgent: string;
}

/** Among the names that ADFS takes for a browser on Windows by default, and therefore asks for NTLM. */
export const WINDOWS_USER_AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; Trident/7.0; rv:11.0) like Gecko';

/** Not among them: ADFS shows its form. */
export const OTHER_USER_AGENT = 'Mozilla/5.0 (compatible; SENTRY)';

/** No credentials at all. */
export function createNoAuth(): LenzAuth {
  let answered = false;
  return {
    async get(url, transport, signal) {
      const response = await followRedirects(url, (hop) => transport.send({ url: hop }, signal));
      answered = true;
      return response;
    },
    signedInBy: () => (answered ? 'nothing' : null),
    userAgent: WINDOWS_USER_AGENT,
  };
}
