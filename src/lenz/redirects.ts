import { unreachable } from './failures.ts';
import { isLoopback } from './origin.ts';
import type { LenzResponse } from './transport.ts';

/** Enough for any sign-in that works, few enough to end a loop quickly. */
export const MAX_HOPS = 10;

/** Follows redirects from `start`. `send` decides for every hop what it may carry: credentials belong to one origin. */
export async function followRedirects(start: URL, send: (url: URL) => Promise<LenzResponse>): Promise<LenzResponse> {
  let url = start;
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const response = await send(url);
    const location = redirectLocation(response);
    if (location === null) return response;
    url = nextUrl(location, url, start);
  }
  throw tooManyRedirects(start.host);
}

export function tooManyRedirects(host: string): Error {
  return unreachable(host, `it redirected more than ${MAX_HOPS} times`, 'Check LENZ_API_BASE_URL and LENZ_AUTH.');
}

/** Null for what is not a redirect. */
export function redirectLocation({ status, headers }: LenzResponse): string | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const location = headers.location;
  return (Array.isArray(location) ? location[0] : location) ?? null;
}

/** The address that `location` means on the page `from`. Refuses one that anybody on the way could read or change. */
export function nextUrl(location: string, from: URL, start: URL): URL {
  if (!URL.canParse(location, from.href)) {
    throw unreachable(start.host, 'it redirected to an address that is none');
  }
  const url = new URL(location, from);
  url.username = '';
  url.password = '';
  const safe =
    url.protocol === 'https:' || (url.protocol === 'http:' && (isLoopback(url) || url.origin === start.origin));
  if (!safe || (from.protocol === 'https:' && url.protocol !== 'https:')) {
    throw unreachable(
      start.host,
      'it redirected to an address that is not protected by TLS',
      'Check that LENZ_API_BASE_URL is an https address and the one that Lenz is really served at.',
    );
  }
  return url;
}
