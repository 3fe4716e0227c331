import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { errorPage, loginPage, secondFactorPage, selfPostingForm } from './federation-pages.ts';
import { challengeMessage, messageType, type NtlmAccount, newChallenge, provesPassword } from './ntlm-door.ts';

export interface FederationOptions {
  definitions: Readonly<Record<string, unknown>>;
  account: NtlmAccount & { domain: string };
  /** For `HOSTS`. */
  tls: { key: string; cert: string };
}

/** What may be changed while it runs. */
export interface FederationWays {
  /** How ADFS hands back to Lenz. */
  handBack: 'code' | 'redirect' | 'wresult' | 'SAMLResponse';
  /** NTLM for browsers on Windows and the form for others, as ADFS does; or only one of them. */
  asks: 'by-user-agent' | 'form';
  /** What Lenz says to somebody without a session. The last sends to ADFS only those who show no cookie of it. */
  withoutSession: 'redirect' | '401-when-ended' | 'html-when-ended';
  /** Where Lenz sends its callers to sign in, e.g. `https://adfs.other.test`; null for its own ADFS. */
  signInAt: string | null;
  /** Where ADFS's forms are posted to instead; null for where they belong. */
  loginFormAt: string | null;
  handBackAt: string | null;
  /** What Lenz calls its definitions. */
  contentType: string;
  fault:
    | null
    | 'session-not-kept'
    | 'second-factor'
    | 'close-after-type-2'
    | 'msis-7042'
    | 'unavailable'
    | 'circle'
    | 'no-way-in';
}

export interface FederationRequest {
  host: string;
  method: string;
  path: string;
  userAgent: string;
  /** What of the account it carried. */
  carried: 'nothing' | 'type1' | 'type3' | 'password' | 'token';
  /** For strangers: everything that came, to look for secrets in. */
  raw: string;
}

export interface Federation {
  /** As in `LENZ_API_BASE_URL`. Needs a lookup that leads to 127.0.0.1. */
  url: string;
  origins: { lenz: string; adfs: string; other: string; evil: string };
  ways: FederationWays;
  requests: FederationRequest[];
  /** Attempts with credentials that ADFS refused. */
  refusals(): number;
  /** Ends sessions on the server's side; the cookies stay with the client. */
  end(what: 'lenz' | 'adfs'): void;
  /** Seconds that the cookies of Lenz are good for from now on; null for as long as the client lives. */
  cookieAge(seconds: number | null): void;
  stop(): Promise<void>;
}

/** `lenz` and `adfs` share a registered domain; `other` is a sign-in service elsewhere; nobody has business with `evil`. */
export const HOSTS = {
  lenz: 'lenz-app.bank.test',
  adfs: 'adfs.bank.test',
  other: 'adfs.other.test',
  evil: 'evil.test',
};

const BASE = '/lenz/essentials';
const CALLBACK = '/lenz/signin-oidc';
const AUTHORIZE = '/adfs/oauth2/authorize';

/**
 * A Lenz behind ADFS at the wire, over TLS: redirects, NTLM with its proof verified or the login form, cookies, tokens that
 * are good once, sessions that end, and the guard of ADFS against clients that come too often.
 */
export async function startFederation({ definitions, account, tls }: FederationOptions): Promise<Federation> {
  const ways: FederationWays = {
    handBack: 'code',
    asks: 'by-user-agent',
    withoutSession: 'redirect',
    signInAt: null,
    loginFormAt: null,
    handBackAt: null,
    contentType: 'application/json',
    fault: null,
  };
  const requests: FederationRequest[] = [];
  const sockets = new Set<Socket>();
  const challenges = new WeakMap<Socket, Buffer>();
  const lenzSessions = new Set<string>();
  const adfsSessions = new Set<string>();
  const tokens = new Set<string>();
  let refusals = 0;
  let maxAge: number | null = null;

  const server = https.createServer(tls, (request, response) => {
    void text(request).then((body) => {
      const reply = answer(request, body);
      response.writeHead(reply.status, { 'content-type': 'text/html; charset=utf-8', ...reply.headers });
      response.end(reply.body);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const at = (host: string) => `https://${host}:${port}`;
  const origins = { lenz: at(HOSTS.lenz), adfs: at(HOSTS.adfs), other: at(HOSTS.other), evil: at(HOSTS.evil) };

  function answer(request: IncomingMessage, body: string): Reply {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const form = new URLSearchParams(body);
    requests.push({
      host: url.hostname,
      method: request.method ?? '',
      path: url.pathname,
      userAgent: request.headers['user-agent'] ?? '',
      carried: carriedBy(request, form),
      raw: `${request.url} ${JSON.stringify(request.headers)} ${body}`,
    });
    const visit: Visit = { request, url, form, cookies: cookiesOf(request) };
    if (url.hostname === HOSTS.lenz) return lenz(visit);
    if (url.hostname === HOSTS.adfs || url.hostname === HOSTS.other) return adfs(visit);
    return page('<html><title>Give me your password</title></html>');
  }

  function lenz({ url, form, cookies }: Visit): Reply {
    if (url.pathname === CALLBACK) {
      const token = form.get('code') ?? form.get('wresult') ?? form.get('SAMLResponse') ?? url.searchParams.get('code');
      const state = form.get('state') ?? form.get('wctx') ?? form.get('RelayState') ?? url.searchParams.get('state');
      if (!token || !tokens.delete(token) || !state || state !== cookies.LenzState) return page('no', 400);
      const id = randomUUID();
      lenzSessions.add(id);
      const age = maxAge === null ? '' : `; Expires=${new Date(Date.now() + maxAge * 1000).toUTCString()}`;
      return redirect(state, [`LenzSession=${id}; Path=/; Secure; HttpOnly${age}`, 'LenzState=; Max-Age=0; Path=/']);
    }
    if (lenzSessions.has(cookies.LenzSession ?? '') && ways.fault !== 'session-not-kept') {
      const name = url.searchParams.get('name') ?? '';
      const found = url.pathname === `${BASE}/def` && Object.hasOwn(definitions, name);
      return {
        status: found ? 200 : 404,
        headers: { 'content-type': ways.contentType },
        body: JSON.stringify(found ? definitions[name] : { error: 'Not Found' }),
      };
    }
    if (cookies.LenzSession && ways.withoutSession === '401-when-ended') return page('ended', 401);
    if (cookies.LenzSession && ways.withoutSession === 'html-when-ended') return page('<html>Ended</html>');
    const query = new URLSearchParams({ client_id: 'lenz', response_mode: 'form_post', state: url.href });
    return redirect(`${ways.signInAt ?? origins.adfs}${AUTHORIZE}?${query}`, [
      `LenzState=${encodeURIComponent(url.href)}; Path=/; Secure; HttpOnly; SameSite=None`,
    ]);
  }

  function adfs(visit: Visit): Reply {
    const { request, url, form, cookies } = visit;
    const query = url.search;
    if (ways.fault === 'unavailable') return page('Service Unavailable', 503);
    if (ways.fault === 'msis-7042') return page(errorPage('MSIS7042'));
    if (ways.fault === 'no-way-in') return page(errorPage('MSIS9605'));
    if (ways.fault === 'circle') return redirect(`${url.pathname}${query}`);
    if (adfsSessions.has(cookies.MSISAuth ?? '')) return handBack(url.searchParams.get('state') ?? '');
    if (url.pathname === `${AUTHORIZE}/wia`) return integrated(visit);
    if (request.method === 'POST') {
      const right =
        form.get('UserName')?.toLowerCase() === `${account.domain}\\${account.user}`.toLowerCase() &&
        form.get('Password') === account.password;
      const complete = form.get('AuthMethod') === 'FormsAuthentication' && form.get('Ticket') === 'a"b&c/d';
      if (!complete || cookies.MSISSamlRequest !== 'asked') return page(errorPage('MSIS7055'));
      if (!right) refusals += 1;
      return right ? enter(visit) : showForm(visit, 'Incorrect user ID or password.');
    }
    const windows = /Trident|MSIE/.test(request.headers['user-agent'] ?? '');
    if (ways.asks === 'by-user-agent' && windows) {
      return redirect(`${AUTHORIZE}/wia${query}`, ['MSISSamlRequest=asked; Path=/adfs; Secure; HttpOnly']);
    }
    return showForm(visit, '');
  }

  function showForm({ url }: Visit, errorText: string): Reply {
    const action = `${ways.loginFormAt ?? ''}${AUTHORIZE}${url.search}`;
    return page(loginPage(action, { errorText, hidden: { Ticket: 'a"b&c/d' } }), 200, [
      'MSISSamlRequest=asked; Path=/adfs; Secure; HttpOnly',
      'odd; Domain=.nowhere',
    ]);
  }

  /** The three legs of NTLM. */
  function integrated(visit: Visit): Reply {
    const { request } = visit;
    const message = ntlmMessage(request);
    const challenge = challenges.get(request.socket);
    challenges.delete(request.socket);
    if (message && messageType(message) === 3) {
      if (challenge && provesPassword(message, challenge, account)) return enter(visit);
      refusals += 1;
    }
    const headers: Record<string, string | string[]> = { 'www-authenticate': ['Negotiate', 'NTLM'] };
    if (message && messageType(message) === 1) {
      const next = newChallenge();
      challenges.set(request.socket, next);
      headers['www-authenticate'] = `NTLM ${challengeMessage(next, account.domain).toString('base64')}`;
      if (ways.fault === 'close-after-type-2') headers.connection = 'close';
    }
    return { status: 401, headers, body: '<html><title>401</title></html>' };
  }

  function enter({ url }: Visit): Reply {
    if (ways.fault === 'second-factor') return page(secondFactorPage(url.pathname + url.search));
    const id = randomUUID();
    adfsSessions.add(id);
    return redirect(`${AUTHORIZE}${url.search}`, [
      `MSISAuth=${id}; Path=/adfs; Secure; HttpOnly; SameSite=None`,
      'MSISAuthenticated=MTEvMjM=; Path=/adfs; Secure; HttpOnly',
    ]);
  }

  function handBack(state: string): Reply {
    const token = `token+/="&<${randomUUID()}`;
    tokens.add(token);
    const to = `${ways.handBackAt ?? origins.lenz}${CALLBACK}`;
    if (ways.handBack === 'redirect') return redirect(`${to}?${new URLSearchParams({ code: token, state })}`);
    const fields: Record<string, string> = {
      code: { code: token, id_token: 'e30.e30.x', state },
      wresult: { wa: 'wsignin1.0', wresult: token, wctx: state },
      SAMLResponse: { SAMLResponse: token, RelayState: state },
    }[ways.handBack];
    return page(selfPostingForm(to, fields));
  }

  return {
    url: `${origins.lenz}${BASE}`,
    origins,
    ways,
    requests,
    refusals: () => refusals,
    end: (what) => (what === 'lenz' ? lenzSessions : adfsSessions).clear(),
    cookieAge(seconds) {
      maxAge = seconds;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

interface Visit {
  request: IncomingMessage;
  url: URL;
  form: URLSearchParams;
  cookies: Record<string, string | undefined>;
}

function page(html: string, status = 200, cookies: string[] = []): Reply {
  return { status, headers: { 'set-cookie': cookies }, body: html };
}

function redirect(location: string, cookies: string[] = []): Reply {
  return {
    status: 302,
    headers: { location, 'set-cookie': cookies },
    body: '<html><title>Object moved</title></html>',
  };
}

function cookiesOf(request: IncomingMessage): Record<string, string | undefined> {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split(/=(.*)/s));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, decodeURIComponent(value)]));
}

function ntlmMessage(request: IncomingMessage): Buffer | null {
  const token = /^(?:NTLM|Negotiate) (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? null : Buffer.from(token, 'base64');
}

function carriedBy(request: IncomingMessage, form: URLSearchParams): FederationRequest['carried'] {
  const message = ntlmMessage(request);
  if (message) return messageType(message) === 3 ? 'type3' : 'type1';
  if (form.has('Password')) return 'password';
  return form.has('code') || form.has('wresult') || form.has('SAMLResponse') ? 'token' : 'nothing';
}
