import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createAzureModels } from '../../src/llm/azure-model.ts';
import type { TokenSource } from '../../src/llm/azure-token.ts';
import { createModelFactory } from '../../src/llm/create-model.ts';
import { learningDeployment } from '../../src/llm/deployment.ts';
import { askOnce, smallAgent } from '../agent/asking.ts';
import { names } from '../agent/small-world.ts';
import { startCompletions } from './completions-server.ts';
import { CALL, keptLog, WORDS } from './script.ts';

const azure = {
  apiKey: 'the-key',
  apiVersion: '2024-02-01',
  deployment: 'sentry-gpt',
  userId: 'I792420',
  servicePrincipal: null,
};

function tokenSource(next: () => Promise<string>): TokenSource {
  const get = async () => ({ value: await next(), expiresAt: Date.now() + 3_600_000 });
  return { get, renew: get };
}

describe('azure', () => {
  it('answers a question with tools, both authentications on every request', async () => {
    await using server = await startCompletions([CALL, WORDS]);
    const log = keptLog();
    let tokens = 0;
    const createModel = createAzureModels(
      { ...azure, endpoint: server.url, tokens: tokenSource(async () => `token-${++tokens}`) },
      log,
      learningDeployment(log),
    );
    const ask = smallAgent({ createModel });

    const { answer } = await askOnce(ask, 'how is derivatives prelim doing?');
    expect(answer).toMatchObject({
      status: 'PARTIAL_FAILURE',
      prose: 'Step 3 waits for it.',
      usage: { llm_calls: 2, input_tokens: 1800, output_tokens: 60, tool_calls: 1 },
    });
    expect(server.received).toHaveLength(2);
    for (const request of server.received) {
      expect(request.path).toBe('/openai/deployments/sentry-gpt/chat/completions?api-version=2024-02-01');
      expect(request.headers).toMatchObject({
        authorization: 'Bearer token-1',
        'api-key': 'the-key',
        'x-ms-useragent': 'I792420',
      });
      expect(request.body).toMatchObject({ model: 'sentry-gpt', temperature: 0 });
    }
    // Which tools to call is asked for as a whole; the words are streamed, and their tokens counted.
    expect(server.received.map(({ body }) => [body.stream ?? false, body.stream_options])).toEqual([
      [false, undefined],
      [true, { include_usage: true }],
    ]);
    expect(server.received[0]?.body.tools?.length).toBeGreaterThan(5);
    expect(server.received[1]?.body.messages.map((message) => message.role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
    ]);

    await askOnce(ask, 'how is derivatives prelim doing?');
    expect(server.received.at(-1)?.headers.authorization).toBe('Bearer token-2');
    expect(log.lines).toEqual(['azure: authenticating with bearer token and API key']);
  });

  it('goes on with the API key alone when there is no token, and says so once', async () => {
    await using server = await startCompletions([CALL, WORDS]);
    const log = keptLog();
    const createModel = createAzureModels(
      { ...azure, endpoint: server.url, tokens: tokenSource(() => Promise.reject(new Error('secret assertion'))) },
      log,
      learningDeployment(log),
    );
    for (let round = 0; round < 2; round += 1)
      expect((await askOnce(smallAgent({ createModel }), 'deriv?')).answer.status).toBe('PARTIAL_FAILURE');
    expect(server.received[0]?.headers).toMatchObject({ 'api-key': 'the-key' });
    expect(server.received[0]?.headers.authorization).toBeUndefined();
    expect(log.lines).toEqual(['azure: no bearer token, authenticating with the API key only']);
  });
});

describe('a service that speaks chat completions', () => {
  it('is asked with its key and its model', async () => {
    await using server = await startCompletions([CALL, WORDS]);
    const createModel = createModelFactory(
      { kind: 'openai', baseUrl: `${server.url}/v1`, apiKey: 'k', model: 'some-model' },
      { planner: { names }, logger: keptLog() },
    );
    expect((await askOnce(smallAgent({ createModel }), 'deriv?')).answer.usage.llm_calls).toBe(2);
    expect(server.received[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer k' },
      body: { model: 'some-model' },
    });
  });
});

it('a model that asks for a minute of patience is asked once and not waited for', async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(429, { 'retry-after': '60' }).end('{"error":{"message":"slow down"}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const surroundings = { planner: { names }, logger: keptLog() };
  const createModel = createModelFactory(
    { kind: 'openai', baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'k', model: 'm' },
    surroundings,
  );
  const ask = smallAgent({ createModel, createFallbackModel: createModelFactory({ kind: 'planner' }, surroundings) });
  const { answer } = await askOnce(ask, 'how is derivatives doing?');
  expect(answer).toMatchObject({ status: 'PARTIAL_FAILURE', error: null });
  expect(answer.notes.join(' ')).toContain('read by rules');
  expect(requests).toBe(1);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}, 10_000);

it('the planner costs no model call', async () => {
  const createModel = createModelFactory({ kind: 'planner' }, { planner: { names }, logger: keptLog() });
  expect((await askOnce(smallAgent({ createModel }), 'deriv?')).answer.usage).toMatchObject({
    llm_calls: 0,
    input_tokens: 0,
    tool_calls: 1,
  });
});
