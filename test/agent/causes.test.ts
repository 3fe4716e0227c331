import { beforeAll, describe, expect, it } from 'vitest';
import { causeClause } from '../../src/agent/compose/causes/clause.ts';
import { sourcesOf } from '../../src/agent/compose/causes/sources.ts';
import { sentencesOf } from '../../src/agent/compose/sentences.ts';
import { verdictOf } from '../../src/agent/compose/verdict.ts';
import type { Desk } from '../../src/batch/inquiry/desk.ts';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import { inquireStatus } from '../../src/batch/inquiry/status.ts';
import { FAMILIES, type Family, type RankedCause } from '../../src/batch/rca/cause.ts';
import type { PhaseState } from '../../src/batch/state.ts';
import { at, CFG, cause, causesFinding, diagnosis, etaFinding, INTERCOMPANY, RUN, SLOW, stateOf } from './causes.ts';
import { groundProse } from './ground-prose.ts';
import { clock, NIGHT, names, openSmallWorld, ZONE } from './small-world.ts';

const desk: Desk = {
  sources: openSmallWorld()({ record: () => {}, signal: new AbortController().signal }),
  clock,
  zone: ZONE,
  ...NO_HOUSE_RULES,
};
let night: { state: PhaseState };
let done: { state: PhaseState };

beforeAll(async () => {
  const about = { essential: 'TB-Derivatives', date: null, phase: null };
  night = stateOf(await inquireStatus(desk, about));
  done = stateOf(await inquireStatus(desk, { ...about, essential: 'SNU' }));
});

const window = { from: at('2026-02-14T02:10'), to: at('2026-02-14T02:25') };

describe('a cause in one clause', () => {
  const SAID: Record<Family, [Partial<RankedCause>, string]> = {
    task_failure: [
      {},
      '`enrich_cfg` of `contractual_cash_flow_results_v1` failed in slice `EMEA_DERIV_CFG` at 2026-02-14 03:12 UTC (22:12 New York)',
    ],
    retry_exhausted: [
      { tryNumber: 3 },
      '`enrich_cfg` of `contractual_cash_flow_results_v1` failed in slice `EMEA_DERIV_CFG` at 2026-02-14 03:12 UTC (22:12 New York), on try 3',
    ],
    late_start: [
      {
        slice: null,
        slices: [],
        taskId: null,
        minutes: 73,
        evidence: [{ kind: 'run', key: 1, dagRunId: RUN, says: { startedAt: at('2026-02-14T01:47') } }],
      },
      '`contractual_cash_flow_results_v1` began 1 h 13 min later than usual, at 2026-02-14 01:47 UTC (20:47 New York)',
    ],
    queue_delay: [
      { slice: null, slices: [], taskId: null, minutes: 42 },
      'tasks of `contractual_cash_flow_results_v1` waited 42 min in the queue from 2026-02-14 03:12 UTC (22:12 New York) on',
    ],
    slow_run: [
      { evidence: [SLOW], slices: ['EMEA_DERIV_CFG', 'GLOBAL_DERIV_CFG'] },
      '`enrich_cfg` of `contractual_cash_flow_results_v1` ran 1 h 40 min instead of its usual 45 min in 2 slices (`EMEA_DERIV_CFG` worst)',
    ],
    data_skew: [
      { evidence: [SLOW] },
      '`EMEA_DERIV_CFG` of `contractual_cash_flow_results_v1` ran 1 h 40 min instead of its usual 45 min (task `enrich_cfg`) while its siblings did not',
    ],
    stuck: [
      {
        evidence: [
          { kind: 'run', key: 1, dagRunId: RUN, says: { status: 'RUNNING', heartbeatAt: at('2026-02-14T02:30') } },
        ],
      },
      '`EMEA_DERIV_CFG` of `contractual_cash_flow_results_v1` has given no sign of life since 2026-02-14 02:30 UTC (21:30 New York)',
    ],
    cancelled: [
      {},
      'every attempt at `EMEA_DERIV_CFG` of `contractual_cash_flow_results_v1` was cancelled, first at 2026-02-14 03:12 UTC (22:12 New York)',
    ],
    missed_trigger: [
      { slices: ['EMEA_DERIV_CFG', 'GLOBAL_DERIV_CFG'] },
      '2 slices of `contractual_cash_flow_results_v1` were never triggered although their siblings were',
    ],
    shared_dependency: [
      { operator: 'EpsEgressOperator', window, symptoms: 17 },
      '17 tasks of operator `EpsEgressOperator` failed together between 2026-02-14 02:10 UTC (21:10 New York) and 02:25 UTC (21:25 New York)',
    ],
    bad_host: [
      { host: 'pod-17', symptoms: 4 },
      '4 tasks failed or ran slow on host `pod-17`, from 2026-02-14 03:12 UTC (22:12 New York) on',
    ],
  };

  it.each(FAMILIES)('%s', (family) => {
    const [more, said] = SAID[family];
    expect(causeClause(cause(family, more), { zone: ZONE, businessDate: NIGHT })).toBe(said);
  });

  it('shows hostile names as what they are, in every family', () => {
    const evil = '`<!channel>` [x](https://evil.example) @here\u202e';
    for (const family of FAMILIES) {
      const hostile = cause(family, {
        datasetId: `x.${evil}`,
        slice: evil,
        slices: [evil],
        taskId: evil,
        operator: evil,
        host: evil,
        dagRunId: evil,
        dagId: evil,
        evidence: [
          { kind: 'run', key: 1, dagRunId: evil, says: { status: evil } },
          { ...SLOW, taskId: evil, slice: evil },
          { kind: 'dag_run', dagId: evil, runId: evil, says: { state: evil, endedAt: null } },
        ],
      });
      const finding = causesFinding(night, [hostile]);
      for (const text of [verdictOf(finding, ZONE), ...sentencesOf(finding, ZONE)])
        expect(text).not.toMatch(/<[!@#]|https?:\/\/|@here|\]\(|\u202e/);
    }
  });
});

describe('the verdict on why', () => {
  it('leads with the cause, says that it failed again, and counts who waits', () => {
    expect(verdictOf(causesFinding(night, [cause('task_failure')]), ZONE)).toBe(
      `TB-Derivatives PRELIM for ${NIGHT} failed in part because \`enrich_cfg\` of \`contractual_cash_flow_results_v1\` failed in slice \`EMEA_DERIV_CFG\` at 2026-02-14 03:12 UTC (22:12 New York), and again on the next attempt; \`intercompany_results\` waits for it.`,
    );
  });

  it('says how many causes there are beside the first', () => {
    const more = cause('stuck', { rank: 2 });
    expect(verdictOf(causesFinding(night, [cause('task_failure'), more]), ZONE)).toMatch(
      / 1 other cause stands beside it\.$/,
    );
  });

  it('says that nothing is wrong with the figure that shows it', () => {
    expect(verdictOf(causesFinding(done, []), ZONE)).toBe(
      `Nothing is wrong with SNU PRELIM for ${NIGHT}: all 2 slices done, ended at 21:10 UTC (16:10 New York).`,
    );
    const none = { state: { ...done.state, phase: 'FINAL' as const, status: 'NOT_STARTED' as const } };
    expect(verdictOf(causesFinding(none, []), ZONE)).toMatch(/: nothing of FINAL has run yet\.$/);
  });

  it('says what is missing where it cannot tell', () => {
    const unknown = diagnosis([], { outcome: 'cannot_tell', gaps: ['The tasks could not be read.'] });
    expect(verdictOf(causesFinding(night, [], { diagnosis: unknown }), ZONE)).toBe(
      `TB-Derivatives PRELIM for ${NIGHT} is PARTIAL_FAILURE, and the data do not tell why: The tasks could not be read.`,
    );
  });

  it('to a slice that no cause concerns says so, and what is wrong elsewhere', () => {
    const units = night.state.datasets.flatMap((dataset) => dataset.units);
    const fine = units.filter((unit) => unit.slice === 'PB-NA-SLICE');
    const meant = { datasetId: fine[0]?.datasetId ?? null, units: fine };
    expect(verdictOf(causesFinding(night, [cause('task_failure')], { meant }), ZONE)).toMatch(
      /^`PB-NA-SLICE` of `pb_synthetics_trs_e15` in TB-Derivatives PRELIM for 2026-02-13 is SUCCESS, and no cause concerns it\. Elsewhere `enrich_cfg`/,
    );
  });

  it('to a dataset that waits names it before what it waits for', () => {
    const units = night.state.datasets
      .flatMap((dataset) => dataset.units)
      .filter((unit) => unit.datasetId === INTERCOMPANY);
    const meant = { datasetId: INTERCOMPANY, units };
    expect(verdictOf(causesFinding(night, [cause('task_failure')], { meant }), ZONE)).toMatch(
      /^3 slices of `intercompany_results` in TB-Derivatives PRELIM for 2026-02-13 are WAITING because `enrich_cfg`/,
    );
  });

  it('to what else is affected names what waits and who else has it', () => {
    expect(verdictOf(causesFinding(night, [cause('task_failure')], { focus: 'impact' }), ZONE)).toContain(
      '1 dataset waits for `EMEA_DERIV_CFG` of `contractual_cash_flow_results_v1` (`intercompany_results`), and SNU is affected too.',
    );
  });

  it('to whether the retry helped says no, yes or that there was none', () => {
    const asked = (base: { state: PhaseState }, causes: RankedCause[]) =>
      verdictOf(causesFinding(base, causes, { focus: 'retries' }), ZONE);
    expect(asked(night, [cause('task_failure')])).toContain(
      ', no: `EMEA_DERIV_CFG` of `contractual_cash_flow_results_v1` failed again on attempt 2 at 2026-02-14 03:12 UTC',
    );
    expect(asked(done, [])).toContain(', nothing was retried: every slice has had one attempt at most.');
  });
});

describe('sentences about causes', () => {
  it('say that a failure is new, and nothing of failures where the task is only slow', () => {
    const recurring = { failed: 0, of: 10, dates: [], lastRemedy: null };
    const first = (family: 'task_failure' | 'slow_run') => {
      const finding = causesFinding(night, [cause(family, { recurring })]);
      const [sentence = ''] = sentencesOf(finding, ZONE);
      return { sentence, checked: groundProse(sentence, [finding], { zone: ZONE, names }).text };
    };
    const failure = first('task_failure');
    expect(failure.sentence).toBe('The same task failed on none of the last 10 business dates.');
    expect(failure.checked).toBe(failure.sentence);
    expect(first('slow_run').sentence).not.toContain('The same task failed');
  });

  it('say how often it failed before, and pass the check as they are', () => {
    const recurring = {
      failed: 3,
      of: 10,
      dates: ['2026-02-12', '2026-02-10', '2026-02-03'],
      lastRemedy: { businessDate: '2026-02-12', how: 'manual_retry' as const, afterMinutes: 40 },
    };
    const finding = causesFinding(night, [cause('task_failure', { recurring })]);
    const sentences = sentencesOf(finding, ZONE);
    expect(sentences[0]).toBe('The same task failed on 3 of the last 10 business dates, most recently for 2026-02-12.');
    for (const sentence of sentences)
      expect(groundProse(`Well. ${sentence} And 99 more.`, [finding], { zone: ZONE, names }).text).toBe(sentence);
  });
});

describe('what a model may say of causes', () => {
  const kept = (sentence: string, causes: RankedCause[] = [cause('task_failure')]) =>
    groundProse(sentence, [causesFinding(night, causes)], { zone: ZONE, names }).text !== '';

  it.each([
    'PRELIM failed in part because enrich_cfg failed in EMEA_DERIV_CFG at 03:12 UTC.',
    'The root cause is enrich_cfg of contractual_cash_flow_results_v1.',
    'intercompany_results is waiting because EMEA_DERIV_CFG failed.',
    'EMEA_DERIV_CFG is the cause.',
    'SNU is affected too.',
    '2 datasets are affected.',
  ])('kept: %s', (sentence) => {
    expect(kept(sentence)).toBe(true);
  });

  it.each([
    ['another cause', 'PRELIM failed because GLOBAL_DERIV_CFG failed.'],
    ['a cause from nowhere', 'PRELIM failed because the disk was full.'],
    ['a cause without a name', 'It failed because of a network problem.'],
    ['another kind of cause', 'It failed because EMEA_DERIV_CFG was stuck.'],
    ['a host that is none', 'It failed because of host pod-17.'],
    ['an effect that is none', 'pb_synthetics_trs_e15 is done because of EMEA_DERIV_CFG.'],
    ['a cause turned round', 'EMEA_DERIV_CFG failed because intercompany_results waits.'],
    ['a negated cause', 'It did not fail because of EMEA_DERIV_CFG.'],
    ['an effect that nobody found', 'pb_synthetics_trs_e15 is affected.'],
    ['a number of effects', '5 datasets are affected.'],
    ['an estimate that nobody made', 'It is expected to end at 03:12 UTC.'],
    ['a comparison that nobody made', 'EMEA_DERIV_CFG ran 1 h 25 min longer than usual.'],
  ])('dropped: %s: %s', (_what, sentence) => {
    expect(kept(sentence)).toBe(false);
  });

  it('drops every cause where none was found', () => {
    expect(kept('PRELIM failed in part because EMEA_DERIV_CFG failed.', [])).toBe(false);
  });

  it('keeps a comparison in its own figures and its own direction', () => {
    const slow = [cause('slow_run', { evidence: [SLOW] })];
    expect(kept('enrich_cfg ran 1 h 40 min, usually 45 min.', slow)).toBe(true);
    expect(kept('enrich_cfg ran 55 min longer than usual.', slow)).toBe(true);
    expect(kept('enrich_cfg ran 55 min shorter than usual.', slow)).toBe(false);
    expect(kept('pb_synthetics_trs_e15 ran 55 min longer than usual.', slow)).toBe(false);
  });
});

describe('an estimate', () => {
  const target = { at: at('2026-02-14T12:00'), source: 'asked' as const };

  it('is a time, a later one, and the chance to miss what was asked', () => {
    expect(verdictOf(etaFinding(night, { target, chanceOfMissing: 0.124 }), ZONE)).toBe(
      `TB-Derivatives PRELIM for ${NIGHT} is expected to end at 2026-02-14 09:00 UTC (04:00 New York), in 9 of 10 cases by 2026-02-14 09:40 UTC (04:40 New York); the chance that it misses 2026-02-14 12:00 UTC (07:00 New York) is 12%, judged by 28 earlier dates.`,
    );
  });

  it('never says 0% or 100%', () => {
    expect(verdictOf(etaFinding(night, { target, chanceOfMissing: 0 }), ZONE)).toContain('at most 2%');
    expect(verdictOf(etaFinding(night, { target, chanceOfMissing: 1 }), ZONE)).toContain('at least 98%');
  });

  it('of what a cause stops is that cause', () => {
    expect(
      verdictOf(etaFinding(night, { estimate: null, diagnosis: diagnosis([cause('task_failure')]) }), ZONE),
    ).toContain('will not end by itself: `enrich_cfg`');
  });

  it('is the only time that a model may call the end', () => {
    const kept = (sentence: string) => groundProse(sentence, [etaFinding(night)], { zone: ZONE, names }).text !== '';
    expect(kept('It is expected to end at 09:00 UTC.')).toBe(true);
    expect(kept('It will end by 09:40 UTC.')).toBe(true);
    expect(kept('It will end by 03:12 UTC.')).toBe(false);
    expect(kept('It will not end by 09:40 UTC.')).toBe(false);
    expect(kept('It will fail at 09:00 UTC.')).toBe(false);
    expect(kept('It will end soon.')).toBe(false);
  });
});

describe('the sources of a cause', () => {
  const record = (tool: string, sql: string, ...parameters: unknown[]) => ({ tool, sql, parameters, rows: 1, ms: 1 });
  const sources = [
    record('get_batch_status', 'select … from WORKFLOW_RUN_INSTANCE', CFG, NIGHT),
    record('get_historical_runs', 'select … from WORKFLOW_RUN_INSTANCE', CFG, '2025-12-01', '2026-02-12'),
    record('get_dag_runs', 'select … from dag_run', RUN),
    record('get_task_details', 'select … from task_instance', 'other', 'another run'),
    record('get_task_details', 'select … from task_instance', RUN),
    record('get_replaced_tasks', 'select … from task_instance', `${RUN.replace(/_\d+$/, '')}_`),
  ].map((each, index) => ({ id: `s${index + 1}`, record: each }));
  const read = (evidence: RankedCause['evidence']) => sourcesOf(cause('task_failure', { evidence }), NIGHT, sources);

  it('are the statements that read its rows', () => {
    expect(read(cause('task_failure').evidence)).toEqual(['s5', 's6']);
    expect(read([{ kind: 'run', key: 1, dagRunId: RUN, says: {} }])).toEqual(['s1']);
    expect(read([{ kind: 'run', key: 1, dagRunId: RUN.replace(NIGHT, '2026-02-10'), says: {} }])).toEqual(['s2']);
    expect(read([{ kind: 'dag_run', dagId: 'x', runId: RUN, says: { state: 'failed', endedAt: null } }])).toEqual([
      's3',
    ]);
    expect(read([SLOW])).toEqual(['s2', 's4', 's5', 's6']);
    expect(
      read([{ kind: 'absence', datasetId: CFG, slice: null, whole: true, businessDate: NIGHT, phase: 'PRELIM' }]),
    ).toEqual(['s1']);
  });
});
