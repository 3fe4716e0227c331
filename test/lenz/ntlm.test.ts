import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { createLenzClient, type LenzClient } from '../../src/lenz/client.ts';
import { createLenzAuth } from '../../src/lenz/create-auth.ts';
import { createSignIn, type SignInOptions } from '../../src/lenz/sign-in.ts';
import { challengeMessage, newChallenge } from '../../src/playground/lenz/ntlm-door.ts';
import { type LenzServer, startLenz } from '../../src/playground/lenz/server.ts';
import { simpleDocument } from './documents.ts';
import { failureOf } from './failure-of.ts';

const ACCOUNT = { user: 'I000001', password: 'päss wörd 🔑 "\'&', domain: 'NAEAST' };
const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'];
const definitions = Object.fromEntries(NAMES.map((name) => [name, simpleDocument(name)]));

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function lenzWithNtlm(): Promise<LenzServer> {
  const lenz = await startLenz({ definitions, auth: { kind: 'ntlm', ...ACCOUNT } });
  cleanups.push(lenz.stop);
  return lenz;
}

function clientOf(baseUrl: string, options: Partial<SignInOptions> & { onlyWhenAsked?: boolean } = {}): LenzClient {
  const { onlyWhenAsked = false, ...rest } = options;
  const auth = createSignIn({ ...ACCOUNT, ntlm: onlyWhenAsked ? 'asked' : 'unasked', form: true, ...rest });
  const client = createLenzClient({ baseUrl, auth, timeoutMs: 5000 });
  cleanups.push(client.close);
  return client;
}

const legs = (lenz: LenzServer) => lenz.requests.map((request) => request.leg);

describe('NTLM', () => {
  it('signs in once and keeps the connection: later requests carry nothing', async () => {
    const lenz = await lenzWithNtlm();
    const client = clientOf(lenz.url);
    for (const name of NAMES) expect(await client.fetchDefinition(name)).toEqual(simpleDocument(name));
    expect(legs(lenz)).toEqual(['type1', 'type3', 'none', 'none', 'none', 'none', 'none']);
    expect(new Set(lenz.requests.map((request) => request.connection))).toEqual(new Set([1]));
  });

  it('asks first without credentials when it is to wait for the demand', async () => {
    const lenz = await lenzWithNtlm();
    const client = clientOf(lenz.url, { onlyWhenAsked: true });
    await client.fetchDefinition('A');
    await client.fetchDefinition('B');
    expect(legs(lenz)).toEqual(['none', 'type1', 'type3', 'none']);
  });

  it('sends no credentials to a Lenz that does not ask, when it is to wait for the demand', async () => {
    const lenz = await startLenz({ definitions, auth: 'none' });
    cleanups.push(lenz.stop);
    await clientOf(lenz.url, { onlyWhenAsked: true }).fetchDefinition('A');
    expect(legs(lenz)).toEqual(['none']);
  });

  it('works when nobody asks for it', async () => {
    const lenz = await startLenz({ definitions, auth: 'none' });
    cleanups.push(lenz.stop);
    expect(await clientOf(lenz.url).fetchDefinition('A')).toEqual(simpleDocument('A'));
  });

  it('answers many at once, one after the other on one connection', async () => {
    const lenz = await lenzWithNtlm();
    const client = clientOf(lenz.url);
    const documents = await Promise.all(NAMES.map((name) => client.fetchDefinition(name)));
    expect(documents).toEqual(NAMES.map((name) => simpleDocument(name)));
    expect(legs(lenz).filter((leg) => leg === 'type3')).toHaveLength(1);
  });

  it('signs in again on a new connection', async () => {
    const lenz = await lenzWithNtlm();
    const client = clientOf(lenz.url);
    await client.fetchDefinition('A');
    await lenz.faults.down();
    await lenz.faults.up();
    expect(await client.fetchDefinition('B')).toEqual(simpleDocument('B'));
    expect(legs(lenz).slice(-2)).toEqual(['type1', 'type3']);
    expect(lenz.requests.at(-1)?.connection).toBe(2);
  });

  it('takes `DOMAIN\\user` apart', async () => {
    const lenz = await lenzWithNtlm();
    const client = clientOf(lenz.url, { user: 'naeast\\I000001', domain: 'OTHER' });
    expect(await client.fetchDefinition('A')).toEqual(simpleDocument('A'));
  });

  it('composes accented letters in the password', async () => {
    const lenz = await lenzWithNtlm();
    const client = clientOf(lenz.url, { password: ACCOUNT.password.normalize('NFD') });
    expect(await client.fetchDefinition('A')).toEqual(simpleDocument('A'));
  });

  it('passes on what Lenz says after signing in', async () => {
    const lenz = await lenzWithNtlm();
    const client = clientOf(lenz.url);
    await failureOf(client.fetchDefinition('Z'), 'LENZ_UNKNOWN_NAME');
    lenz.faults.set({ kind: 'status', status: 403 });
    await failureOf(client.fetchDefinition('A'), 'LENZ_AUTH');
    lenz.faults.heal();
    expect(await client.fetchDefinition('A')).toEqual(simpleDocument('A'));
  });
});

describe('a wrong password', () => {
  it('is tried exactly once, however many ask, and not again for half an hour', async () => {
    const lenz = await lenzWithNtlm();
    let now = Date.UTC(2026, 1, 14, 3);
    const client = clientOf(lenz.url, { password: 'wrong', now: () => now });
    const failures = await Promise.all(NAMES.map((name) => failureOf(client.fetchDefinition(name), 'LENZ_AUTH')));
    const attempts = () => legs(lenz).filter((leg) => leg === 'type3').length;
    expect(attempts()).toBe(1);
    expect(failures[0]?.message).toContain('refused');
    expect(failures[5]?.message).toContain('not tried again');
    expect(failures[5]?.remedy).toContain('2026-02-14 03:30 UTC');
    now += 29 * 60_000;
    await failureOf(client.fetchDefinition('A'), 'LENZ_AUTH');
    expect(attempts()).toBe(1);
    now += 60_000;
    await failureOf(client.fetchDefinition('A'), 'LENZ_AUTH');
    expect(attempts()).toBe(2);
  });

  it.each([{ user: 'Somebody' }, { domain: 'ELSEWHERE' }])('is no different from %j', async (wrong) => {
    const lenz = await lenzWithNtlm();
    expect((await failureOf(clientOf(lenz.url, wrong).fetchDefinition('A'), 'LENZ_AUTH')).message).toContain('refused');
  });

  it('is told from a connection that closes after the challenge', async () => {
    const lenz = await lenzWithNtlm();
    lenz.faults.set({ kind: 'close-after-type-2' });
    const client = clientOf(lenz.url);
    const failure = await failureOf(client.fetchDefinition('A'), 'LENZ_UNREACHABLE');
    expect(failure.message).toContain('not even looked at');
    // The proof never left for a connection that cannot judge it.
    expect(legs(lenz)).toEqual(['type1', 'type1']);
    lenz.faults.heal();
    expect(await client.fetchDefinition('A')).toEqual(simpleDocument('A'));
  });
});

/** An HTTP server of raw sockets: answers the n-th request with the n-th of `replies`, over as many connections as come. */
async function rawLenz(replies: ((request: string) => string | null)[]): Promise<{ url: string; heads: string[] }> {
  const heads: string[] = [];
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      heads.push(data.toString('latin1'));
      const reply = replies[heads.length - 1]?.(heads.at(-1) ?? '') ?? null;
      if (reply === null) socket.destroy();
      else socket.write(reply);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, heads };
}

const reply =
  (status: number, headers: string[], body = '') =>
  () =>
    [`HTTP/1.1 ${status} X`, `Content-Length: ${body.length}`, ...headers, '', body].join('\r\n');
const type2 = (scheme = 'NTLM') =>
  `WWW-Authenticate: ${scheme} ${challengeMessage(newChallenge(), 'D').toString('base64')}`;
const authorization = (head: string | undefined) => /^authorization: (.*)\r$/im.exec(head ?? '')?.[1];

describe('the handshake with odd servers', () => {
  it('uses Negotiate when NTLM is not offered by its own name', async () => {
    const lenz = await rawLenz([
      reply(401, ['WWW-Authenticate: Negotiate']),
      reply(401, [type2('Negotiate')]),
      reply(200, [], '{"ok":true}'),
    ]);
    expect(await clientOf(lenz.url).fetchDefinition('A')).toEqual({ ok: true });
    expect(authorization(lenz.heads[0])).toMatch(/^NTLM TlRMTVNTUAAB/);
    expect(authorization(lenz.heads[1])).toMatch(/^Negotiate TlRMTVNTUAAB/);
    expect(authorization(lenz.heads[2])).toMatch(/^Negotiate TlRMTVNTUAAD/);
  });

  it('finds its challenge among several, in one header or two, in any case', async () => {
    const [, token] = type2().split(' NTLM ');
    const lenz = await rawLenz([
      reply(401, ['WWW-Authenticate: Basic realm="a, NTLM", Negotiate', `www-authenticate: ntlm ${token}`]),
      reply(200, [], '{"ok":true}'),
    ]);
    expect(await clientOf(lenz.url).fetchDefinition('A')).toEqual({ ok: true });
  });

  it('says so when only other ways to sign in are offered', async () => {
    for (const onlyWhenAsked of [true, false]) {
      const lenz = await rawLenz([reply(401, ['WWW-Authenticate: Basic realm="x"', 'WWW-Authenticate: Bearer'])]);
      const failure = await failureOf(clientOf(lenz.url, { onlyWhenAsked }).fetchDefinition('A'), 'LENZ_AUTH');
      expect(failure.message).toContain('it offers Basic, Bearer');
      expect(lenz.heads).toHaveLength(1);
    }
  });

  it.each([
    'NTLM',
    'NTLM AAAA',
    'NTLM !!!!',
    'NTLM TlRMTVNTUAADAAAA',
    `NTLM ${Buffer.from('NTLMSSP\0\x02\0\0\0').toString('base64')}`,
  ])('does not send its proof upon the challenge "%s"', async (challenge) => {
    const lenz = await rawLenz([reply(401, [`WWW-Authenticate: ${challenge}`])]);
    await failureOf(clientOf(lenz.url).fetchDefinition('A'), 'LENZ_UNREACHABLE');
    expect(lenz.heads).toHaveLength(1);
  });

  it('does not answer a challenge that asks for less than NTLMv2', async () => {
    const weak = challengeMessage(newChallenge(), 'D');
    weak.writeUInt32LE(0x00000201, 20);
    const lenz = await rawLenz([reply(401, [`WWW-Authenticate: NTLM ${weak.toString('base64')}`])]);
    expect((await failureOf(clientOf(lenz.url).fetchDefinition('A'), 'LENZ_AUTH')).message).toContain('NTLMv2');
    expect(lenz.heads).toHaveLength(1);
  });

  it('survives any challenge: an answer or a failure of Lenz, nothing else', async () => {
    let challenge = Buffer.alloc(0);
    const handshake: (() => string)[] = [];
    const lenz = await rawLenz(handshake);
    const first = () => reply(401, [`WWW-Authenticate: NTLM ${challenge.toString('base64')}`])();
    const proof = reply(200, [], '{"ok":true}');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), fc.boolean(), async (bytes, genuine) => {
        const head = genuine ? Buffer.from('NTLMSSP\0\x02\0\0\0', 'latin1') : Buffer.alloc(0);
        challenge = Buffer.concat([head, bytes]);
        const before = lenz.heads.length;
        handshake[before] = first;
        handshake[before + 1] = proof;
        const client = clientOf(lenz.url);
        const outcome = await client.fetchDefinition('A').catch((error: unknown) => error);
        await client.close();
        if (!(outcome instanceof UpstreamError)) expect(outcome).toEqual({ ok: true });
      }),
      { numRuns: 150 },
    );
  });

  it('takes a connection that dies upon its proof for a broken connection, and does not prove twice', async () => {
    const lenz = await rawLenz([reply(401, [type2()]), () => null]);
    const client = clientOf(lenz.url);
    const failure = await failureOf(client.fetchDefinition('A'), 'LENZ_UNREACHABLE');
    expect(failure.message).toContain('in the middle of signing in');
    expect(lenz.heads).toHaveLength(2);
  });

  it('uses a connection that was closed while idle no longer, without troubling anybody', async () => {
    const lenz = await rawLenz([reply(200, [], '{"n":1}'), () => null, reply(200, [], '{"n":2}')]);
    const client = clientOf(lenz.url, { onlyWhenAsked: true });
    expect(await client.fetchDefinition('A')).toEqual({ n: 1 });
    expect(await client.fetchDefinition('A')).toEqual({ n: 2 });
    expect(lenz.heads).toHaveLength(3);
  });
});

describe('credentials', () => {
  it('are not sent to another origin', async () => {
    const elsewhere = await lenzWithNtlm();
    const lenz = await lenzWithNtlm();
    lenz.faults.set({ kind: 'redirect', location: `${elsewhere.url}/def?name=A` });
    for (const onlyWhenAsked of [true, false]) {
      const failure = await failureOf(clientOf(lenz.url, { onlyWhenAsked }).fetchDefinition('A'), 'LENZ_AUTH');
      expect(failure.message).toContain(new URL(elsewhere.url).host);
    }
    expect(legs(elsewhere)).toEqual(['none', 'none']);
  });

  it('follow a redirect inside the origin', async () => {
    const lenz = await lenzWithNtlm();
    lenz.faults.set({ kind: 'redirect', location: '/lenz/essentials/def?name=B', only: 'A' });
    expect(await clientOf(lenz.url).fetchDefinition('A')).toEqual(simpleDocument('B'));
    expect(legs(lenz)).toEqual(['type1', 'type3', 'none']);
  });

  it('are refused to plain http beyond this machine, before anything is sent', async () => {
    const client = clientOf('http://lenz.example.com/lenz/essentials');
    const failure = await failureOf(client.fetchDefinition('A'), 'LENZ_AUTH');
    expect(failure.message).toContain('plain http');
    expect(failure.remedy).toContain('https');
  });

  it('are asked for when there are none', async () => {
    const lenz = await lenzWithNtlm();
    const auth = createLenzAuth({ kind: 'auto', credentials: null });
    const client = createLenzClient({ baseUrl: lenz.url, auth });
    cleanups.push(client.close);
    expect((await failureOf(client.fetchDefinition('A'), 'LENZ_AUTH')).remedy).toContain('LENZ_USERNAME');
  });

  it('are kept back where LENZ_AUTH allows the form alone', async () => {
    const lenz = await lenzWithNtlm();
    const auth = createLenzAuth({ kind: 'adfs-form', credentials: ACCOUNT });
    const client = createLenzClient({ baseUrl: lenz.url, auth });
    cleanups.push(client.close);
    expect((await failureOf(client.fetchDefinition('A'), 'LENZ_AUTH')).remedy).toContain('LENZ_AUTH to auto or ntlm');
    expect(legs(lenz)).toEqual(['none']);
  });

  it.each(['auto', 'ntlm'] as const)('are used by %s', async (kind) => {
    const lenz = await lenzWithNtlm();
    const client = createLenzClient({ baseUrl: lenz.url, auth: createLenzAuth({ kind, credentials: ACCOUNT }) });
    cleanups.push(client.close);
    expect(await client.fetchDefinition('A')).toEqual(simpleDocument('A'));
    expect(legs(lenz)[0]).toBe(kind === 'auto' ? 'none' : 'type1');
  });
});
