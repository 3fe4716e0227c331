import type { Ask } from '../agent/ask.ts';
import type { OpenSources } from '../batch/ports.ts';
import type { Cache } from '../cache/cache.ts';
import { UpstreamError } from '../errors.ts';
import type { LenzClient } from '../lenz/client.ts';
import type { Meter } from '../observability/metrics.ts';

/** Counts questions while they are answered, and what their answers took. */
export function measuredAsk(ask: Ask, meter: Meter): Ask {
  return async function* measured(question, options) {
    const ended = meter.questionBegan();
    try {
      for await (const event of ask(question, options)) {
        if (event.type === 'answer') {
          const { kind, usage } = event.answer;
          const { ms, llm_calls: modelCalls, input_tokens: inputTokens, output_tokens: outputTokens } = usage;
          ended({ kind, ms, modelCalls, inputTokens, outputTokens });
        }
        yield event;
      }
    } finally {
      ended(null);
    }
  };
}

/** Counts statements under the names of their ready-made queries, and the database's failures. */
export function measuredSources(open: OpenSources, meter: Meter): OpenSources {
  return (scope) => {
    const record: typeof scope.record = (query) => {
      meter.query(query.tool, 'ok', query.ms);
      scope.record(query);
    };
    const { runs, tasks, definitions } = open({ ...scope, record });
    return { runs: watched(runs, meter), tasks: watched(tasks, meter), definitions };
  };
}

function watched<Source extends object>(source: Source, meter: Meter): Source {
  const methods = Object.entries(source).map(([name, method]) => {
    const tool = `get_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    const call = async (...args: unknown[]) => {
      const started = performance.now();
      try {
        return await method.apply(source, args);
      } catch (error) {
        if (error instanceof UpstreamError) meter.query(tool, 'error', performance.now() - started);
        countUpstream(meter, error);
        throw error;
      }
    };
    return [name, call];
  });
  return Object.fromEntries(methods);
}

/** Counts what Lenz refused or could not give, also where an older definition hides it from the person who asked. */
export function measuredLenz(client: LenzClient, meter: Meter): LenzClient {
  return {
    ...client,
    async fetchDefinition(...args) {
      try {
        return await client.fetchDefinition(...args);
      } catch (error) {
        countUpstream(meter, error);
        throw error;
      }
    },
  };
}

export function measuredCache(cache: Cache, meter: Meter): Cache {
  return {
    ...cache,
    async get(key, schema) {
      const value = await cache.get(key, schema);
      meter.cacheRead(key.space, value !== undefined);
      return value;
    },
  };
}

function countUpstream(meter: Meter, error: unknown): void {
  if (error instanceof UpstreamError) meter.upstreamError(error.upstream, error.code);
}
