import { describe, expect, it } from 'vitest';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import { askOnce, smallAgent } from './asking.ts';

const verdict = async (ask: ReturnType<typeof smallAgent>, question: string) =>
  (await askOnce(ask, question)).answer.verdict;

describe('whom to call', () => {
  it('is the owner that sentry.yml names, with the runbook', async () => {
    const rules = {
      ...NO_HOUSE_RULES,
      adviceFor: () => ({ owner: 'Margin desk <!channel>', runbook: 'https://runbooks.example/derivatives' }),
    };
    const said = await verdict(smallAgent({ rules }), 'who do i call for derivatives');
    expect(said).toContain('Margin desk');
    expect(said).toContain('looks after TB-Derivatives');
    expect(said).toContain('runbooks.example/derivatives');
    expect(said).not.toContain('<!channel>');
  });

  it('is not made up where nobody is named', async () => {
    expect(await verdict(smallAgent(), 'who owns derivatives')).toContain('not in the data');
  });
});

it('whether its sources can be reached is left to the health command', async () => {
  expect(await verdict(smallAgent(), 'is lenz up?')).toContain('/sentry health');
});

describe('one step of a batch', () => {
  it('is told by when it began and ended, or that there is none', async () => {
    const ask = smallAgent();
    const text = async (question: string) => (await askOnce(ask, question)).answer.text;
    expect(await text('when did step 1 start in derivatives')).toMatch(/Step 1 of \d+ \(`[^)]+\) began at \S+/);
    expect(await text('when did step 90 start in derivatives')).toContain('There is no step 90');
  });
});
