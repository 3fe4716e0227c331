import { describe, expect, it } from 'vitest';
import type { ThreadContext } from '../../src/agent/question.ts';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import { askOnce, smallAgent } from './asking.ts';
import { NIGHT, openSmallWorld } from './small-world.ts';

const ask = smallAgent();
const answerTo = async (text: string, context: ThreadContext | null = null) =>
  (await askOnce(ask, text, context)).answer;

describe('why', () => {
  it('says that nothing is wrong, and shows it', async () => {
    const answer = await answerTo('what is wrong with snu?');
    expect(answer).toMatchObject({ kind: 'causes', outcome: 'nothing_wrong', root_causes: [], status: 'SUCCESS' });
    expect(answer.verdict).toMatch(/^Nothing is wrong with SNU PRELIM for 2026-02-13: all 2 slices done/);
    expect(answer.ruled_out.length).toBeGreaterThan(3);
    expect(answer.text).toContain('Looked at: ');
  });

  it('of a dataset without its batch finds both', async () => {
    const answer = await answerTo('why is intercompany_results late?');
    expect(answer).toMatchObject({ kind: 'causes', essential: 'TB-Derivatives', outcome: 'causes' });
    expect(answer.verdict).toMatch(/^3 slices of `intercompany_results` .* are WAITING because `enrich/);
  });

  it('goes on in a thread: what else, did the retry fix it, has it failed before', async () => {
    const first = await askOnce(ask, 'why did derivatives fail?');
    const impact = await answerTo('what else is affected', first.context);
    expect(impact.verdict).toContain('1 dataset waits for `EMEA_DERIV_CFG`');
    const retry = await answerTo('did the retry fix it', first.context);
    expect(retry.verdict).toContain(
      ', no: `EMEA_DERIV_CFG` of `contractual_cash_flow_results_v1` failed again on attempt 2',
    );
    const before = await answerTo('has it failed before', first.context);
    expect(before).toMatchObject({ kind: 'history', essential: 'TB-Derivatives', business_date: NIGHT });
    const other = await answerTo('and snu?', first.context);
    expect(other).toMatchObject({ kind: 'causes', essential: 'SNU' });
  });

  it('names owner and runbook where they are written down', async () => {
    const rules = {
      ...NO_HOUSE_RULES,
      adviceFor: () => ({ owner: 'CFG team <!here>', runbook: 'https://runbooks.example.com/cfg' }),
    };
    const { answer } = await askOnce(smallAgent({ rules }), 'why did derivatives fail?');
    expect(answer.root_causes[0]).toMatchObject({
      owner: 'CFG team ‹!here›',
      runbook: 'https://runbooks.example.com/cfg',
    });
    expect(answer.next.join(' ')).toContain('It belongs to CFG team ‹!here›.');
    expect(answer.text).toContain('- Runbook: <https://runbooks.example.com/cfg>');
  });

  it('of the night stands below each batch', async () => {
    const answer = await answerTo('what happened last night?');
    const [worst] = answer.essentials;
    expect(worst).toMatchObject({ essential: 'TB-Derivatives', outcome: 'causes' });
    expect(worst?.root_causes[0]).toMatchObject({ slice: 'EMEA_DERIV_CFG' });
    expect(answer.root_causes).toEqual(worst?.root_causes);
    expect(answer.essentials.at(-1)?.root_causes).toEqual([]);
    expect(answer.text).toContain(worst?.root_causes[0]?.summary);
  });

  it('is not claimed to be answered where only a status was read', async () => {
    const answer = await answerTo('how is derivatives doing?');
    expect(answer).toMatchObject({ kind: 'status', outcome: null, root_causes: [], eta: null });
  });
});

describe('until when', () => {
  it('what a failure stops has no end, and says what stops it', async () => {
    const answer = await answerTo('when will derivatives finish?');
    expect(answer).toMatchObject({ kind: 'eta', eta: null, target: null, chance_of_missing: null });
    expect(answer.verdict).toContain('will not end by itself: `enrich_‹!here›_cfg`');
    expect(answer.root_causes).toHaveLength(1);
  });

  it('what has ended is measured against the time asked about', async () => {
    const made = await answerTo('did snu make 7am?');
    expect(made).toMatchObject({
      kind: 'eta',
      target: { at: '2026-02-14T12:00:00.000Z', source: 'asked' },
      chance_of_missing: 0,
    });
    expect(made.verdict).toMatch(
      /ended at 21:10 UTC \(16:10 New York\), 14 h 50 min before 2026-02-14 12:00 UTC \(07:00 New York\)\.$/,
    );
    expect(await answerTo('will snu make 16:00?')).toMatchObject({ chance_of_missing: 1 });
  });

  it('the deadline of sentry.yml is the target where no time is said', async () => {
    const rules = { ...NO_HOUSE_RULES, deadlineOf: () => Date.parse('2026-02-13T21:00:00Z') };
    const { answer } = await askOnce(smallAgent({ rules }), 'will snu miss the deadline?');
    expect(answer).toMatchObject({ target: { source: 'deadline' }, chance_of_missing: 1 });
    expect(answer.verdict).toContain('10 min after its deadline of 21:00 UTC (16:00 New York)');
  });

  it('a time that cannot be read is left out, and the estimate stays', async () => {
    expect((await answerTo('will snu make the cutoff')).kind).toBe('eta');
  });
});

describe('since when, how long, and what changed', () => {
  it('durations stand beside what is usual', async () => {
    const answer = await answerTo('which slice of snu is slow?');
    expect(answer.kind).toBe('durations');
    expect(answer.durations?.units).toMatchObject([
      { slice: 'SNU_NA', actual_s: 4200, usual: { p50: 3600, basis: 3 }, longer_than: { of: 3, dates: 3 } },
      { slice: 'SNU_EMEA', actual_s: 3600 },
    ]);
    expect(answer.verdict).toContain('only `SNU_NA` of `upc_positions_v1` is beyond its usual range');
  });

  it('lateness accounts for every minute', async () => {
    const answer = await answerTo('where did the time go in snu?');
    expect(answer.kind).toBe('lateness');
    const { lateness } = answer;
    const sum = Object.values(lateness?.parts ?? {}).reduce((total, minutes) => total + minutes, 0);
    expect(sum).toBe(lateness?.total_minutes);
    expect(answer.verdict).toContain('10 min later than usual');
  });

  it('a comparison is with the business date before, a date that is named, or the other phase', async () => {
    const before = await answerTo('what changed in derivatives since yesterday?');
    expect(before.comparison).toMatchObject({
      before: { business_date: '2026-02-12', status: 'SUCCESS' },
      after: { business_date: NIGHT, status: 'PARTIAL_FAILURE' },
    });
    expect(before.notes.join(' ')).not.toContain('ask again');
    const named = await answerTo('compare derivatives with 2026-02-10');
    expect(named.comparison?.before.business_date).toBe('2026-02-10');
    const phases = await answerTo('compare derivatives prelim and final');
    expect(phases).toMatchObject({ kind: 'refusal' });
    expect(phases.verdict).toContain('No FINAL run of TB-Derivatives');
  });

  it('what cannot be compared with is said', async () => {
    expect((await answerTo('compare derivatives with Feb 30')).kind).toBe('refusal');
  });
});

describe('while Airflow is away', () => {
  const away = smallAgent({ openSources: openSmallWorld({ tasksDown: true }) });

  it('a failure stays a failure, no task is blamed, and the answer says what is missing', async () => {
    const { answer } = await askOnce(away, 'why did derivatives fail?');
    expect(answer).toMatchObject({ kind: 'causes', status: 'PARTIAL_FAILURE', error: null });
    expect(answer.root_causes.every((cause) => cause.task_id === null)).toBe(true);
    expect(answer.gaps.join(' ')).toMatch(/Airflow|tasks/);
  });
});
