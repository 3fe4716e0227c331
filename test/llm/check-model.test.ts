import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkModel } from '../../src/llm/check-model.ts';
import { freePort } from '../servers/free-port.ts';
import { azureOptions, KEY, prepareCertificates, startAzure } from './azure.ts';
import { createPrincipalPem } from './azure-ad.ts';
import { startCompletions } from './completions-server.ts';

let prepared: Awaited<ReturnType<typeof prepareCertificates>>;
beforeAll(async () => {
  prepared = await prepareCertificates();
});
afterAll(() => prepared.remove());

const soon = () => ({ signal: AbortSignal.timeout(10_000) });
const OK = { content: 'ok' };
const HOUR_MS = 3_600_000;

describe('a look at the model', () => {
  it('has nothing to look at where none is configured', async () => {
    expect(await checkModel({ kind: 'planner' }, soon())).toEqual({ kind: 'planner' });
  });

  it('finds both proofs, the expiry of both, and an answer', async () => {
    await using azure = await startAzure(prepared, [OK]);
    const seen = await checkModel(azure.options, soon());
    expect(seen).toMatchObject({
      kind: 'azure',
      host: new URL(azure.chat.url).host,
      model: 'sentry-gpt',
      authentication: { kind: 'hybrid' },
      certificate: { daysLeft: 29 },
      request: { ok: true },
    });
    if (seen.kind === 'planner' || seen.authentication.kind !== 'hybrid') throw new Error('not hybrid');
    expect(Math.abs(seen.authentication.tokenExpiresAt - Date.now() - HOUR_MS)).toBeLessThan(60_000);
    expect(seen.tokenMs).toBeGreaterThan(0);
    expect(azure.chat.received).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('eyJ0');
    expect(JSON.stringify(seen)).not.toContain(KEY);
  });

  it('names what is wrong with the certificate beside an endpoint that answers all the same', async () => {
    await using chat = await startCompletions([OK]);
    const expired = await createPrincipalPem(prepared.folder, 'gone', -1);
    const look = (pemPath: string) => checkModel(azureOptions(chat.url, 'https://localhost:1', pemPath), soon());
    expect(await look(expired)).toMatchObject({
      authentication: { kind: 'key-only', reason: 'certificate-expired', remedy: expect.stringContaining('new one') },
      certificate: { daysLeft: -2 },
      request: { ok: true },
    });
    expect(await look('/nowhere.pem')).toMatchObject({
      authentication: { kind: 'key-only', reason: 'certificate-missing' },
      certificate: null,
      request: { ok: true },
    });
    expect(await look(prepared.pemPath)).toMatchObject({
      authentication: { kind: 'key-only', reason: 'authority-unreachable' },
      certificate: { daysLeft: 29 },
    });
  });

  it.each([
    [401, 'LLM_AUTH'],
    [404, 'LLM_INVALID'],
    [429, 'LLM_BUSY'],
    [500, 'LLM_UNREACHABLE'],
  ])('says what a refusal with %s means', async (status, code) => {
    await using chat = await startCompletions([{ status, headers: { 'retry-after': '60' } }]);
    const options = { kind: 'openai' as const, baseUrl: `${chat.url}/v1`, apiKey: KEY, model: 'm' };
    const seen = await checkModel(options, soon());
    expect(seen).toMatchObject({
      kind: 'openai',
      authentication: { kind: 'key-only', reason: 'not-configured', remedy: null },
      tokenMs: null,
      certificate: null,
      request: { ok: false, code, remedy: expect.any(String) },
    });
  });

  it('names the code of a connection that is refused', async () => {
    const options = {
      kind: 'openai' as const,
      baseUrl: `http://127.0.0.1:${await freePort()}/v1`,
      apiKey: KEY,
      model: 'm',
    };
    expect(await checkModel(options, soon())).toMatchObject({
      request: { ok: false, code: 'LLM_UNREACHABLE', message: expect.stringContaining('ECONNREFUSED') },
    });
  });

  it('ends when it is told to, whatever hangs', async () => {
    await using azure = await startAzure(prepared, ['silence']);
    expect(await checkModel(azure.options, { signal: AbortSignal.timeout(500) })).toMatchObject({
      request: { ok: false, code: 'LLM_UNREACHABLE', message: 'The language model did not answer in time.' },
    });
    azure.ad.mode = 'silent';
    expect(await checkModel(azure.options, { signal: AbortSignal.timeout(300) })).toMatchObject({
      authentication: { kind: 'key-only', reason: 'authority-unreachable' },
      request: { ok: false },
    });
  });
});
