import type { Instant } from '../batch/instant.ts';
import { adfsError, encode, fillIn, handOverForm, loginForm } from './adfs-page.ts';
import { type LenzAuth, OTHER_USER_AGENT, type SignedInBy, WINDOWS_USER_AGENT } from './auth.ts';
import { challengesOf, offers } from './challenge.ts';
import { createCookies } from './cookies.ts';
import { methodNotOffered, plainHttp, signInServiceFailed } from './failures.ts';
import { type HtmlForm, type HtmlPage, readPage } from './html-page.ts';
import { createLogin, type LoginOptions } from './login.ts';
import { createNtlm } from './ntlm.ts';
import { mayCarryCredentials } from './origin.ts';
import { MAX_HOPS, nextUrl, redirectLocation, tooManyRedirects } from './redirects.ts';
import {
  formNotWanted,
  ntlmNotWanted,
  originNotListed,
  sessionNotKept,
  signInTooOften,
  signInUnfinished,
} from './sign-in-failures.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import type { LenzRequest, LenzResponse, Transport } from './transport.ts';
import { createTrustedOrigins } from './trusted-origins.ts';

export interface SignInOptions extends LoginOptions {
  /** `unasked`: begin with NTLM at Lenz by oneself; `asked`: only when a server demands it; `never`. */
  ntlm: 'unasked' | 'asked' | 'never';
  /** Whether ADFS's login form may be filled in. */
  form: boolean;
  /** Origins of the sign-in service. Empty: the first that Lenz redirects to over TLS inside its own registrable domain. */
  adfsOrigins?: readonly string[];
}

/** One way from the question to the answer of Lenz. */
interface Walk {
  start: URL;
  signal: AbortSignal;
  transport: Transport;
  /** A session was at hand: should it have ended, the way is gone once more without it. */
  renewable: boolean;
  /** How credentials were given at the sign-in service. */
  given: 'adfs-ntlm' | 'adfs-form' | null;
  /** The sign-in service has sent us back to Lenz. */
  handedBack: boolean;
}

/**
 * Signs in the way in which the server asks for it: NTLM at Lenz, NTLM or the login form at the ADFS that Lenz redirects to.
 * The session is kept, in cookies and connections, and renewed when it ends. Everything goes one after the other, so there
 * is one sign-in at a time however many ask. A login uses the credentials once; refused ones are held back.
 */
export function createSignIn({ ntlm: useNtlm, form: useForm, adfsOrigins = [], ...account }: SignInOptions): LenzAuth {
  const now: () => Instant = account.now ?? Date.now;
  const login = createLogin(account);
  const ntlm = createNtlm(login);
  const cookies = createCookies();
  const origins = createTrustedOrigins(adfsOrigins);
  const limit = createSignInLimit(now);
  let signedInBy: SignedInBy | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  }

  async function get(start: URL, transport: Transport, signal: AbortSignal): Promise<LenzResponse> {
    const hadSession = cookies.any(start);
    const begin = (renewable: boolean) =>
      walk({ start, signal, transport: cookies.over(transport), renewable, given: null, handedBack: false });
    const first = await begin(hadSession);
    if (!hadSession || !sessionEnded(first, start)) return first.response;
    // Without its cookies Lenz sends us to sign in again, or says what it really has to say.
    await cookies.forget(start);
    return (await begin(false)).response;
  }

  function sessionEnded(
    { response, handedBack }: { response: LenzResponse; handedBack: boolean },
    start: URL,
  ): boolean {
    return (
      !handedBack &&
      response.url.origin === start.origin &&
      (response.status === 401 || (response.status < 300 && isHtml(response)))
    );
  }

  async function walk(way: Walk): Promise<{ response: LenzResponse; handedBack: boolean }> {
    let request: LenzRequest = { url: way.start };
    for (let hop = 0; hop <= MAX_HOPS; hop++) {
      const response = await visit(request, way);
      const next = nextRequest(response, way);
      if (next === null) {
        if (response.status === 401 && roleOf(response.url, way) === 'lenz') refusedEntry(response, way);
        if (way.given) signedInBy = way.given;
        signedInBy ??= 'nothing';
        return { response, handedBack: way.handedBack };
      }
      request = next;
    }
    throw tooManyRedirects(way.start.host);
  }

  const roleOf = (url: URL, way: Walk) => origins.roleOf(url, way.start);

  /** One request, NTLM included where its server may be given it. */
  async function visit(request: LenzRequest, way: Walk): Promise<LenzResponse> {
    const { transport, signal } = way;
    const role = roleOf(request.url, way);
    if (role === 'stranger' || useNtlm === 'never') return transport.send(request, signal);
    const unasked = useNtlm === 'unasked' && role === 'lenz' && !cookies.any(request.url);
    const { response, proven } = await ntlm.send(request, transport, signal, unasked);
    if (proven && role === 'lenz') signedInBy = 'ntlm';
    if (proven && role === 'sign-in') way.given = 'adfs-ntlm';
    return response;
  }

  /** Where the response sends us; null when it is the last. */
  function nextRequest(response: LenzResponse, way: Walk): LenzRequest | null {
    const location = redirectLocation(response);
    // A body is not sent on to another address, whatever the status says: it may hold a password.
    if (location !== null) return lead({ url: nextUrl(location, response.url, way.start) }, response, way);
    const role = roleOf(response.url, way);
    if (role === 'stranger') return null;
    const page = isHtml(response) ? readPage(response.body) : null;
    const form = page && loginForm(page);
    if (form) return filledIn(form, response, way);
    const handOver = page && handOverForm(page);
    if (handOver) return lead(post(handOver, encode(handOver.fields), response, way), response, way);
    if (role === 'lenz') return null;
    throw stuckAt(response, page);
  }

  /** Judges the step from one server to another before it is made. */
  function lead(request: LenzRequest, response: LenzResponse, way: Walk): LenzRequest {
    origins.redirected(response.url, request.url, way.start);
    const from = roleOf(response.url, way);
    const to = roleOf(request.url, way);
    if (to === 'stranger' && (from === 'sign-in' || request.method === 'POST')) {
      throw originNotListed(way.start.host, request.url);
    }
    if (from === 'lenz' && to === 'sign-in') {
      if (way.handedBack) throw sessionNotKept(way.start.host);
      // Refused credentials are the reason to tell, before any guard that their retries run into.
      login.assertUsable(way.start.host);
      limit.take(way.start.host);
    }
    if (from === 'sign-in' && to === 'lenz') way.handedBack = true;
    return request;
  }

  function filledIn(form: HtmlForm, response: LenzResponse, way: Walk): LenzRequest {
    const { host } = response.url;
    if (!useForm) throw formNotWanted(host);
    if (way.given === 'adfs-form') throw login.refused(host);
    if (way.given !== null) throw signInUnfinished(host, null);
    const request = post(form, fillIn(form, login), response, way);
    if (roleOf(request.url, way) === 'stranger') throw originNotListed(way.start.host, request.url);
    if (!mayCarryCredentials(request.url)) throw plainHttp(request.url.host);
    login.assertUsable(host);
    way.given = 'adfs-form';
    return request;
  }

  function stuckAt(response: LenzResponse, page: HtmlPage | null): Error {
    const { host } = response.url;
    const code = page && adfsError(page);
    if (code === 'MSIS7042') return signInTooOften(host, limit.pause());
    const challenges = response.status === 401 ? challengesOf(response) : [];
    if (challenges.length > 0) return notOffered(host, challenges);
    if (response.status >= 500 || response.status === 429) return signInServiceFailed(host, response.status);
    return signInUnfinished(host, code);
  }

  function refusedEntry(response: LenzResponse, way: Walk): void {
    if (way.handedBack) throw sessionNotKept(response.url.host);
    if (!way.renewable) throw notOffered(response.url.host, challengesOf(response));
  }

  function notOffered(host: string, challenges: ReturnType<typeof challengesOf>): Error {
    const ntlmOffered = offers(challenges, 'NTLM') ?? offers(challenges, 'Negotiate');
    return ntlmOffered ? ntlmNotWanted(host) : methodNotOffered(host, challenges);
  }

  return {
    get: (url, transport, signal) => oneAtATime(() => get(url, transport, signal)),
    signedInBy: () => signedInBy,
    userAgent: useNtlm === 'never' ? OTHER_USER_AGENT : WINDOWS_USER_AGENT,
  };
}

function post(form: HtmlForm, body: string, response: LenzResponse, { start }: Walk): LenzRequest {
  return {
    method: 'POST',
    url: nextUrl(form.action, response.url, start),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  };
}

function isHtml({ headers, body }: LenzResponse): boolean {
  const type = headers['content-type'];
  // Some servers call their JSON a web page.
  return /^\s*</.test(body) || (/html/i.test(String(type ?? '')) && !/^\s*[[{]/.test(body));
}
