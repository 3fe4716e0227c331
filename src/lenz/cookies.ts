import { CookieJar } from 'tough-cookie';
import type { Transport } from './transport.ts';

export interface Cookies {
  /** The same transport, with cookies taken and given as a browser does. */
  over(transport: Transport): Transport;
  /** Whether a request to this address would carry any. */
  any(url: URL): boolean;
  /** Drops what a request to this address would carry. */
  forget(url: URL): Promise<void>;
}

export function createCookies(): Cookies {
  const jar = new CookieJar();
  return {
    over: (transport) => ({
      ...transport,
      async send(request, signal) {
        const cookie = await jar.getCookieString(request.url.href);
        const headers = cookie === '' ? request.headers : { ...request.headers, cookie };
        const response = await transport.send({ ...request, headers }, signal);
        const lines = response.headers['set-cookie'] ?? [];
        for (const line of Array.isArray(lines) ? lines : [lines]) {
          await jar.setCookie(line, request.url.href, { ignoreError: true });
        }
        return response;
      },
    }),
    any: (url) => jar.getCookiesSync(url.href).length > 0,
    async forget(url) {
      for (const { domain, path, key } of await jar.getCookies(url.href))
        await jar.store.removeCookie(domain, path, key);
    },
  };
}
