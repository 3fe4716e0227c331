import { execFile } from 'node:child_process';
import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ThrowawayTls } from '../servers/throwaway-tls.ts';

const run = promisify(execFile);

export const TENANT = '0e8a7f3c-1111-4a6b-9d2e-5b6c7d8e9f00';
export const CLIENT = '7c1d2e3f-2222-4b5a-8c9d-0a1b2c3d4e5f';
const SCOPE = 'https://cognitiveservices.azure.com/.default';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A service principal's key and certificate in one file, as the bank hands them out. -1 day: it has expired. */
export async function createPrincipalPem(folder: string, name: string, days = 30): Promise<string> {
  const at = (ending: string) => join(folder, `${name}.${ending}`);
  await run('openssl', [
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('key'),
    '-out',
    at('csr'),
    '-subj',
    `/CN=${name}`,
  ]);
  const signed = ['-in', at('csr'), '-signkey', at('key'), '-out', at('crt'), '-days', String(days)];
  await run('openssl', ['x509', '-req', ...signed]);
  writeFileSync(at('pem'), readFileSync(at('key'), 'utf8') + readFileSync(at('crt'), 'utf8'));
  return at('pem');
}

export interface AzureAd {
  url: string;
  /** Requests for tokens: what was wrong with each, or null. */
  asked: (string | null)[];
  paths: string[];
  mode: 'well' | 'failing' | 'refusing' | 'silent' | 'html';
  /** Tokens that a service should take now. */
  valid: Set<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Azure AD as far as a certificate credential sees it: discovery and the token endpoint, over TLS, with the client assertion
 * held to everything that the real one checks: signature, thumbprint, audience, times, subject, and that none comes twice.
 */
export async function startAzureAd(tls: ThrowawayTls, registeredPem: string): Promise<AzureAd> {
  const certificate = new X509Certificate(readFileSync(registeredPem));
  const seen = new Set<string>();
  let url = '';
  const server: Server = createServer(
    { key: readFileSync(tls.keyPath), cert: readFileSync(tls.certPath) },
    (request, response) => {
      ad.paths.push(request.url ?? '');
      const json = (status: number, body: object) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      if (ad.mode === 'silent') return;
      if (ad.mode === 'html')
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
      if (ad.mode === 'failing') return json(503, { error: 'temporarily_unavailable' });
      const base = `${url}/${TENANT}`;
      if (request.url?.startsWith(`/${TENANT}/v2.0/.well-known/openid-configuration`)) {
        return json(200, {
          issuer: `${base}/v2.0`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          token_endpoint: `${base}/oauth2/v2.0/token`,
          jwks_uri: `${base}/discovery/v2.0/keys`,
        });
      }
      if (request.method !== 'POST' || request.url?.split('?')[0] !== `/${TENANT}/oauth2/v2.0/token`)
        return json(400, { error: 'invalid_request', error_description: 'AADSTS90002: no such tenant' });
      let body = '';
      request.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        const wrong =
          ad.mode === 'refusing' ? 'AADSTS7000222' : faultOf(new URLSearchParams(body), `${base}/oauth2/v2.0/token`);
        ad.asked.push(wrong);
        if (wrong !== null)
          return json(401, { error: 'invalid_client', error_description: `${wrong}: assertion ${body.slice(-40)}` });
        const access_token = `eyJ0-token-${ad.asked.length}-${createHash('sha1').update(url).digest('hex')}`;
        ad.valid.add(access_token);
        json(200, { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, access_token });
      });
    },
  );

  function faultOf(form: URLSearchParams, endpoint: string): string | null {
    if (form.get('grant_type') !== 'client_credentials' || form.get('client_assertion_type') !== ASSERTION)
      return 'AADSTS900144';
    if (form.get('client_id') !== CLIENT) return 'AADSTS700016';
    if (!form.get('scope')?.split(' ').includes(SCOPE)) return 'AADSTS70011';
    const [head = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
    const header = decoded(head);
    const thumbprint = (hash: string) => createHash(hash).update(certificate.raw).digest('base64url');
    const isNamed = header['x5t#S256'] === thumbprint('sha256') || header.x5t === thumbprint('sha1');
    const padding = { PS256: constants.RSA_PKCS1_PSS_PADDING, RS256: constants.RSA_PKCS1_PADDING }[String(header.alg)];
    if (!isNamed || padding === undefined) return 'AADSTS700027';
    const key = { key: certificate.publicKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    const options = padding === constants.RSA_PKCS1_PADDING ? { key: certificate.publicKey, padding } : key;
    if (!verify('sha256', Buffer.from(`${head}.${claims}`), options, Buffer.from(signature, 'base64url')))
      return 'AADSTS700027';
    const { aud, iss, sub, exp, nbf, jti } = decoded(claims);
    const now = Date.now() / 1000;
    if (aud !== endpoint) return 'AADSTS50027';
    if (iss !== CLIENT || sub !== CLIENT) return 'AADSTS700021';
    if (!(Number(exp) > now && Number(exp) < now + 3600 && Number(nbf) <= now + 5)) return 'AADSTS700024';
    if (typeof jti !== 'string' || seen.has(jti)) return 'AADSTS700028';
    seen.add(jti);
    return null;
  }

  const ad: AzureAd = {
    url: '',
    asked: [],
    paths: [],
    mode: 'well',
    valid: new Set(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}`;
  ad.url = url;
  return ad;
}

function decoded(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}
