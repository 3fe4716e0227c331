import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cache } from '../../src/cache/cache.ts';
import { createCache } from '../../src/cache/create-cache.ts';
import { createMemoryCache } from '../../src/cache/memory-cache.ts';
import { createLenzClient } from '../../src/lenz/client.ts';
import { createLenzAuth } from '../../src/lenz/create-auth.ts';
import { createDefinitions } from '../../src/lenz/definitions.ts';
import { type LenzServer, startLenz } from '../../src/playground/lenz/server.ts';
import { logLines } from '../cache/log-lines.ts';
import { sharedRedis } from '../servers/shared.ts';
import { documentOf, simpleDocument, TB_DERIVATIVES } from './documents.ts';
import { failureOf } from './failure-of.ts';

const START = Date.UTC(2026, 1, 14, 3);
const names = ['TB-Derivatives', 'SNU', 'SNU-Strategic', 'UPC', 'TB-CFG', 'TB-SMAA'];

let lenz: LenzServer;
let documents: Record<string, unknown>;
let clock: number;
const cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  clock = START;
  documents = Object.fromEntries(names.map((name) => [name, simpleDocument(name)]));
  documents['TB-Derivatives'] = TB_DERIVATIVES;
  lenz = await startLenz({ definitions: documents, auth: 'none' });
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  await lenz.stop();
});

function open(options: { cache?: Cache; timeoutMs?: number; patienceMs?: number; baseUrl?: string } = {}) {
  const { lines, logger } = logLines();
  const client = createLenzClient({
    baseUrl: options.baseUrl ?? lenz.url,
    auth: createLenzAuth({ kind: 'auto', credentials: null }),
    timeoutMs: options.timeoutMs ?? 5000,
  });
  cleanups.push(client.close);
  const definitions = createDefinitions({
    client,
    cache: options.cache ?? createMemoryCache({ prefix: 'p' }),
    names: () => names,
    ttlS: 300,
    logger,
    now: () => clock,
    patienceMs: options.patienceMs ?? 2000,
    retryAfterMs: 30_000,
  });
  return { definitions, lines };
}

describe('definitions', () => {
  it('are asked for once in their time to live, and again after it', async () => {
    const { definitions } = open();
    const first = await definitions.get('TB-Derivatives');
    expect(first).toMatchObject({ name: 'TB-Derivatives', fetchedAt: START });
    expect(first.datasets).toHaveLength(7);
    clock += 299_000;
    expect(await definitions.get('TB-Derivatives')).toEqual(first);
    expect(definitions.age('TB-Derivatives')).toBe(299_000);
    expect(lenz.requests).toHaveLength(1);
    clock += 1000;
    expect((await definitions.get('TB-Derivatives')).fetchedAt).toBe(clock);
    expect(lenz.requests).toHaveLength(2);
  });

  it('are fetched once, however many ask at the same time', async () => {
    lenz.faults.set({ kind: 'slow', ms: 30 });
    const { definitions } = open();
    const all = await Promise.all(Array.from({ length: 20 }, () => definitions.get('SNU')));
    expect(new Set(all.map((definition) => definition.name))).toEqual(new Set(['SNU']));
    expect(lenz.requests).toHaveLength(1);
  });

  it('are all fetched by warming, which a question joins', async () => {
    lenz.faults.set({ kind: 'slow', ms: 20 });
    const { definitions, lines } = open();
    const warming = definitions.warm();
    expect((await definitions.get('UPC')).name).toBe('UPC');
    await warming;
    expect(lenz.requests.map((request) => request.name).sort()).toEqual([...names].sort());
    expect(lines.at(-1)).toContain('6 of 6 definitions');
    expect((await definitions.all()).definitions.map((definition) => definition.name)).toEqual(names);
    expect(definitions.names()).toEqual(names);
    expect(lenz.requests).toHaveLength(6);
  });

  it('that cannot be had are named with their reasons, the others are given', async () => {
    delete documents.SNU;
    documents.UPC = documentOf('UPC', []);
    const { definitions, lines } = open();
    await definitions.warm();
    const { definitions: had, missing } = await definitions.all();
    expect(had).toHaveLength(4);
    expect(missing).toEqual([
      { name: 'SNU', reason: 'Lenz does not know an essential named "SNU".' },
      { name: 'UPC', reason: expect.stringContaining('schemaJson.datasets') },
    ]);
    expect(definitions.states().map(({ error }) => error?.code)).toEqual([
      undefined,
      'LENZ_UNKNOWN_NAME',
      undefined,
      'LENZ_INVALID',
      undefined,
      undefined,
    ]);
    expect(lines.some((line) => line.includes('4 of 6 definitions'))).toBe(true);
  });

  it('are refreshed on request, all or one', async () => {
    const { definitions } = open();
    await definitions.warm();
    documents.SNU = documentOf('SNU', [{ datasetId: 'new' }]);
    clock += 1000;
    expect((await definitions.get('SNU')).datasets[0]?.datasetId).not.toBe('new');
    expect(await definitions.refresh('SNU')).toEqual({ refreshed: ['SNU'], failed: [] });
    expect((await definitions.get('SNU')).datasets[0]?.datasetId).toBe('new');
    expect((await definitions.get('UPC')).fetchedAt).toBe(START);
    expect((await definitions.refresh()).refreshed).toEqual(names);
    expect((await definitions.get('UPC')).fetchedAt).toBe(clock);
  });

  it('of names beyond the watched ones can be had too', async () => {
    documents.Other = simpleDocument('Other');
    expect((await open().definitions.get('Other')).name).toBe('Other');
  });

  it('are different objects for different readers of the cache', async () => {
    const cache = createMemoryCache({ prefix: 'p' });
    const one = await open({ cache }).definitions.get('SNU');
    const two = await open({ cache }).definitions.get('SNU');
    expect(two).toEqual(one);
    expect(two).not.toBe(one);
    expect(lenz.requests).toHaveLength(1);
  });
});

describe('while Lenz is down', () => {
  it.each(['down', 'status', 'html', 'broken-json', 'without-datasets', 'forbidden', 'hang'] as const)(
    'the last good definition is served (%s)',
    async (how) => {
      const cache = createMemoryCache({ prefix: 'p' });
      await open({ cache }).definitions.warm();
      const { definitions } = open({ cache, timeoutMs: how === 'hang' ? 150 : 5000 });
      if (how === 'down') await lenz.faults.down();
      else if (how === 'status') lenz.faults.set({ kind: 'status', status: 503 });
      else if (how === 'forbidden') lenz.faults.set({ kind: 'status', status: 403 });
      else lenz.faults.set({ kind: how });
      clock += 3600_000;
      const old = await definitions.get('SNU');
      expect(old).toMatchObject({ name: 'SNU', fetchedAt: START, staleForMs: 3600_000 });
      expect(definitions.age('SNU')).toBe(3600_000);
      expect(definitions.states()[1]?.error?.code).toMatch(/^LENZ_/);
      expect(await definitions.refresh('SNU')).toMatchObject({ refreshed: [], failed: [{ name: 'SNU' }] });
      expect((await definitions.all()).missing).toEqual([]);

      lenz.faults.heal();
      if (how === 'down') await lenz.faults.up();
      const fetchedNow = async () => {
        clock += 31_000;
        return (await definitions.get('SNU')).fetchedAt === clock;
      };
      await expect.poll(fetchedNow, { timeout: 10_000 }).toBe(true);
      expect(await definitions.get('SNU')).not.toHaveProperty('staleForMs');
      expect(definitions.states()[1]?.error).toBeNull();
    },
  );

  it('it is left alone for a while, and every name says why', async () => {
    lenz.faults.set({ kind: 'status', status: 500 });
    const { definitions } = open();
    await definitions.warm();
    // Four at a time: those that were under way when the first failed, and no more.
    expect(lenz.requests.length).toBeLessThanOrEqual(4);
    const asked = lenz.requests.length;
    for (const name of names) await failureOf(definitions.get(name), 'LENZ_UNREACHABLE');
    expect(lenz.requests).toHaveLength(asked);
    expect(definitions.states().every(({ error }) => error?.code === 'LENZ_UNREACHABLE')).toBe(true);
    lenz.faults.heal();
    clock += 30_000;
    expect((await definitions.get('SNU')).name).toBe('SNU');
  });

  it('a refresh on request asks all the same', async () => {
    lenz.faults.set({ kind: 'status', status: 500 });
    const { definitions } = open();
    await failureOf(definitions.get('SNU'), 'LENZ_UNREACHABLE');
    lenz.faults.heal();
    expect((await definitions.refresh('SNU')).refreshed).toEqual(['SNU']);
  });

  it('nobody waits long for it when an old definition is at hand', async () => {
    const { definitions } = open({ patienceMs: 100, timeoutMs: 10_000 });
    await definitions.warm();
    lenz.faults.set({ kind: 'hang' });
    clock += 3600_000;
    const started = performance.now();
    const { definitions: served } = await definitions.all();
    expect(served.every((definition) => definition.fetchedAt === START)).toBe(true);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('or slow, the old definition is served until the new one has come', async () => {
    const { definitions } = open({ patienceMs: 10 });
    await definitions.warm();
    lenz.faults.set({ kind: 'slow', ms: 600 });
    clock += 3600_000;
    expect(await definitions.get('SNU')).toMatchObject({ fetchedAt: START, staleForMs: 3600_000 });
    await expect.poll(() => definitions.age('SNU'), { timeout: 5000 }).toBe(0);
    expect((await definitions.get('SNU')).fetchedAt).toBe(clock);
  });

  it('a name that it no longer knows is not served from memory', async () => {
    const { definitions } = open();
    await definitions.warm();
    delete documents.SNU;
    clock += 301_000;
    await failureOf(definitions.get('SNU'), 'LENZ_UNKNOWN_NAME');
    await lenz.faults.down();
    clock += 301_000;
    await failureOf(definitions.get('SNU'), 'LENZ_UNREACHABLE');
  });
});

describe('definitions in Redis', () => {
  it('survive a restart while Lenz is down, are shared by replicas, and are validated when read', async () => {
    const { url } = await sharedRedis();
    const prefix = `test-definitions-${randomUUID()}`;
    const openCache = async () => {
      const opened = createCache({ redisUrl: url, logger: logLines().logger, prefix });
      cleanups.push(opened.close);
      await expect.poll(opened.describe).toBe('redis');
      return opened.cache;
    };
    await open({ cache: await openCache() }).definitions.warm();
    const asked = lenz.requests.length;

    const replica = open({ cache: await openCache() }).definitions;
    expect((await replica.all()).definitions).toHaveLength(6);
    expect(lenz.requests).toHaveLength(asked);

    await lenz.faults.down();
    clock += 3600_000;
    const cache = await openCache();
    const restarted = open({ cache }).definitions;
    expect((await restarted.get('TB-Derivatives')).fetchedAt).toBe(START);

    await cache.set({ space: 'lenz-definition', version: 1, id: 'UPC' }, { name: 'UPC', datasets: 'junk' }, 60_000);
    await failureOf(restarted.get('UPC'), 'LENZ_UNREACHABLE');
  });

  it('that another replica refreshed are taken over', async () => {
    const { url } = await sharedRedis();
    const opened = createCache({
      redisUrl: url,
      logger: logLines().logger,
      prefix: `test-definitions-${randomUUID()}`,
    });
    cleanups.push(opened.close);
    await expect.poll(opened.describe).toBe('redis');
    const one = open({ cache: opened.cache }).definitions;
    const two = open({ cache: opened.cache }).definitions;
    await one.get('SNU');
    await two.get('SNU');
    documents.SNU = documentOf('SNU', [{ datasetId: 'new' }]);
    clock += 1000;
    await one.refresh('SNU');
    expect((await two.get('SNU')).datasets[0]?.datasetId).toBe('new');
  });
});
