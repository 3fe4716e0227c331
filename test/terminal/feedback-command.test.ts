import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/observability/logger.ts';
import { createFeedbackBook, feedbackOn } from '../../src/slack/feedback/feedback.ts';
import { openState } from '../../src/state/open-state.ts';
import { writeFeedbackCases } from '../../src/terminal/feedback-command.ts';

const logger = createLogger({ level: 'silent' });
const SAID = { at: 1, user: 'U1', channel: 'C1', right: false, cause: 'slow_run', words: 'slow' };

describe('npm run feedback-cases', () => {
  it('writes a line for each answer that is known, while SENTRY goes on keeping', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sentry-feedback-'));
    const kept = await openState({ redisUrl: null, dataDir, prefix: 'test', logger });
    try {
      const book = createFeedbackBook(kept);
      await book.put({ ...feedbackOn(null, { ...SAID, reference: 'known' }), question: 'why?', clock: 0 });
      await book.put(feedbackOn(null, { ...SAID, reference: 'forgotten' }));
      const written: string[] = [];
      const write = (text: string) => void written.push(text);
      await writeFeedbackCases({ redisUrl: null, dataDir }, { prefix: 'test', logger, write });
      expect(written.map((line) => JSON.parse(line))).toMatchObject([
        { reference: 'known', question: 'why?', now: '1970-01-01T00:00:00.000Z', actual: 'slow_run', right: false },
      ]);
    } finally {
      await kept.close();
      await rm(dataDir, { recursive: true });
    }
  });

  it('says so where nothing is kept outside the running SENTRY', async () => {
    const nowhere = { redisUrl: null, dataDir: null };
    await expect(writeFeedbackCases(nowhere, { prefix: 'test', logger, write: () => {} })).rejects.toMatchObject({
      code: 'USAGE',
    });
  });
});
