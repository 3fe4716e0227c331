import { type ErrorCode, UpstreamError } from '../errors.ts';

interface ErrorBody {
  code?: unknown;
  param?: unknown;
  message?: unknown;
}

/** The error object of a chat-completions service, where its answer holds one. */
export function errorBody(text: string): ErrorBody {
  try {
    const { error } = JSON.parse(text) as { error?: ErrorBody };
    return typeof error === 'object' && error !== null ? error : {};
  } catch {
    return {};
  }
}

/** What a refusal of the service means. Its own words stay out: they quote the question, or the findings. */
export function failureOf(status: number, text: string): UpstreamError {
  const { code, message } = errorBody(text);
  if (status === 401 || status === 403)
    return failure('LLM_AUTH', 'The language model refused the credentials.', {
      remedy:
        'Whoever runs SENTRY has to check the API key, and the rights of the service principal where there is one.',
    });
  if (status === 404)
    return failure('LLM_INVALID', 'The endpoint of the language model knows no such deployment or model.', {
      remedy: 'Check the endpoint, the deployment and the API version in the settings.',
    });
  if (status === 429)
    return failure('LLM_BUSY', 'The language model is busy.', {
      remedy: 'Ask again in a minute; if it lasts, the deployment needs a higher rate limit.',
    });
  if (status >= 500)
    return failure('LLM_UNREACHABLE', `The language model failed (HTTP ${status}).`, {
      remedy: 'Ask again in a minute; until then answers are worded by rules.',
    });
  if (code === 'context_length_exceeded' || /maximum context length|context window/.test(String(message)))
    return failure('LLM_TOO_LONG', 'The question with its findings is longer than the language model can read.', {
      remedy: 'Ask in a new thread, about one batch.',
    });
  if (code === 'content_filter')
    return failure('LLM_REFUSED', 'The content filter of the language model withheld the answer.', {
      remedy: 'Word the question differently.',
    });
  return failure('LLM_INVALID', `The language model could not read the request (HTTP ${status}).`, {
    remedy: 'Check the deployment and the API version in the settings.',
  });
}

export function noCompletion(): UpstreamError {
  return failure('LLM_INVALID', 'Something answered in place of the language model.', {
    remedy: 'Check the endpoint in the settings; a proxy or a sign-on page may be in between.',
  });
}

/** An answer that had begun and was never finished. */
export function brokeOff(cause: unknown): UpstreamError {
  const code = connectionCode(cause);
  return failure('LLM_UNREACHABLE', `The language model broke off its answer${code === null ? '' : ` (${code})`}.`, {
    remedy: 'Ask again in a minute; until then answers are worded by rules.',
  });
}

/** The connection was refused, reset or broken off, or the endpoint sent the client elsewhere. */
export function noConnection(cause: unknown): UpstreamError {
  const code = connectionCode(cause);
  return failure('LLM_UNREACHABLE', `The language model cannot be reached${code === null ? '' : ` (${code})`}.`, {
    remedy: 'Check the endpoint in the settings, and that nothing in between blocks it.',
  });
}

function connectionCode(error: unknown): string | null {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  // "timed out" in a message would be read as the client's own time-out, and lose this error.
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : null;
}

function failure(code: ErrorCode, message: string, options: { remedy: string }): UpstreamError {
  return new UpstreamError('llm', code, message, options);
}
