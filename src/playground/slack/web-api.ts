import type { IncomingMessage, ServerResponse } from 'node:http';
import { Args } from './args.ts';
import type { Context } from './context.ts';
import { SlackFailure } from './failure.ts';
import { readArguments, sendJson } from './http.ts';
import { allMethods } from './methods/all.ts';
import type { Json } from './types.ts';

interface Tokens {
  botToken: string;
  appToken: string;
}

const NEEDS_APP_TOKEN = new Set(['apps.connections.open']);

/** Answers `POST /api/<method>` as the Web API does: 200 with `ok`, 429 with `retry-after`, or a fault. */
export async function answerWebApi(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  context: Context,
  tokens: Tokens,
): Promise<void> {
  const method = url.pathname.slice('/api/'.length);
  let raw: Json = {};
  let body: Json;
  const fault = context.faults.take(method);
  try {
    raw = await readArguments(request, url);
    checkToken(method, request.headers.authorization, raw, tokens);
    if (fault?.kind === 'rate_limited') {
      record(context, method, raw, 'ratelimited');
      sendJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(fault.retryAfter) });
      return;
    }
    if (fault?.kind === 'http' && !fault.afterEffect) {
      record(context, method, raw, `http_${fault.status}`);
      sendJson(response, fault.status, { ok: false, error: 'internal_error' });
      return;
    }
    if (fault?.kind === 'error') throw new SlackFailure(fault.error);
    const handler = allMethods[method];
    if (!handler) throw new SlackFailure('unknown_method', { req_method: method });
    const args = new Args(raw);
    if (method.startsWith('chat.')) checkKnown(args.list('blocks') ?? [], context);
    body = { ok: true, ...handler(args, context) };
    record(context, method, raw);
  } catch (error) {
    const failure =
      error instanceof SlackFailure ? error : new SlackFailure('internal_error', { detail: String(error) });
    body = { ok: false, error: failure.code, ...failure.extra };
    record(context, method, raw, failure.code);
  }
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  if (fault?.kind === 'http') sendJson(response, fault.status, { ok: false, error: 'internal_error' });
  else sendJson(response, 200, body);
}

function checkToken(method: string, authorization: string | undefined, raw: Json, tokens: Tokens): void {
  const token = authorization?.replace(/^Bearer /i, '') || (typeof raw.token === 'string' ? raw.token : '');
  if (!token) throw new SlackFailure('not_authed');
  if (token !== tokens.botToken && token !== tokens.appToken) throw new SlackFailure('invalid_auth');
  const wanted = NEEDS_APP_TOKEN.has(method) ? tokens.appToken : tokens.botToken;
  if (token !== wanted) throw new SlackFailure('not_allowed_token_type');
}

/** A workspace may lack what others have. */
function checkKnown(blocks: Json[], { faults }: Context): void {
  const at = blocks.findIndex(({ type }) => faults.refusedBlocks.has(String(type)));
  if (at < 0) return;
  const type = String(blocks[at]?.type);
  const errors = [`unsupported type: ${type} [json-pointer:/blocks/${at}/type]`];
  throw new SlackFailure(faults.refusedBlocks.get(type) ?? 'invalid_blocks', { errors });
}

function record(context: Context, method: string, raw: Json, error?: string): void {
  const { token: _token, ...args } = raw;
  context.state.calls.push({
    method,
    args,
    at: context.state.now(),
    ok: error === undefined,
    ...(error ? { error } : {}),
  });
}
