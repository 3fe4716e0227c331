import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../src/cache/memory-cache.ts';
import { createLenzClient } from '../../src/lenz/client.ts';
import { createLenzAuth } from '../../src/lenz/create-auth.ts';
import { createDefinitions } from '../../src/lenz/definitions.ts';
import type { LenzFault } from '../../src/playground/lenz/faults.ts';
import { type LenzServer, startLenz } from '../../src/playground/lenz/server.ts';
import { logLines } from '../cache/log-lines.ts';
import { simpleDocument } from './documents.ts';

const USER = 'I7PLANTEDUSER';
const PASSWORD = 'planted-password-Ω';
const BODY_SECRET = 'planted-body-text';

/** The secrets and the forms in which they could travel. */
const forbidden = [USER, PASSWORD, BODY_SECRET].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').slice(0, 12),
  Buffer.from(secret, 'utf16le').toString('base64').slice(0, 12),
]);

const faults: (LenzFault | 'down' | 'wrong-password' | null)[] = [
  null,
  'down',
  'wrong-password',
  { kind: 'status', status: 500 },
  { kind: 'status', status: 403 },
  { kind: 'status', status: 401 },
  { kind: 'hang' },
  { kind: 'html' },
  { kind: 'body', body: `<html>${BODY_SECRET}</html>` },
  { kind: 'body', body: BODY_SECRET },
  { kind: 'without-datasets' },
  { kind: 'empty-document' },
  { kind: 'close-after-type-2' },
  { kind: 'redirect', location: `https://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:1/x?token=${BODY_SECRET}` },
  { kind: 'redirect', location: `http://${BODY_SECRET}:x` },
];

let lenz: LenzServer | undefined;
afterEach(() => lenz?.stop());

describe('what is told of a failure', () => {
  it.each(faults.map((fault) => [fault]))('holds no secret: %j', async (fault) => {
    lenz = await startLenz({
      definitions: { A: simpleDocument('A') },
      auth: { kind: 'ntlm', user: USER, password: fault === 'wrong-password' ? 'other' : PASSWORD, domain: 'NAEAST' },
    });
    for (const kind of ['ntlm', 'auto'] as const) {
      const { lines, logger } = logLines();
      const auth = createLenzAuth({ kind, credentials: { user: USER, password: PASSWORD, domain: 'NAEAST' } });
      const client = createLenzClient({ baseUrl: lenz.url, auth, timeoutMs: 300 });
      const definitions = createDefinitions({
        client,
        cache: createMemoryCache({ prefix: 'p' }),
        names: () => ['A', 'B'],
        ttlS: 300,
        logger,
      });
      if (fault === 'down') await lenz.faults.down();
      else if (fault !== null && fault !== 'wrong-password') lenz.faults.set(fault);
      await definitions.warm();
      const thrown: unknown[] = [];
      for (const name of ['A', 'B']) await definitions.get(name).catch((error: unknown) => thrown.push(error));
      expect(thrown.length).toBeGreaterThan(0);
      const told = [
        lines.join('\n'),
        inspect(thrown, { depth: 20, showHidden: true }),
        inspect([auth, client, definitions, definitions.states()], { depth: 20, showHidden: true }),
      ].join('\n');
      expect(told).toContain('LENZ_');
      for (const secret of forbidden) expect(told).not.toContain(secret);
      await client.close();
    }
  });
});
