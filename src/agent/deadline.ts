import { SentryError } from '../errors.ts';

/**
 * Waits for work, but no longer than the signal lets it: a client may ignore its signal, and time-outs given to HTTP clients
 * often end when the headers arrive. The work itself is abandoned, not stopped; pass it the signal as well.
 */
export async function withDeadline<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => {});
    throw signal.reason;
  }
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

/** What an aborted signal means to a person: the budget ran out, or somebody stopped it. */
export function abortError(signal: AbortSignal, budgetS: number): SentryError {
  const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return timedOut
    ? new SentryError('BUDGET_EXCEEDED', `The answer took longer than ${budgetS} s and was given up.`, {
        remedy: 'Ask about one batch and one date, or ask again in a minute.',
      })
    : new SentryError('CANCELLED', 'The question was stopped before it was answered.', {
        remedy: 'Ask again when you need it.',
      });
}
