import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNoAuth } from '../../src/lenz/auth.ts';
import { createLenzClient, type LenzClient } from '../../src/lenz/client.ts';
import { type LenzServer, startLenz } from '../../src/playground/lenz/server.ts';
import { createThrowawayTls } from '../servers/throwaway-tls.ts';
import { simpleDocument, TB_DERIVATIVES } from './documents.ts';
import { failureOf } from './failure-of.ts';

const odd = 'A & B/ü?name=x#%20+';

describe('the Lenz client without credentials', () => {
  let lenz: LenzServer;
  let client: LenzClient;
  beforeEach(async () => {
    lenz = await startLenz({
      definitions: { 'TB-Derivatives': TB_DERIVATIVES, [odd]: simpleDocument(odd) },
      auth: 'none',
    });
    client = createLenzClient({ baseUrl: `${lenz.url}/`, auth: createNoAuth(), timeoutMs: 5000 });
  });
  afterEach(async () => {
    await client.close();
    await lenz.stop();
  });
  const fetch = (name = 'TB-Derivatives') => client.fetchDefinition(name);

  it('gets the document of a name, and keeps its connection', async () => {
    expect(await fetch()).toEqual(TB_DERIVATIVES);
    expect(await fetch()).toEqual(TB_DERIVATIVES);
    expect(lenz.requests).toMatchObject([
      { method: 'GET', path: '/lenz/essentials/def', name: 'TB-Derivatives', leg: 'none', status: 200, connection: 1 },
      { connection: 1 },
    ]);
  });

  it('sends any name unharmed', async () => {
    expect(await fetch(odd)).toEqual(simpleDocument(odd));
  });

  it('says that a name is unknown upon 404, and does not even ask for an endless one', async () => {
    const failure = await failureOf(fetch('TB-Nothing'), 'LENZ_UNKNOWN_NAME');
    expect(failure.message).toContain('"TB-Nothing"');
    const before = lenz.requests.length;
    await failureOf(fetch('x'.repeat(201)), 'LENZ_UNKNOWN_NAME');
    await failureOf(fetch('\ud800'), 'LENZ_UNKNOWN_NAME');
    expect(lenz.requests).toHaveLength(before);
  });

  it.each([400, 418, 429, 500, 502, 503])('cannot reach Lenz when it answers %i', async (status) => {
    lenz.faults.set({ kind: 'status', status });
    const failure = await failureOf(fetch(), 'LENZ_UNREACHABLE');
    expect(failure.message).toContain(String(status));
  });

  it('says what to set when Lenz asks for credentials', async () => {
    lenz.faults.set({ kind: 'status', status: 401 });
    const failure = await failureOf(fetch(), 'LENZ_AUTH');
    expect(failure.remedy).toContain('LENZ_USERNAME');
  });

  it('says that the account may not read upon 403', async () => {
    lenz.faults.set({ kind: 'status', status: 403 });
    expect((await failureOf(fetch(), 'LENZ_AUTH')).remedy).toContain('read access');
  });

  it('tells a web page and broken JSON from a definition', async () => {
    lenz.faults.set({ kind: 'html' });
    expect((await failureOf(fetch(), 'LENZ_NOT_JSON')).message).toContain('a web page');
    lenz.faults.set({ kind: 'broken-json' });
    expect((await failureOf(fetch(), 'LENZ_NOT_JSON')).message).toContain('not JSON');
    lenz.faults.set({ kind: 'body', body: '' });
    await failureOf(fetch(), 'LENZ_NOT_JSON');
    lenz.faults.set({ kind: 'body', body: '['.repeat(200_000) });
    await failureOf(fetch(), 'LENZ_NOT_JSON');
  });

  it('waits for a slow Lenz, and not for one that never answers', async () => {
    lenz.faults.set({ kind: 'slow', ms: 50 });
    expect(await fetch()).toEqual(TB_DERIVATIVES);
    const hasty = createLenzClient({ baseUrl: lenz.url, auth: createNoAuth(), timeoutMs: 700 });
    lenz.faults.set({ kind: 'hang' });
    const failure = await failureOf(hasty.fetchDefinition('TB-Derivatives'), 'LENZ_UNREACHABLE');
    expect(failure.message).toContain('within 0.7 s');
    lenz.faults.heal();
    expect(await hasty.fetchDefinition('TB-Derivatives')).toEqual(TB_DERIVATIVES);
    await hasty.close();
  });

  it('says that nothing listens, and recovers when something does', async () => {
    expect(await fetch()).toEqual(TB_DERIVATIVES);
    await lenz.faults.down();
    expect((await failureOf(fetch(), 'LENZ_UNREACHABLE')).message).toContain('nothing listens there');
    await lenz.faults.up();
    expect(await fetch()).toEqual(TB_DERIVATIVES);
  });

  it('says that a host has no address', async () => {
    // A label of more than 63 characters fails in the resolver, without a query.
    const lost = createLenzClient({ baseUrl: `http://${'x'.repeat(70)}.invalid/x`, auth: createNoAuth() });
    const failure = await failureOf(lost.fetchDefinition('E'), 'LENZ_UNREACHABLE');
    expect(failure.message).toContain('name could not be resolved');
    await lost.close();
  });

  it('refuses a body that is too large', async () => {
    const small = createLenzClient({ baseUrl: lenz.url, auth: createNoAuth(), maxBodyBytes: 1000 });
    expect((await failureOf(small.fetchDefinition('TB-Derivatives'), 'LENZ_INVALID')).message).toContain('1000 bytes');
    await small.close();
  });

  it('follows a redirect', async () => {
    const there = await startLenz({
      definitions: { 'TB-Derivatives': simpleDocument('TB-Derivatives') },
      auth: 'none',
    });
    lenz.faults.set({ kind: 'redirect', location: `${there.url}/def?name=TB-Derivatives` });
    expect(await fetch()).toEqual(simpleDocument('TB-Derivatives'));
    await there.stop();
  });

  it('follows a relative redirect, and ends a loop', async () => {
    lenz.faults.set({ kind: 'redirect', location: 'def?name=TB-Derivatives', status: 307 });
    expect((await failureOf(fetch(), 'LENZ_UNREACHABLE')).message).toContain('redirected more than 10 times');
    expect(lenz.requests).toHaveLength(11);
    expect(new Set(lenz.requests.map((request) => request.path))).toEqual(new Set(['/lenz/essentials/def']));
  });

  it.each(['http://lenz.example.com/def', 'ftp://127.0.0.1/x', 'file:///etc/passwd', 'http://'])(
    'does not follow a redirect to %s',
    async (location) => {
      lenz.faults.set({ kind: 'redirect', location });
      await failureOf(fetch(), 'LENZ_UNREACHABLE');
      expect(lenz.requests).toHaveLength(1);
    },
  );

  it('says that it was sent elsewhere to sign in', async () => {
    const elsewhere = await startLenz({ definitions: {}, auth: 'none' });
    elsewhere.faults.set({ kind: 'html' });
    lenz.faults.set({ kind: 'redirect', location: `${elsewhere.url}/adfs/ls?wa=wsignin1.0` });
    const failure = await failureOf(fetch(), 'LENZ_AUTH');
    expect(failure.message).toContain(new URL(elsewhere.url).host);
    expect(failure.message).not.toContain('wsignin');
    await elsewhere.stop();
  });

  it.each(['', 'lenz', 'ftp://lenz/x', 'https://user:planted-secret@lenz/x'])(
    'refuses the base address %j',
    (baseUrl) => {
      let message = '';
      try {
        createLenzClient({ baseUrl, auth: createNoAuth() });
      } catch (error) {
        expect(error).toMatchObject({ code: 'CONFIG' });
        message = (error as Error).message;
      }
      expect(message).toContain('LENZ_API_BASE_URL');
      expect(message).not.toContain('planted-secret');
    },
  );
});

describe('the Lenz client over TLS', () => {
  it('trusts the given authority, and says what to do about another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sentry-lenz-'));
    const tls = await createThrowawayTls(folder);
    const lenz = await startLenz({
      definitions: { E: simpleDocument('E') },
      auth: 'none',
      tls: { key: await readFile(tls.keyPath, 'utf8'), cert: await readFile(tls.certPath, 'utf8') },
    });
    const trusting = createLenzClient({ baseUrl: lenz.url, auth: createNoAuth(), ca: tls.ca });
    const wary = createLenzClient({ baseUrl: lenz.url, auth: createNoAuth() });
    try {
      expect(await trusting.fetchDefinition('E')).toEqual(simpleDocument('E'));
      const failure = await failureOf(wary.fetchDefinition('E'), 'LENZ_UNREACHABLE');
      expect(failure.message).toContain('certificate');
      expect(failure.remedy).toContain('LENZ_CA_PATH');
      lenz.faults.set({ kind: 'redirect', location: lenz.url.replace('https:', 'http:') });
      expect((await failureOf(trusting.fetchDefinition('E'), 'LENZ_UNREACHABLE')).message).toContain(
        'not protected by TLS',
      );
    } finally {
      await Promise.all([trusting.close(), wary.close()]);
      await lenz.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
