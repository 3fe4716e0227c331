import type { Config } from '../config/config.ts';
import { SentryError } from '../errors.ts';
import type { Logger } from '../observability/logger.ts';
import { createFeedbackBook } from '../slack/feedback/feedback.ts';
import { feedbackCases } from '../slack/feedback/feedback-cases.ts';
import { openState } from '../state/open-state.ts';

/**
 * Writes what people said of answers as cases for an evaluation, one JSON object a line. Looks on: SENTRY may run.
 * @throws SentryError `USAGE` where nothing is kept outside the process.
 */
export async function writeFeedbackCases(
  config: Pick<Config, 'redisUrl' | 'dataDir'>,
  { prefix, logger, write }: { prefix: string; logger: Logger; write: (text: string) => void },
): Promise<void> {
  if (config.redisUrl === null && config.dataDir === null)
    throw new SentryError('USAGE', 'Feedback is kept in the memory of the running SENTRY alone.', {
      remedy: 'Set REDIS_URL or SENTRY_DATA_DIR, so that it outlives SENTRY and can be read beside it.',
    });
  const state = await openState({ ...config, prefix, logger, readOnly: true });
  try {
    for (const one of feedbackCases(await createFeedbackBook(state).list())) write(`${JSON.stringify(one)}\n`);
  } finally {
    await state.close();
  }
}
