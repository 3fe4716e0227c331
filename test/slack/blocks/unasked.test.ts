import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../src/digest/digest.ts';
import type { IncidentCard } from '../../../src/digest/watch/incident.ts';
import { checkMessageBlocks } from '../../../src/playground/slack/blocks-validation.ts';
import { digestPreview, digestView } from '../../../src/slack/blocks/digest.ts';
import { incidentReplyView, incidentView } from '../../../src/slack/blocks/incident.ts';
import type { View } from '../../../src/slack/blocks/view.ts';
import { hostile } from './answers.ts';

const text = fc.oneof(hostile, fc.string({ maxLength: 2000 }), fc.constant('x'.repeat(4000)));
const status = fc.constantFrom('SUCCESS', 'FAILED', 'PARTIAL_FAILURE', 'RUNNING', 'WAITING', 'UNKNOWN', 'NOT_STARTED');
const phase = fc.constantFrom('PRELIM', 'FINAL');

const digest: fc.Arbitrary<Digest> = fc.record({
  title: text,
  quiet: fc.boolean(),
  lines: fc.array(
    fc.record({
      essential: text,
      businessDate: fc.constant('2026-02-13'),
      phase,
      status,
      stuck: fc.boolean(),
      headline: text,
      news: fc.option(text),
    }),
    { maxLength: 40 },
  ),
  causes: fc.array(text, { maxLength: 8 }),
  ends: fc.array(text, { maxLength: 40 }),
  runs: fc.array(text, { maxLength: 4 }),
  notes: fc.array(text, { maxLength: 20 }),
}) as fc.Arbitrary<Digest>;

const card: fc.Arbitrary<IncidentCard> = fc.record({
  id: fc.constant('C0BATCHSUP:TB-Derivatives:2026-02-13:PRELIM'),
  essential: text,
  businessDate: fc.constant('2026-02-13'),
  phase,
  status,
  stuck: fc.boolean(),
  late: fc.boolean(),
  stage: fc.constantFrom('open', 'mended', 'over', 'left'),
  headline: text,
  troubles: fc.array(text, { maxLength: 8 }),
  causes: fc.array(text, { maxLength: 5 }),
  was: fc.array(text, { maxLength: 5 }),
  mutedBy: fc.option(fc.oneof(text, fc.constant('U0ALICE001'))),
}) as fc.Arbitrary<IncidentCard>;

function expectFit(view: View): void {
  expect(() => checkMessageBlocks(view.blocks as never)).not.toThrow();
  expect(view.blocks.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(view.blocks).length).toBeLessThanOrEqual(13_200);
  expect(view.text.trim()).not.toBe('');
  expect(view.text.length).toBeLessThanOrEqual(3000);
  const sequences = shownTexts(view).flatMap((shown) => shown.match(/<[^>\s]/g) ?? []);
  expect(sequences.filter((sequence) => sequence !== '<@')).toEqual([]);
  expect(sequences.length).toBeLessThanOrEqual(1);
}

/** What Slack reads as its own markup; the value of a button is not among it. */
function shownTexts(view: View): string[] {
  const texts = [view.text];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, text: said } = value as { type?: unknown; text?: unknown };
    if (type === 'mrkdwn' && typeof said === 'string') texts.push(said);
    for (const each of Object.values(value)) walk(each);
  };
  walk(view.blocks);
  return texts;
}

describe('what is posted unasked fits into Slack and notifies nobody, whatever is in it', () => {
  it('a digest', () => {
    const due = Date.parse('2026-02-14T12:00:00Z');
    fc.assert(
      fc.property(digest, fc.boolean(), (each, late) => {
        expectFit(digestView({ digest: each, late, due, postedAt: due + 3_600_000, zone: 'America/New_York' }));
        expectFit(digestPreview(each));
      }),
      { numRuns: 12 },
    );
  });

  it('an incident and its replies', () => {
    fc.assert(
      fc.property(card, fc.array(text, { minLength: 1, maxLength: 6 }), (each, lines) => {
        expectFit(incidentView(each));
        expectFit(incidentReplyView(lines));
      }),
      { numRuns: 12 },
    );
  });
});
