import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEssentialNames } from '../../../src/batch/essential-names.ts';
import type { NightFinding } from '../../../src/batch/finding.ts';
import type { PhaseState } from '../../../src/batch/state.ts';
import { prospectOf } from '../../../src/batch/timing/prospect.ts';
import { checkView } from '../../../src/playground/slack/blocks-validation.ts';
import type { Json } from '../../../src/playground/slack/types.ts';
import { feedbackModal } from '../../../src/slack/feedback/feedback-modal.ts';
import { askAboutModal, askAgainModal } from '../../../src/slack/views/ask-modal.ts';
import { evidenceModal, shortened } from '../../../src/slack/views/evidence-modal.ts';
import { type HomeContent, nightHome } from '../../../src/slack/views/home-tab.ts';
import type { KeptAnswer } from '../../../src/slack/views/kept-answer.ts';
import { promptsFor } from '../../../src/slack/views/night-prompts.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom('<!channel>', '<https://evil.example|click>', '`x`', '*b* _i_', '&&&&'.repeat(60), '', '\u202eabc'),
);
const time = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });

const kept: fc.Arbitrary<KeptAnswer> = fc.record({
  reference: fc.constant('abc234'),
  at: time,
  clock: time,
  question: hostile,
  kind: fc.constant('causes'),
  verdict: hostile,
  essentials: fc.array(hostile, { maxLength: 5 }),
  businessDate: fc.constant('2026-02-13'),
  phase: fc.constant('PRELIM'),
  zone: fc.constantFrom('UTC', 'America/New_York'),
  definitions: fc.array(fc.record({ essential: hostile, fetchedAt: time, stale: fc.boolean() }), { maxLength: 40 }),
  sources: fc.array(
    fc.record({
      tool: hostile,
      sql: hostile,
      parameters: fc.array(hostile, { maxLength: 12 }),
      moreParameters: fc.nat(100),
      rows: fc.nat(),
      ms: fc.nat(100_000),
    }),
    { maxLength: 24 },
  ),
  moreSources: fc.nat(5),
  causes: fc.constant([]),
  runs: fc.array(fc.record({ dagId: hostile, runId: hostile, taskId: fc.option(hostile) }), { maxLength: 12 }),
  ruledOut: fc.array(fc.record({ family: hostile, why: hostile }), { maxLength: 14 }),
  notes: fc.array(hostile, { maxLength: 8 }),
  gaps: fc.array(hostile, { maxLength: 10 }),
});

/** Links are to Airflow, or to a conversation of Slack's; nothing else opens or calls anybody. */
function expectHarmless(view: object): void {
  const texts = JSON.stringify(view).replaceAll(/<https:\/\/airflow\.example\/dags\/[^|>]*\|(?:Run|Task)>/g, '');
  expect(texts).not.toMatch(/<[!@#h]/);
}

describe('modals', () => {
  it('fit into Slack and call nobody, whatever stands behind an answer', () => {
    fc.assert(
      fc.property(kept, hostile, (answer, said) => {
        const evidence = evidenceModal(answer, { airflowBaseUrl: 'https://airflow.example', now: answer.at });
        for (const view of [evidence, feedbackModal(answer, '{}'), askAboutModal('{}', said)]) {
          checkView(view as unknown as Json);
          expectHarmless(view);
        }
        checkView(askAgainModal('{}', answer.reference, said.repeat(4), 'How do you know?') as unknown as Json);
      }),
      { numRuns: 40 },
    );
  });

  it('shorten a query to what it reads, from where, and under which condition', () => {
    const sql = `select ${Array.from({ length: 20 }, (_, index) => `\`COLUMN_${index}\``).join(', ')} from \`FGW\`.\`RUNS\` where \`ID\` in (?, ?, ?, ?) and \`DATE\` = ?`;
    expect(shortened(sql)).toBe(
      'select `COLUMN_0`, `COLUMN_1`, … 18 more from `FGW`.`RUNS` where `ID` in (? × 4) and `DATE` = ?',
    );
  });
});

function nightOf(entries: { essential: string; status: NightFinding['entries'][number]['status'] }[]): NightFinding {
  const state = (status: string) =>
    ({
      status,
      datasets: [],
      progress: { step: 1, of: 2, datasetsDone: 0, datasets: 1, slicesDone: 0, slices: 1 },
      businessDate: '2026-02-13',
      startedAt: null,
      endedAt: null,
      ran: null,
      gaps: [],
    }) as unknown as PhaseState;
  return {
    kind: 'night',
    businessDate: '2026-02-13',
    missing: [],
    notes: [],
    gaps: [],
    entries: entries.map(({ essential, status }) => ({
      essential,
      status,
      phase: 'PRELIM',
      businessDate: '2026-02-13',
      state: state(status),
      diagnosis: null,
      prospect: prospectOf(null),
    })),
  };
}

describe('the home tab', () => {
  const content: HomeContent = {
    choice: { date: null, phase: null, channel: 'D1' },
    names: createEssentialNames(),
    zone: 'America/New_York',
    asOf: 1_771_000_000_000,
    subscribed: [],
  };
  const status = fc.constantFrom('FAILED', 'SUCCESS', 'NOT_STARTED', 'UNKNOWN', 'WAITING', 'RUNNING' as const);

  it('fits into Slack and calls nobody, however many batches there are and whatever they are called', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ essential: hostile, status }), { maxLength: 120 }), (entries) => {
        const night = nightOf(entries as Parameters<typeof nightOf>[0]);
        const view = nightHome(content, night);
        checkView(view as unknown as Json);
        // What a button would ask is shown to nobody before it is asked, and escaped then.
        const shown = JSON.stringify(view.blocks, (key, value) => (key === 'value' ? undefined : value));
        expectHarmless(JSON.parse(shown));
        for (const { title, message } of promptsFor(night, content.names)) {
          expect(title).not.toBe('');
          expect(message.length).toBeLessThan(300);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('says what is open, what has not begun and what is done, and that all is done', () => {
    const night = (...statuses: string[]) =>
      JSON.stringify(
        nightHome(content, nightOf(statuses.map((one) => ({ essential: 'SNU', status: one as 'FAILED' })))),
      );
    expect(night('FAILED', 'RUNNING', 'NOT_STARTED', 'SUCCESS')).toContain(
      '1 failed · 1 still open · 1 not started · 1 done',
    );
    expect(night('SUCCESS', 'SUCCESS')).toContain('All 2 are done');
  });
});
