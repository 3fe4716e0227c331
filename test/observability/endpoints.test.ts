import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createEndpoints } from '../../src/observability/endpoints.ts';
import { createMetrics } from '../../src/observability/metrics.ts';
import { type EndpointServer, serveEndpoints } from '../../src/observability/serve-endpoints.ts';

const HOST = '127.0.0.1';
let server: EndpointServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function serve(reasons: string[] = []) {
  const metrics = createMetrics({ cacheBackend: () => 'redis', slackConnected: () => false });
  const endpoints = createEndpoints({ notReady: () => reasons, details: () => ({ cache: 'redis' }), metrics });
  const warnings: object[] = [];
  const log = { warn: (fields: object) => void warnings.push(fields) };
  server = await serveEndpoints(endpoints, { port: 0, host: HOST, log });
  const get = (path: string, init?: RequestInit) => fetch(`http://${HOST}:${server?.port}${path}`, init);
  return { metrics, endpoints, get, log, warnings };
}

describe('the endpoints of health', () => {
  it('say that the process lives', async () => {
    const { get } = await serve(['Slack is not connected.']);
    const response = await get('/healthz?verbose=1');
    expect([response.status, (await response.json()).alive]).toEqual([200, true]);
  });

  it('say whether it is ready, and why not', async () => {
    const reasons: string[] = [];
    const { get } = await serve(reasons);
    expect(await (await get('/readyz')).json()).toEqual({ ready: true, reasons: [], cache: 'redis' });
    reasons.push('Slack is not connected.');
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, reasons, cache: 'redis' });
  });

  it('serve nothing else, whatever is asked', async () => {
    const { get } = await serve();
    for (const path of ['/', '//', '/%', '/healthz/x', '/slack/events']) expect((await get(path)).status).toBe(404);
    expect((await get('/metrics', { method: 'POST' })).status).toBe(405);
    expect((await get('/healthz', { method: 'HEAD' })).status).toBe(200);
  });

  it('warn of a port that is taken, and let SENTRY work without them', async () => {
    const { endpoints, log, warnings } = await serve();
    const taken = createServer().listen(0, HOST);
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    expect(await serveEndpoints(endpoints, { port, host: HOST, log })).toBeNull();
    expect(warnings).toEqual([{ port, code: 'EADDRINUSE' }]);
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe('the metrics', () => {
  it('count what happened, under names that stay', async () => {
    const { metrics, get } = await serve();
    metrics.query('get_batch_status', 'ok', 30);
    metrics.query('get_batch_status', 'error', 10_000);
    metrics.cacheRead('lenz-definition', true);
    metrics.cacheRead('lenz-definition', false);
    metrics.upstreamError('rds', 'RDS_AUTH');
    const first = metrics.questionBegan();
    const second = metrics.questionBegan();
    first({ kind: 'status', ms: 1500, modelCalls: 2, inputTokens: 900, outputTokens: 30 });
    first(null);
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const lines = (await response.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'sentry_query_duration_seconds_bucket{le="0.05",tool="get_batch_status",outcome="ok"} 1',
        'sentry_query_duration_seconds_count{tool="get_batch_status",outcome="error"} 1',
        'sentry_query_duration_seconds_sum{tool="get_batch_status",outcome="error"} 10',
        'sentry_cache_reads_total{space="lenz-definition",result="hit"} 1',
        'sentry_cache_reads_total{space="lenz-definition",result="miss"} 1',
        'sentry_upstream_errors_total{upstream="rds",code="RDS_AUTH"} 1',
        'sentry_model_calls_total 2',
        'sentry_model_tokens_total{direction="input"} 900',
        'sentry_model_tokens_total{direction="output"} 30',
        'sentry_answer_duration_seconds_sum{kind="status"} 1.5',
        'sentry_questions_in_flight 1',
        'sentry_cache_in_redis 1',
        'sentry_slack_connected 0',
      ]),
    );
    second(null);
    expect(await metrics.text()).toContain('sentry_questions_in_flight 0\n');
  });

  it('of two apps in one process are their own', async () => {
    const options = { cacheBackend: () => 'memory' as const, slackConnected: () => true };
    const [one, other] = [createMetrics(options), createMetrics(options)];
    one.upstreamError('lenz', 'LENZ_AUTH');
    expect(await other.text()).not.toContain('LENZ_AUTH');
  });
});
