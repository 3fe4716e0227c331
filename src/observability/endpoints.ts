import type { IncomingMessage, ServerResponse } from 'node:http';

export interface EndpointOptions {
  /** Why no question can be answered now, one sentence each; empty when one can. */
  notReady(): string[];
  /** Facts that do not decide readiness, e.g. where the cache is. */
  details(): Record<string, string | number | boolean>;
  metrics: { text(): Promise<string>; readonly contentType: string };
}

export interface Endpoint {
  path: string;
  method: 'GET';
  handler(request: IncomingMessage, response: ServerResponse): void;
}

/**
 * `/healthz`: the process lives. `/readyz`: questions can arrive and be answered, or why not. `/metrics`: Prometheus.
 * A database or a Lenz that is away does not make SENTRY unready: it then answers with what is wrong and what to do.
 */
export function createEndpoints({ notReady, details, metrics }: EndpointOptions): Endpoint[] {
  const endpoint = (path: string, answer: (response: ServerResponse) => void): Endpoint => ({
    path,
    method: 'GET',
    handler: (_request, response) => answer(response),
  });
  return [
    endpoint('/healthz', (response) => json(response, 200, { alive: true, uptime_s: Math.round(process.uptime()) })),
    endpoint('/readyz', (response) => {
      const reasons = notReady();
      const ready = reasons.length === 0;
      json(response, ready ? 200 : 503, { ready, reasons, ...details() });
    }),
    endpoint('/metrics', (response) => {
      metrics.text().then(
        (text) => send(response, 200, metrics.contentType, text),
        () => send(response, 500, 'text/plain', 'the metrics could not be collected\n'),
      );
    }),
  ];
}

function json(response: ServerResponse, status: number, body: object): void {
  send(response, status, 'application/json', `${JSON.stringify(body)}\n`);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
