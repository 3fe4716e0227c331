import { followRedirects } from './redirects.ts';
import type { LenzResponse, Transport } from './transport.ts';

/** How Lenz let SENTRY in: without asking, by NTLM at Lenz itself, or through ADFS, which asked for NTLM or showed its form. */
export type SignedInBy = 'nothing' | 'ntlm' | 'adfs-ntlm' | 'adfs-form';

/**
 * A way to get past the door of Lenz. One strategy serves one client for as long as the process lives and keeps what it
 * has learnt (a connection that is signed in, a password that was refused).
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
}

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
  };
}
