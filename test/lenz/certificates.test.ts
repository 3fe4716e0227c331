import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLenz } from '../../src/lenz/check-lenz.ts';
import { createLenzClient } from '../../src/lenz/client.ts';
import { createLenzAuth } from '../../src/lenz/create-auth.ts';
import { startLenz } from '../../src/playground/lenz/server.ts';
import { createThrowawayTls, type ThrowawayTls } from '../servers/throwaway-tls.ts';
import { simpleDocument } from './documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'sentry-lenz-'));
const at = (name: string) => join(folder, name);
let tls: ThrowawayTls;
beforeAll(async () => {
  tls = await createThrowawayTls(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The server's certificate anew, signed by the same authority. */
function certificate(name: string, days: number, hosts: string): string {
  const extensions = `printf 'subjectAltName=${hosts}\\n' > ${name}.ext`;
  const sign = `openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -out ${name}.pem -days ${days} -extfile ${name}.ext`;
  execFileSync('sh', ['-c', `${extensions} && ${sign}`], { cwd: folder, stdio: 'pipe' });
  return readFileSync(at(`${name}.pem`), 'utf8');
}

async function check(cert: string, ca = tls.ca) {
  const account = { user: 'I000001', password: 'p', domain: 'NAEAST' };
  const lenz = await startLenz({
    definitions: { A: simpleDocument('A') },
    auth: { kind: 'ntlm', ...account },
    tls: { key: readFileSync(tls.keyPath, 'utf8'), cert },
  });
  const auth = createLenzAuth({ kind: 'ntlm', credentials: account });
  const client = createLenzClient({ baseUrl: lenz.url, auth, ca, timeoutMs: 5000 });
  try {
    const seen = await checkLenz({ client, definitions: { names: () => ['A'], states: () => [] } });
    return { ...seen, requests: lenz.requests.length };
  } finally {
    await client.close();
    await lenz.stop();
  }
}

it('a good certificate is believed, and its days are counted', async () => {
  const seen = await check(certificate('good', 30, 'IP:127.0.0.1'));
  expect(seen).toMatchObject({ reachable: true, signedInBy: 'ntlm', certificateDays: 29, error: null });
});

it('those that Node knows stay good beside that of LENZ_CA_PATH', async () => {
  const other = mkdtempSync(join(tmpdir(), 'sentry-lenz-'));
  const { ca } = await createThrowawayTls(other);
  rmSync(other, { recursive: true });
  const known = getCACertificates('default');
  setDefaultCACertificates([tls.ca]);
  try {
    expect(await check(certificate('known', 1, 'IP:127.0.0.1'), ca)).toMatchObject({ reachable: true, error: null });
  } finally {
    setDefaultCACertificates(known);
  }
});

it.each([
  ['an expired certificate', -1, 'IP:127.0.0.1', 'has expired', 'renew'],
  ['a certificate for another host', 1, 'DNS:elsewhere.test', 'for another host', 'LENZ_API_BASE_URL'],
])('%s is told as such, before anything is sent', async (name, days, hosts, message, remedy) => {
  const seen = await check(certificate(name.replaceAll(' ', '-'), days, hosts));
  expect(seen).toMatchObject({ reachable: false, signedInBy: null, requests: 0 });
  expect(seen.error?.message).toContain(message);
  expect(seen.error?.remedy).toContain(remedy);
});
