import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sentencesOf } from '../../src/agent/compose/sentences.ts';
import { truthOf } from '../../src/agent/grounding/truth-of.ts';
import { isGrounded } from '../../src/agent/grounding.ts';
import type { Finding } from '../../src/batch/finding.ts';
import type { Desk } from '../../src/batch/inquiry/desk.ts';
import { inquireHistory } from '../../src/batch/inquiry/history.ts';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import { inquireNight } from '../../src/batch/inquiry/night.ts';
import { inquireStatus } from '../../src/batch/inquiry/status.ts';
import { inquireTasks } from '../../src/batch/inquiry/tasks.ts';
import { groundProse } from './ground-prose.ts';
import { clock, names, openSmallWorld, ZONE } from './small-world.ts';

const at = { zone: ZONE, names };
const desk: Desk = {
  sources: openSmallWorld()({ record: () => {}, signal: new AbortController().signal }),
  clock,
  zone: ZONE,
  ...NO_HOUSE_RULES,
};
const about = { essential: 'TB-Derivatives', date: null, phase: null };

let derivatives: Finding[];
let everything: Finding[];

beforeAll(async () => {
  const unit = { dataset: null, slice: null };
  derivatives = [await inquireStatus(desk, about, 'status'), await inquireTasks(desk, about, unit)];
  everything = [
    ...derivatives,
    await inquireHistory(desk, about, unit),
    await inquireNight(desk, { date: null, phase: null }),
    await inquireStatus(desk, { ...about, essential: 'SNU' }, 'status'),
  ];
});

/** Whether a sentence, alone, would be posted beside the answer about TB-Derivatives. */
function kept(sentence: string, findings = derivatives): boolean {
  return groundProse(sentence, findings, at).text !== '';
}

describe('reassurance', () => {
  it.each([
    'Nothing needs attention.',
    'No problems were found.',
    'There are no issues.',
    'All is well.',
    'Everything is on track.',
    'It needs no attention.',
    'It looks good.',
    'No action is needed.',
  ])('is dropped where something failed: %s', (sentence) => {
    expect(kept(sentence)).toBe(false);
  });

  it('of the other phase is not read as one about this', () => {
    expect(kept('It did not start.', derivatives.slice(0, 1))).toBe(false);
    expect(kept('FINAL did not start.', derivatives.slice(0, 1))).toBe(true);
  });
});

describe('what the findings carry is kept', () => {
  it.each([
    'EMEA_DERIV_CFG failed on attempt 2 at 03:12 UTC.',
    '`EMEA_DERIV_CFG` of `contractual_cash_flow_results_v1` failed at 22:12 New York, after 1 h 25 min.',
    'It ran 85 minutes.',
    '1 of 7 slices failed.',
    'One slice failed and three are done.',
    'Step 2 of 3 is open.',
    'The batch is at step 2 of 3 with 3 of 7 slices done.',
    'TB-Derivatives PRELIM is a partial failure.',
    'FINAL has not started.',
    'Both attempts of EMEA_DERIV_CFG failed.',
    'GLOBAL_DERIV_CFG is done.',
    'intercompany_results is waiting.',
    'The dataset pb_synthetics_trs_e15 finished.',
    'The task ran on pod-17.',
    'The run for 2026-02-13 failed on Feb 14 at 03:12 UTC.',
    'No slice is running.',
    'Derivatives PRELIM partially failed: 1 of 7 slices failed at step 2 of 3.',
    'Downstream, intercompany_results is waiting with 0 of 3 slices done.',
    'Step 1 completed and GLOBAL_DERIV_CFG is also done.',
    'The end task is upstream_failed.',
    'The start task succeeded.',
    'The first attempt failed at 22:30 UTC and the second at 03:12 UTC.',
    'The only failure is EMEA_DERIV_CFG in contractual_cash_flow_results_v1, which failed on its second attempt at 03:12 UTC after 1 h 25 min.',
    'All slices of pb_synthetics_trs_e15 are done.',
    'EMEA_DERIV_CFG started at 01:47 UTC.',
    'intercompany_results has not started and is waiting.',
  ])('%s', (sentence) => {
    const holds = kept(sentence);
    // Not started is a status of its own: a waiting dataset has it not.
    expect(holds).toBe(sentence !== 'intercompany_results has not started and is waiting.');
  });
});

describe('what they do not carry is dropped', () => {
  it.each([
    ['a count', '2 of 7 slices failed.'],
    ['a count in words', 'Two slices failed.'],
    ['a share', '3 of 8 slices are done.'],
    ['a count of another status', '3 slices failed.'],
    ['a count of running things', '3 slices are running.'],
    ['a step', 'It is at step 3 of 3.'],
    ['a percentage', 'About 43% of the slices are done.'],
    ['a time', 'EMEA_DERIV_CFG failed at 04:12 UTC.'],
    ['a time of the other zone, called UTC', 'EMEA_DERIV_CFG failed at 22:12 UTC.'],
    ['a time in another form', 'EMEA_DERIV_CFG failed at 4am.'],
    ['a duration', 'It ran 2 h 25 min.'],
    ['a date', 'The run for 2026-02-17 failed.'],
    ['a written date', 'It failed on March 14.'],
    ['a weekday', 'It failed on Wednesday.'],
    ['an attempt', 'EMEA_DERIV_CFG failed on attempt 4.'],
    ['an ordinal', 'EMEA_DERIV_CFG failed on the ninth attempt.'],
    ['a slice', 'APAC_DERIV_CFG failed.'],
    ['a task', 'egress_cfg_results failed first.'],
    ['a host', 'The task ran on pod-18.'],
    ['another batch', 'SNU failed.'],
    ['a proper name', 'The Kafka broker failed.'],
    ['a person', 'John restarted it.'],
    ['an acronym', 'The JVM is stuck.'],
    ['a status of the wrong slice', 'GLOBAL_DERIV_CFG failed.'],
    ['a good status of a failed slice', 'EMEA_DERIV_CFG is done.'],
    ['a status of the wrong dataset', 'pb_synthetics_trs_e15 failed.'],
    ['a status of a waiting dataset', 'intercompany_results is running.'],
    ['a status of the batch', 'TB-Derivatives is green.'],
    ['a status of the batch, spoken name', 'Derivatives is running.'],
    ['a status of the phase', 'PRELIM is done.'],
    ['a status of the other phase', 'FINAL failed.'],
    ['a negated truth', 'EMEA_DERIV_CFG has not failed.'],
    ['a negated truth with no', 'No slice failed.'],
    ['nothing failed', 'Nothing failed.'],
    ['all of it', 'All slices are done.'],
    ['everything', 'Everything is fine.'],
    ['statuses swapped', 'EMEA_DERIV_CFG is done and GLOBAL_DERIV_CFG failed.'],
    ['a status that is nowhere', 'It is stuck.'],
    ['a status before a colon', 'Derivatives PRELIM is done: 1 of 7 slices failed.'],
    ['a step', 'Step 1 failed.'],
    ['a step that is not done', 'Step 3 is done.'],
    ['the open step', 'Step 2 is done.'],
    ['the batch by its kind', 'The batch succeeded.'],
    ['it', 'It is done.'],
    ['slices by a part of their name', 'The EMEA slices succeeded.'],
    ['slices by a part of their name, in part', 'The EMEA slices failed.'],
    ['a start that was an end', 'EMEA_DERIV_CFG started at 03:12 UTC.'],
    ['an end of another slice', 'EMEA_DERIV_CFG failed at 22:50 UTC.'],
    ['a duration of another slice', 'EMEA_DERIV_CFG ran 50 min.'],
    ['an effect', 'SNU is not affected.'],
    ['a cause', 'EMEA_DERIV_CFG failed because the disk was full.'],
    ['a cause without because', 'A memory problem stopped EMEA_DERIV_CFG.'],
    ['a prediction', 'Step 3 will start soon.'],
    ['an action', 'I restarted EMEA_DERIV_CFG.'],
    ['advice', 'Please rerun EMEA_DERIV_CFG.'],
    ['a vague share', 'Most of the slices failed.'],
    ['a comparison', 'EMEA_DERIV_CFG ran longer than normal.'],
    ['a mention', 'EMEA_DERIV_CFG failed <!channel>.'],
    ['a user', 'EMEA_DERIV_CFG failed, ask <@U123>.'],
    ['a link', 'EMEA_DERIV_CFG failed, see https://evil.example/x.'],
    ['a Markdown link', 'EMEA_DERIV_CFG [failed](https://evil.example).'],
    ['an image', '![x](y) EMEA_DERIV_CFG failed.'],
    ['HTML', '<b>EMEA_DERIV_CFG</b> failed.'],
  ])('%s: %s', (_what, sentence) => {
    expect(kept(sentence)).toBe(false);
  });

  it('and takes only its own sentence with it', () => {
    const { text, dropped } = groundProse(
      'Step 3 waits for it. SNU failed too. 1 of 7 slices failed.',
      derivatives,
      at,
    );
    expect(text).toBe('Step 3 waits for it. 1 of 7 slices failed.');
    expect(dropped).toBe(1);
  });
});

it('keeps every sentence that code wrote, also in the middle of others', () => {
  for (const finding of everything) {
    for (const sentence of sentencesOf(finding, ZONE)) {
      expect(groundProse(`Hello there. ${sentence} And 99 more.`, everything, at).text).toBe(sentence);
    }
  }
});

describe('whatever the model writes', () => {
  it('no number is posted that the findings do not have', () => {
    const truth = truthOf(derivatives, at);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.constantFrom('slices failed', 'attempts', 'datasets', 'runs', 'tasks'),
        (number, noun) => {
          fc.pre(!truth.numbers.has(number));
          expect(isGrounded(`There are ${number} ${noun}.`, truth)).toBe(false);
        },
      ),
    );
  });

  it('no share is posted that nobody counted', () => {
    const truth = truthOf(derivatives, at);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), (part, whole) => {
        fc.pre(!truth.pairs.has(`${part}/${whole}`));
        expect(isGrounded(`${part} of ${whole} are done.`, truth)).toBe(false);
      }),
    );
  });

  it('no minute is posted at which nothing happened', () => {
    const truth = truthOf(derivatives, at);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        fc.pre(!truth.utcTimes.has(time));
        expect(isGrounded(`It failed at ${time} UTC.`, truth)).toBe(false);
      }),
    );
  });

  it('a unit is said to be what it is, and nothing else', () => {
    const words = {
      FAILED: 'failed',
      SUCCESS: 'done',
      RUNNING: 'running',
      QUEUED: 'queued',
      WAITING: 'waiting',
      CANCELLED: 'cancelled',
    } as const;
    const [status] = derivatives;
    if (status === undefined || !('state' in status)) throw new Error('no status');
    const units = status.state.datasets.flatMap((dataset) => dataset.units);
    fc.assert(
      fc.property(
        fc.constantFrom(...units),
        fc.constantFrom(...Object.entries(words)),
        fc.constantFrom('is', 'is now', 'was'),
        (unit, [status_, word], verb) => {
          expect(kept(`${unit.slice} ${verb} ${word}.`)).toBe(unit.status === status_);
          if (unit.status === status_) expect(kept(`${unit.slice} is not ${word}.`)).toBe(false);
        },
      ),
    );
  });

  it('nothing in it mentions, links or breaks out', () => {
    const hostile = fc.array(
      fc.constantFrom(
        'EMEA_DERIV_CFG failed',
        '<!channel>',
        '<@U1>',
        '@here',
        '[a](b)',
        '![',
        '](',
        '`',
        '```',
        '<script>',
        'http://x',
        '\n',
        '\u202e',
        '. ',
        ' ',
        '&lt;',
        'www.x.y',
        '*',
        '1 of 7 slices failed',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          hostile.map((parts) => parts.join('')),
          fc.string({ unit: 'grapheme' }),
        ),
        (prose) => {
          const { text } = groundProse(prose, derivatives, at);
          expect(text).not.toMatch(/<[^>]*>|@\w|\]\(|!\[|https?:\/\/|\n|\u202e|www\.\w/);
          expect((text.match(/`/g) ?? []).length % 2).toBe(0);
        },
      ),
    );
  });
});
