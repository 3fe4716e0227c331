import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureProgram } from './install.ts';

const run = promisify(execFile);

export interface ThrowawayTls {
  /** PEM text. */
  ca: string;
  caPath: string;
  certPath: string;
  keyPath: string;
}

/**
 * A certificate authority of its own and a certificate for `localhost`, 127.0.0.1 and further `hosts`, valid for a day unless
 * told, in `folder`.
 */
export async function createThrowawayTls(
  folder: string,
  hosts: readonly string[] = [],
  days = 1,
): Promise<ThrowawayTls> {
  const openssl = await ensureProgram({ programs: ['openssl'], debianPackage: 'openssl', variable: 'PATH' });
  const at = (name: string) => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['localhost', ...hosts].map((host) => `DNS:${host},`).join('');
  writeFileSync(at('server.ext'), `subjectAltName=${names}IP:127.0.0.1\nbasicConstraints=CA:FALSE\n`);
  await run(openssl, [
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-days',
    String(days),
    '-subj',
    '/CN=SENTRY throwaway CA',
  ]);
  await run(openssl, ['req', ...key, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=localhost']);
  await signCertificate(folder, days);
  return {
    ca: readFileSync(at('ca.pem'), 'utf8'),
    caPath: at('ca.pem'),
    certPath: at('server.pem'),
    keyPath: at('server.key'),
  };
}

/** Signs the server's certificate in `folder` anew. Days below zero: it has expired already. */
export async function signCertificate(folder: string, days: number): Promise<void> {
  const openssl = await ensureProgram({ programs: ['openssl'], debianPackage: 'openssl', variable: 'PATH' });
  const at = (name: string) => join(folder, name);
  await run(openssl, [
    'x509',
    '-req',
    '-in',
    at('server.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-out',
    at('server.pem'),
    '-days',
    String(days),
    '-extfile',
    at('server.ext'),
  ]);
}
