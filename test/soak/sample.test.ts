import { describe, expect, it } from 'vitest';
import { nightOf, renderNight } from './nights/render-night.ts';
import { tallyOf } from './nights/tally.ts';
import { soakQuestions } from './questions/soak-questions.ts';

/** Of what `npm run soak` tries at length. The states and the properties have their samples beside their own tests. */
describe('a sample of the soak', () => {
  it('answers every question exactly once while Slack fails in every way', async () => {
    const report = await soakQuestions({ questions: 40, seed: 11 });
    expect(report.wrong).toEqual([]);
    expect(report.unfinished).toBe(0);
    expect(report.streamed).toBeGreaterThan(10);
  }, 60_000);

  it('shows everything of a night with hostile texts inside what Slack takes', { timeout: 60_000 }, async () => {
    const night = nightOf(3, 3);
    expect(night.tables.WORKFLOW_RUN_INSTANCE[0]?.STATUS_DETAIL).toContain('<!channel>');
    const { kinds, failures } = tallyOf(night, await renderNight(night, false));
    expect(failures).toEqual([]);
    for (const kind of ['status', 'causes', 'night', 'clarification', 'error', 'digest', 'incident', 'home tab'])
      expect(kinds[kind]?.rendered, kind).toBeGreaterThan(0);
  });
});
