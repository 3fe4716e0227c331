import type { Json } from './types.ts';

/** A Web API method says no: becomes `{ok: false, error}` with HTTP 200, as Slack does. */
export class SlackFailure extends Error {
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.name = 'SlackFailure';
    this.code = code;
    this.extra = extra;
  }
}

/** `invalid_arguments` that says which and why. */
export function invalidArguments(why: string): SlackFailure {
  return new SlackFailure('invalid_arguments', { response_metadata: { messages: [`[ERROR] ${why}`] } });
}
