import { errorBody } from './model-failure.ts';

/** What a process learns about its deployment from being refused. */
export interface Deployment {
  /** A request's body without what the deployment is known to refuse. */
  fitting(body: string): string;
  /** Remembers what a refusal is about, where a request can do without it. */
  learn(status: number, text: string): void;
}

/** What a request can do without, and what the log says of a deployment that refuses it. */
const EXTRAS = {
  stream_options: 'the deployment counts no tokens in a stream: those of the words are missing from now on',
  temperature: 'the deployment refuses a temperature: none is sent any more',
  stream: 'the deployment refuses to stream: its words come when they are all there',
} as const;
type Extra = keyof typeof EXTRAS;

const REFUSES = /unsupported|not support|unknown|unrecognized|unrecognised|not permitted|not allowed|must be verified/i;

/** Every refusal is said once in the log. */
export function learningDeployment(log: { info(fields: object, message: string): void }): Deployment {
  const refused = new Set<Extra>();
  return {
    fitting(body) {
      if (refused.size === 0) return body;
      const { temperature, stream, stream_options, ...rest } = JSON.parse(body) as Record<string, unknown>;
      return JSON.stringify({
        ...rest,
        ...(refused.has('temperature') ? {} : { temperature }),
        ...(refused.has('stream') ? {} : { stream }),
        // Without a stream these are refused everywhere.
        ...(refused.has('stream') || refused.has('stream_options') ? {} : { stream_options }),
      });
    },
    learn(status, text) {
      const extra = refusedIn(status, text);
      if (extra === null || refused.has(extra)) return;
      refused.add(extra);
      log.info({}, EXTRAS[extra]);
    },
  };
}

function refusedIn(status: number, text: string): Extra | null {
  if (status !== 400 && status !== 422) return null;
  const { code, param, message } = errorBody(text);
  const said = typeof message === 'string' ? message : text;
  if (!/^(unsupported|unknown)_/.test(String(code)) && !REFUSES.test(said)) return null;
  if (param === 'stream_options' || /\bstream_options\b/.test(said)) return 'stream_options';
  const named = (extra: Extra) => param === extra || said.includes(`'${extra}'`);
  return (['temperature', 'stream'] as const).find(named) ?? null;
}
