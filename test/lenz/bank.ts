import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createLenzClient, type LenzClient } from '../../src/lenz/client.ts';
import { createSignIn, type SignInOptions } from '../../src/lenz/sign-in.ts';
import { type Federation, HOSTS, startFederation } from '../../src/playground/lenz/federation.ts';
import { createThrowawayTls } from '../servers/throwaway-tls.ts';
import { simpleDocument } from './documents.ts';

export const ACCOUNT = { user: 'I000001', password: 'päss+wörd & "q"=1', domain: 'NAEAST' };
export const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'];

/** A bank with a Lenz behind ADFS for each test, and hosts that are looked up nowhere but here. */
export function setUpBanks() {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-adfs-'));
  const cleanups: (() => Promise<unknown>)[] = [];
  const lookedUp = new Set<string>();
  let tls = { key: '', cert: '' };
  let ca = '';

  beforeAll(async () => {
    const made = await createThrowawayTls(folder, Object.values(HOSTS));
    tls = { key: readFileSync(made.keyPath, 'utf8'), cert: readFileSync(made.certPath, 'utf8') };
    ca = made.ca;
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const lookup: LookupFunction = (host, { all }, callback) => {
    lookedUp.add(host);
    if (!Object.values(HOSTS).includes(host)) {
      callback(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), '', 4);
    } else if (all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(null, '127.0.0.1', 4);
  };

  return {
    lookedUp,
    async open(): Promise<Federation> {
      const bank = await startFederation({
        definitions: Object.fromEntries(NAMES.map((name) => [name, simpleDocument(name)])),
        account: ACCOUNT,
        tls,
      });
      cleanups.push(bank.stop);
      return bank;
    },
    client(bank: Federation, options: Partial<SignInOptions> & { userAgent?: string } = {}): LenzClient {
      const { userAgent, ...rest } = options;
      const auth = createSignIn({ ...ACCOUNT, ntlm: 'asked', form: true, ...rest });
      const client = createLenzClient({ baseUrl: bank.url, auth, ca, lookup, userAgent, timeoutMs: 5000 });
      cleanups.push(client.close);
      return client;
    },
  };
}

/** What was carried to whom, without the requests that carried nothing. */
export function carried(bank: Federation): string[] {
  return bank.requests.filter((one) => one.carried !== 'nothing').map((one) => `${one.host} ${one.carried}`);
}
