import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { createThrowawayTls, type ThrowawayTls } from '../servers/throwaway-tls.ts';
import { type AzureAd, CLIENT, createPrincipalPem, startAzureAd, TENANT } from './azure-ad.ts';
import { type Received, type Refusal, type Scripted, startCompletions } from './completions-server.ts';

/** A folder with certificates, trusted by this process, which is the test file's own. */
export async function prepareCertificates() {
  const folder = await mkdtemp(join(tmpdir(), 'sentry-azure-'));
  const server: ThrowawayTls = await createThrowawayTls(folder);
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), server.ca]);
  return {
    folder,
    tls: server,
    pemPath: await createPrincipalPem(folder, 'principal'),
    remove: () => rm(folder, { recursive: true }),
  };
}

export const KEY = 'the-api-key';

/** What Azure OpenAI asks of every request: a token that Azure AD gave, the key, the user and the version. */
export function admission(ad: AzureAd) {
  return ({ headers, path }: Received): Refusal | null => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    const missing =
      (!ad.valid.has(token) && 'token') ||
      (headers['api-key'] !== KEY && 'key') ||
      (headers['x-ms-useragent'] !== 'I792420' && 'user');
    if (missing) return { status: 401, error: { code: '401', message: `no valid ${missing}` } };
    if (!path.endsWith('/openai/deployments/sentry-gpt/chat/completions?api-version=2024-02-01'))
      return { status: 404 };
    return null;
  };
}

export function azureOptions(endpoint: string, authorityHost: string, pemPath: string) {
  return {
    kind: 'azure' as const,
    endpoint,
    apiKey: KEY,
    apiVersion: '2024-02-01',
    deployment: 'sentry-gpt',
    userId: 'I792420',
    servicePrincipal: { tenantId: TENANT, clientId: CLIENT, pemPath, authorityHost },
  };
}

/** Both halves of Azure, one believing the other. */
export async function startAzure(prepared: { tls: ThrowawayTls; pemPath: string }, script: readonly Scripted[]) {
  const ad = await startAzureAd(prepared.tls, prepared.pemPath);
  const chat = await startCompletions(script, { admit: admission(ad) });
  return {
    ad,
    chat,
    options: azureOptions(chat.url, ad.url, prepared.pemPath),
    async [Symbol.asyncDispose]() {
      await Promise.all([ad[Symbol.asyncDispose](), chat[Symbol.asyncDispose]()]);
    },
  };
}
