import { describe, expect, it } from 'vitest';
import { soakQuestions } from './soak-questions.ts';

describe('a sample of questions while Slack fails in every way', () => {
  it('is answered, each exactly once', async () => {
    const report = await soakQuestions({ questions: 40, seed: 11 });
    expect(report.wrong).toEqual([]);
    expect(report.unfinished).toBe(0);
    expect(report.streamed).toBeGreaterThan(10);
  }, 60_000);
});
