import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareCertificates, startAzure } from '../azure.ts';
import { CALL, WORDS } from '../script.ts';

const run = promisify(execFile);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

let prepared: Awaited<ReturnType<typeof prepareCertificates>>;
beforeAll(async () => {
  prepared = await prepareCertificates();
});
afterAll(() => prepared.remove());

/** What shells carry for other work, each of which makes some library contact somebody. */
const TEMPTATIONS = {
  LANGSMITH_TRACING: 'true',
  LANGSMITH_API_KEY: 'lsv2_other',
  LANGSMITH_ENDPOINT: 'https://api.smith.langchain.com',
  LANGSMITH_GATEWAY: 'true',
  LANGCHAIN_TRACING_V2: 'true',
  LANGCHAIN_API_KEY: 'lsv2_other',
  AZURE_OPENAI_BASE_PATH: 'https://elsewhere.example/openai/deployments',
  AZURE_OPENAI_API_INSTANCE_NAME: 'elsewhere',
  AZURE_REGIONAL_AUTHORITY_NAME: 'westus',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://telemetry.example',
};

async function child(env: Record<string, string>, file = here('ask-once.ts')) {
  const args = ['--disable-warning=ExperimentalWarning', '--import', here('guard.ts'), file];
  const { stdout } = await run(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: prepared.tls.caPath, ...env },
    timeout: 60_000,
  });
  return JSON.parse(stdout) as { prose: string; check: object; dialled: string[]; refused: string[] };
}

describe('the process of a question', () => {
  it.each([
    ['as configured', {}],
    ['in a shell full of temptations', TEMPTATIONS],
  ])('talks to Azure AD and the endpoint and to nobody else, %s', async (_what, more) => {
    await using azure = await startAzure(prepared, [CALL, WORDS, { content: 'ok' }]);
    const { servicePrincipal, endpoint, apiKey, deployment, userId } = azure.options;
    const { prose, check, dialled, refused } = await child({
      AZURE_TENANT_ID: servicePrincipal.tenantId,
      AZURE_SPN_CLIENT_ID: servicePrincipal.clientId,
      AZURE_PEM_PATH: servicePrincipal.pemPath,
      AZURE_AUTHORITY_HOST: servicePrincipal.authorityHost,
      AZURE_OPENAI_ENDPOINT: endpoint,
      AZURE_OPENAI_API_KEY: apiKey,
      AZURE_OPENAI_DEPLOYMENT: deployment,
      AZURE_USER_ID: userId,
      ...more,
    });
    expect(refused).toEqual([]);
    expect(dialled.sort()).toEqual([new URL(azure.ad.url).host, new URL(endpoint).host].sort());
    expect(prose).toBe('Step 3 waits for it.');
    expect(check).toMatchObject({ authentication: { kind: 'hybrid' }, request: { ok: true } });
    expect(azure.chat.received).toHaveLength(3);
  });

  it('would be caught: the guard refuses names, addresses and sockets', async () => {
    const { refused } = await child({}, here('go-elsewhere.ts'));
    expect(refused.join(' ')).toContain('elsewhere.example');
    expect(refused.join(' ')).toContain('192.0.2.1:443');
  });
});
