import { afterEach, expect, it } from 'vitest';
import { createMemoryCache } from '../../src/cache/memory-cache.ts';
import { checkLenz } from '../../src/lenz/check-lenz.ts';
import { createLenzClient } from '../../src/lenz/client.ts';
import { createLenzAuth } from '../../src/lenz/create-auth.ts';
import { createDefinitions } from '../../src/lenz/definitions.ts';
import { type LenzServer, startLenz } from '../../src/playground/lenz/server.ts';
import { logLines } from '../cache/log-lines.ts';
import { simpleDocument } from './documents.ts';

const ACCOUNT = { user: 'I000001', password: 'planted-password', domain: 'NAEAST' };
const START = Date.UTC(2026, 1, 14, 3);
const HOUR = 3_600_000;

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function setUp(password = ACCOUNT.password) {
  const lenz: LenzServer = await startLenz({
    definitions: { A: simpleDocument('A'), B: simpleDocument('B') },
    auth: { kind: 'ntlm', ...ACCOUNT },
  });
  cleanups.push(lenz.stop);
  const clock = { now: START };
  const auth = createLenzAuth({ kind: 'auto', credentials: { ...ACCOUNT, password } });
  const client = createLenzClient({ baseUrl: lenz.url, auth, timeoutMs: 2000 });
  cleanups.push(client.close);
  const now = () => clock.now;
  const definitions = createDefinitions({
    client,
    cache: createMemoryCache({ prefix: 'p' }),
    names: () => ['A', 'B', 'C'],
    ttlS: 300,
    logger: logLines().logger,
    now,
  });
  return { lenz, clock, definitions, check: () => checkLenz({ client, definitions, now }) };
}

it('tells how SENTRY got in and what is at hand', async () => {
  const { lenz, clock, definitions, check } = await setUp();
  await definitions.get('A');
  clock.now += 2 * HOUR;
  await definitions.get('B');
  expect(await check()).toEqual({
    host: new URL(lenz.url).host,
    reachable: true,
    signedInBy: 'ntlm',
    latencyMs: 0,
    certificateDays: null,
    definitions: { atHand: 2, watched: 3, oldestAgeMs: 2 * HOUR },
    error: null,
  });
});

it('names the latest failure of a definition, although Lenz is well', async () => {
  const { definitions, check } = await setUp();
  await definitions.warm();
  expect(await check()).toMatchObject({ reachable: true, error: { code: 'LENZ_UNKNOWN_NAME' } });
});

it('tells a refused password from a Lenz that is away, and both with a remedy', async () => {
  const refused = await setUp('wrong');
  expect(await refused.check()).toMatchObject({
    reachable: true,
    signedInBy: null,
    error: { code: 'LENZ_AUTH', remedy: expect.stringContaining('LENZ_PASSWORD') },
  });
  const away = await setUp();
  await away.lenz.faults.down();
  const check = await away.check();
  expect(check).toMatchObject({ reachable: false, error: { code: 'LENZ_UNREACHABLE' } });
  expect(JSON.stringify(check)).not.toContain(ACCOUNT.password);
});

it('looks once at a refused password, however often it is asked', async () => {
  const { lenz, check } = await setUp('wrong');
  for (let i = 0; i < 3; i++) await check();
  expect(lenz.requests.filter((request) => request.leg === 'type3')).toHaveLength(1);
});
