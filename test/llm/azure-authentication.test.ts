import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAzureModels } from '../../src/llm/azure-model.ts';
import { createTokenSource } from '../../src/llm/azure-token.ts';
import { createModelFactory } from '../../src/llm/create-model.ts';
import { learningDeployment } from '../../src/llm/deployment.ts';
import { askOnce, planner, smallAgent } from '../agent/asking.ts';
import { names } from '../agent/small-world.ts';
import { prepareCertificates, startAzure } from './azure.ts';
import { CLIENT, createPrincipalPem, TENANT } from './azure-ad.ts';
import { startCompletions } from './completions-server.ts';
import { CALL, keptLog, modelNotes, WORDS } from './script.ts';

let prepared: Awaited<ReturnType<typeof prepareCertificates>>;
beforeAll(async () => {
  prepared = await prepareCertificates();
});
afterAll(() => prepared.remove());

const HYBRID = 'azure: authenticating with bearer token and API key';
const KEY_ONLY = 'azure: no bearer token, authenticating with the API key only';

describe('a service principal with its certificate', () => {
  it('signs an assertion that Azure AD can verify; both proofs go with every request, one token serves many questions', async () => {
    await using azure = await startAzure(prepared, [CALL, WORDS]);
    const log = keptLog();
    const ask = smallAgent({
      createModel: createModelFactory(azure.options, { planner: { names }, logger: log }),
    });
    for (let round = 0; round < 3; round += 1) {
      const { answer } = await askOnce(ask, 'how is derivatives prelim doing?');
      expect(answer).toMatchObject({ status: 'PARTIAL_FAILURE', usage: { llm_calls: 2 } });
      expect(modelNotes(answer)).toEqual([]);
    }
    expect(azure.ad.asked).toEqual([null]);
    expect(azure.chat.received).toHaveLength(6);
    expect(log.lines).toEqual([HYBRID]);
    expect(azure.ad.paths.every((path) => path.startsWith(`/${TENANT}/`))).toBe(true);
  });

  it('gets one fresh token when the service refuses the one at hand in the middle of an answer', async () => {
    await using azure = await startAzure(prepared, [CALL, WORDS]);
    const create = createModelFactory(azure.options, { planner: { names }, logger: keptLog() });
    // The token expires once the tools have been chosen.
    const ask = smallAgent({ createModel: create });
    const events = ask(
      { id: 'r', text: 'how is derivatives prelim doing?', context: null, turns: [] },
      { signal: new AbortController().signal },
    );
    for await (const event of events) {
      if (event.type === 'verdict') azure.ad.valid.clear();
      if (event.type === 'answer') {
        expect(event.answer.prose).toBe('Step 3 waits for it.');
        expect(modelNotes(event.answer)).toEqual([]);
      }
    }
    expect(azure.ad.asked).toEqual([null, null]);
    const tokens = azure.chat.received.map(({ headers }) => headers.authorization);
    expect(tokens).toHaveLength(3);
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[2]).not.toBe(tokens[1]);
  });

  it('uses the fresh token for the rest of the question, and gives up on a service that refuses that one too', async () => {
    await using azure = await startAzure(prepared, [CALL, CALL, WORDS]);
    const create = createModelFactory(azure.options, { planner: { names }, logger: keptLog() });
    const model = await create({ signal: AbortSignal.timeout(10_000), patienceS: 5 });
    azure.ad.valid.clear();
    await model.invoke('one');
    await model.invoke('two');
    expect(azure.chat.received).toHaveLength(3);
    azure.ad.valid.clear();
    await expect(model.invoke('three')).rejects.toMatchObject({ cause: { code: 'LLM_AUTH' } });
    expect(azure.ad.asked).toHaveLength(2);
  });

  it('takes up a renewed certificate without a restart', async () => {
    const pemPath = join(prepared.folder, 'renewed.pem');
    const old = await createPrincipalPem(prepared.folder, 'old');
    writeFileSync(pemPath, readFileSync(old));
    await using azure = await startAzure(prepared, []);
    const { servicePrincipal } = azure.options;
    const tokens = createTokenSource({ ...servicePrincipal, pemPath });
    const signal = AbortSignal.timeout(10_000);
    await expect(tokens.get(signal)).rejects.toMatchObject({ reason: 'authority-refused' });
    writeFileSync(pemPath, readFileSync(prepared.pemPath));
    expect((await tokens.get(signal)).value).toMatch(/^eyJ0-token-2/);
  });
});

describe('without a token the key stands alone, said once', () => {
  async function answeredWithKeyOnly(pemPath: string, authorityHost: string) {
    await using chat = await startCompletions([CALL, WORDS]);
    const log = keptLog();
    const seen: string[] = [];
    const options = {
      kind: 'azure' as const,
      endpoint: chat.url,
      apiKey: 'k',
      apiVersion: '2024-02-01',
      deployment: 'sentry-gpt',
      userId: null,
      servicePrincipal: { tenantId: TENANT, clientId: CLIENT, pemPath, authorityHost },
    };
    const createModel = createModelFactory(options, {
      planner: { names },
      logger: log,
      onAuthentication: (now) => seen.push(now.kind === 'key-only' ? now.reason : now.kind),
    });
    const begun = performance.now();
    for (let round = 0; round < 2; round += 1) {
      const { answer } = await askOnce(smallAgent({ createModel }), 'deriv?');
      expect(answer).toMatchObject({ status: 'PARTIAL_FAILURE', usage: { llm_calls: 2 } });
    }
    expect(chat.received).toHaveLength(4);
    for (const { headers } of chat.received) {
      expect(headers['api-key']).toBe('k');
      expect(headers.authorization).toBeUndefined();
    }
    expect(log.lines).toEqual([KEY_ONLY]);
    expect(seen[0]).toBe(seen[1]);
    return { reason: seen[0], fields: log.fields, ms: performance.now() - begun };
  }
  const nowhere = 'https://localhost:1';

  it('no file', async () => {
    expect((await answeredWithKeyOnly('/nowhere/sentry.pem', nowhere)).reason).toBe('certificate-missing');
  });

  it('a file that is no certificate, or one without its own key, or no RSA', async () => {
    const path = join(prepared.folder, 'odd.pem');
    writeFileSync(path, 'hello');
    expect((await answeredWithKeyOnly(path, nowhere)).reason).toBe('certificate-unreadable');
    const other = await createPrincipalPem(prepared.folder, 'other');
    writeFileSync(
      path,
      readFileSync(other.replace('.pem', '.key'), 'utf8') +
        readFileSync(prepared.pemPath.replace('.pem', '.crt'), 'utf8'),
    );
    expect((await answeredWithKeyOnly(path, nowhere)).reason).toBe('certificate-unreadable');
    writeFileSync(path, readFileSync(prepared.tls.keyPath, 'utf8') + readFileSync(prepared.tls.certPath, 'utf8'));
    expect((await answeredWithKeyOnly(path, nowhere)).reason).toBe('certificate-unreadable');
  });

  it('an expired certificate: Azure AD is not even asked', async () => {
    const pemPath = await createPrincipalPem(prepared.folder, 'expired', -1);
    expect((await answeredWithKeyOnly(pemPath, nowhere)).reason).toBe('certificate-expired');
  });

  it('nobody at the authority', async () => {
    expect((await answeredWithKeyOnly(prepared.pemPath, nowhere)).reason).toBe('authority-unreachable');
  });

  it.each(['failing', 'html'] as const)(
    'an authority that is %s: asked once, then left alone for a while',
    async (mode) => {
      await using azure = await startAzure(prepared, []);
      azure.ad.mode = mode;
      expect((await answeredWithKeyOnly(prepared.pemPath, azure.ad.url)).reason).toBe('authority-unreachable');
      expect(azure.ad.paths.length).toBeLessThanOrEqual(4);
    },
  );

  it('an authority that refuses: its number is said, its words are not', async () => {
    await using azure = await startAzure(prepared, []);
    azure.ad.mode = 'refusing';
    const { reason, fields } = await answeredWithKeyOnly(prepared.pemPath, azure.ad.url);
    expect(reason).toBe('authority-refused');
    expect(JSON.stringify(fields)).toContain('AADSTS7000222');
    expect(JSON.stringify(fields)).not.toContain('assertion ');
  });

  it('a certificate that is not registered', async () => {
    const pemPath = await createPrincipalPem(prepared.folder, 'stranger');
    await using azure = await startAzure(prepared, []);
    expect((await answeredWithKeyOnly(pemPath, azure.ad.url)).reason).toBe('authority-refused');
    expect(azure.ad.asked).toEqual(['AADSTS700027']);
  });

  it('an authority that does not answer costs its time-out, not the question', async () => {
    await using azure = await startAzure(prepared, [CALL, WORDS]);
    azure.ad.mode = 'silent';
    const tokens = createTokenSource(azure.options.servicePrincipal, { timeoutMs: 150 });
    const signal = AbortSignal.timeout(10_000);
    const begun = performance.now();
    await expect(tokens.get(signal)).rejects.toMatchObject({ reason: 'authority-unreachable' });
    await expect(tokens.get(signal)).rejects.toMatchObject({ reason: 'authority-unreachable' });
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(azure.ad.paths.length).toBeLessThanOrEqual(2);
  });

  it('when the authority is back, so is the token, and the log says so', async () => {
    await using azure = await startAzure(prepared, [CALL, WORDS]);
    const log = keptLog();
    const tokens = createTokenSource(azure.options.servicePrincipal, { restMs: 0 });
    const createModel = createAzureModels({ ...azure.options, tokens }, log, learningDeployment(log));
    azure.ad.mode = 'refusing';
    const ask = smallAgent({ createModel, createFallbackModel: planner });
    expect((await askOnce(ask, 'deriv?')).answer.status).toBe('PARTIAL_FAILURE');
    azure.ad.mode = 'well';
    expect((await askOnce(ask, 'deriv?')).answer).toMatchObject({ usage: { llm_calls: 2 } });
    expect(log.lines).toEqual([KEY_ONLY, HYBRID]);
  });

  it('an unreadable file', async () => {
    const path = join(prepared.folder, 'locked.pem');
    writeFileSync(path, readFileSync(prepared.pemPath));
    chmodSync(path, 0o000);
    const reason = (await answeredWithKeyOnly(process.getuid?.() === 0 ? prepared.folder : path, nowhere)).reason;
    expect(reason).toBe('certificate-unreadable');
  });
});
