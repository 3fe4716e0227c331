import { describe, expect, it } from 'vitest';
import { renderAnswer, renderPlainly } from '../../../src/slack/blocks/render-answer.ts';
import { anyAnswer, slice, statusAnswer } from '../sample-answers.ts';
import { causeRecord } from '../sample-causes.ts';

/** What a reader sees, from top to bottom. */
function read(answer: Parameters<typeof renderAnswer>[0], form: 'full' | 'sections' = 'full'): string {
  const textOf = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(textOf);
    if (typeof value !== 'object' || value === null) return [];
    const { text, elements, rows } = value as { text?: unknown; elements?: unknown; rows?: unknown[][] };
    const table = (rows ?? []).map((row) => row.flatMap(textOf).join(' | '));
    return typeof text === 'string' ? [text] : [...textOf(text), ...textOf(elements), ...table];
  };
  return renderAnswer(answer, null, form).blocks.flatMap(textOf).join('\n');
}

function inOrder(text: string, ...pieces: string[]): void {
  const places = pieces.map((piece) => text.indexOf(piece));
  expect(places, text).not.toContain(-1);
  expect(places, text).toEqual([...places].sort((a, b) => a - b));
}

describe('a status', () => {
  it('says the verdict, the progress by step, what failed, the words, the notes, the gaps, the follow-ups, in this order', () => {
    inOrder(
      read(statusAnswer()),
      '⚠️ *TB-Derivatives PRELIM for 2026-02-13 is PARTIAL_FAILURE*',
      '*Step 3 of 4*',
      '4 of 6 slices · 2 of 4 datasets',
      '✅ Steps 1–2 · 2 datasets · success',
      '❌ Step 3 · `slsline_calculator_e15` 1/2 · 1 failed',
      '⏸️ Step 4 · `report` waiting',
      '❌ *Failed* · `EMEA_DERIV_CFG` of `slsline_calculator_e15` · attempt 2',
      '14 Feb 01:02 → 02:27 UTC (20:02 → 21:27 New York) · took 1 h 25 min',
      'run `FGW_slsline_calculator_e15_V2_2026-02-13_EMEA_DERIV_CFG_1771031820000`',
      'Step 4 waits for it.',
      'FINAL of the same date: not started',
      'I took it for TB-Derivatives.',
      'Logs and code are not in these tables.',
      'which task failed in EMEA_DERIV_CFG?',
      'ref abc234',
    );
  });

  it('has the verdict and its word in the text of notifications', () => {
    expect(renderAnswer(statusAnswer()).text).toBe(
      '⚠️ TB-Derivatives PRELIM for 2026-02-13 is PARTIAL_FAILURE: 1 of 6 slices failed, step 3 of 4.',
    );
  });

  it('says the word of the status where the verdict does not: a symbol alone is not enough', () => {
    expect(read(statusAnswer({ verdict: 'One slice is bad.' }))).toContain('⚠️ *Partial failure* · *One slice is bad.*');
  });

  it('tells many failures in full, then in a line, then as a number', () => {
    const [one] = statusAnswer().failures;
    if (!one) throw new Error('no failure');
    const failures = Array.from({ length: 50 }, (_, index) => ({ ...one, slice: `SLICE-${index}` }));
    const text = read(statusAnswer({ failures }));
    expect(text.match(/^❌ \*Failed\*/gm)).toHaveLength(5);
    expect(text).toContain('❌ `SLICE-7` of `slsline_calculator_e15` failed, attempt 2');
    expect(text).toContain('and 15 more that need attention');
  });

  it('says more of a step than that it waits when part of it is done', () => {
    const datasets = statusAnswer().datasets.map((dataset) =>
      dataset.step === 4 ? { ...dataset, slices: [slice('A', 'SUCCESS'), slice('B', 'WAITING')] } : dataset,
    );
    expect(read(statusAnswer({ datasets }))).toContain('⏸️ Step 4 · `report` 1/2 · 1 waiting');
  });

  it('marks a stuck run with its own symbol and word', () => {
    const [one] = statusAnswer().failures;
    if (!one) throw new Error('no failure');
    expect(
      read(statusAnswer({ failures: [{ ...one, status: 'RUNNING', stuck: true, ended_at: null, duration_s: null }] })),
    ).toMatch(/🧊 \*Running, stuck\*[^\n]*\nsince 14 Feb 01:02 UTC/);
  });

  it('says the other phase once', () => {
    const text = read(statusAnswer({ notes: ['FINAL of 2026-02-13 is NOT_STARTED.'] }));
    expect(text.match(/FINAL/g)).toHaveLength(1);
  });

  it('says that the clock is frozen, whatever else is folded', () => {
    expect(read(statusAnswer({ frozen_clock: '2026-02-14T03:00:00.000Z' }))).toContain(
      'Clock frozen at 14 Feb 03:00 UTC (13 Feb 22:00 New York)',
    );
  });
});

describe('other kinds', () => {
  it('progress: a row a dataset, in the order of steps', () => {
    inOrder(
      read(statusAnswer({ kind: 'progress' })),
      '*Step 3 of 4*',
      'Step | Status | Dataset | Slices',
      '3 | ❌ failed | slsline_calculator_e15 | 1/2, 1 failed',
      '4 | ⏸️ waiting | report | –',
    );
    expect(read(statusAnswer({ kind: 'progress' }), 'sections')).toContain(
      '❌ Step 3 · `slsline_calculator_e15` 1/2 · 1 failed',
    );
  });

  it('slices: each with its state, its time and what is odd about it; the symbol is theirs', () => {
    const [dataset] = statusAnswer().datasets;
    if (!dataset) throw new Error('no dataset');
    const slices = [
      slice('EMEA', 'SUCCESS', { attempts: 3, repaired: true }),
      slice(null, 'SUCCESS', { listed: false }),
    ];
    const answer = statusAnswer({
      kind: 'slices',
      verdict: 'EMEA slices: 2 done.',
      datasets: [{ ...dataset, slices }],
      failures: [],
    });
    inOrder(
      read(answer),
      '✅ *EMEA slices*',
      '*Step 1* · `trade_feed`',
      'Status | Slice | Took | Start UTC (New York)',
      '✅ success, attempt 3, failed earlier, repaired | EMEA | 1 h 25 min | 14 Feb 01:02 (20:02)',
      '✅ success, not defined in Lenz | the run without a slice',
    );
    inOrder(
      read(answer, 'sections'),
      '✅ *EMEA slices*',
      '✅ `EMEA` success',
      'took 1 h 25 min · attempt 3 · failed earlier, repaired',
      'not defined in Lenz',
    );
  });

  it('tasks: the first failure of a run is marked with its try, host and operator', () => {
    const task = (task_id: string, state: string, first_failure = false) => ({
      dataset_id: 'com.x.derivatives-a',
      slice: 'EMEA',
      dag_id: 'a_V2',
      dag_run_id: 'FGW_a_V2_2026-02-13_EMEA_1771000676695',
      task_id,
      state,
      try_number: first_failure ? 2 : 1,
      operator: 'EpsEnrichmentOperator',
      host: 'pod-7',
      started_at: '2026-02-13T22:02:00.000Z',
      ended_at: '2026-02-13T22:05:04.000Z',
      duration_s: 184,
      first_failure,
    });
    const tasks = [task('start', 'success'), task('enrich_a', 'failed', true), task('egress_a', 'upstream_failed')];
    const of = (given: typeof tasks) =>
      anyAnswer({ kind: 'tasks', verdict: 'x: `enrich_a` failed first.', business_date: '2026-02-13', tasks: given });
    inOrder(
      read(of(tasks)),
      '*Slice* `EMEA` of `a`',
      'run `FGW_a_V2',
      '*failed first* `enrich_a` · host `pod-7` · operator `EpsEnrichmentOperator`',
      'State | Task | Took | Start UTC (New York)',
      '✅ success | start | 3 min 4 s | 22:02 (17:02)',
      '❌ failed, try 2 | enrich_a',
      '⤵️ upstream failed | egress_a | – | –',
    );
    const long = [
      ...Array.from({ length: 40 }, (_, index) => task(`t${index}`, 'success')),
      task('bad', 'failed', true),
    ];
    inOrder(read(of(long)), '✅ success | t0 |', '❌ failed, try 2 | bad |', 'and 21 more');
    const twoRuns = [...tasks, ...tasks.map((each) => ({ ...each, dag_run_id: 'another' }))];
    for (const lines of [read(of(tasks), 'sections'), read(of(twoRuns))])
      inOrder(lines, '✅ `start`', '❌ `enrich_a` failed · try 2', '*failed first*', '⤵️ `egress_a` upstream failed');
  });

  it('tables: of a long list what is telling is there, and how many are not', () => {
    const [one] = statusAnswer().datasets[0]?.slices ?? [];
    const [dataset] = statusAnswer().datasets;
    if (!one || !dataset) throw new Error('no slice');
    const slices = [
      ...Array.from({ length: 60 }, (_, index) => slice(`S-${index}`, 'SUCCESS')),
      slice('LAST', 'RUNNING'),
    ];
    const text = read(statusAnswer({ kind: 'slices', datasets: [{ ...dataset, slices }], failures: [] }));
    expect(text).toContain('| LAST |');
    expect(text).toMatch(/and (\d+) more\n[\s\S]*Show all \(\1 more\)/);
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...dataset,
      step: index + 1,
      dataset_id: `com.x.d${index}`,
    }));
    const steps = read(statusAnswer({ kind: 'progress', datasets: [...many, ...statusAnswer().datasets.slice(2)] }));
    expect(steps).toContain('❌ Step 3 · `slsline_calculator_e15` 1/2');
    expect(steps).not.toContain('Step | Status');
  });

  it('night: what needs somebody comes first, and each batch has its word', () => {
    const entry = (essential: string, status: 'FAILED' | 'SUCCESS', headline: string) => ({
      essential,
      status,
      stuck: false,
      outcome: null,
      root_causes: [],
      headline,
      phase: 'PRELIM' as const,
      business_date: '2026-02-13',
    });
    const essentials = [entry('SNU', 'FAILED', '3 of 26 slices failed'), entry('TB-CFG', 'SUCCESS', 'all done')];
    const text = read(
      anyAnswer({
        kind: 'night',
        business_date: '2026-02-13',
        verdict: 'Business date 2026-02-13: 1 of 2 needs attention.',
        essentials,
      }),
    );
    inOrder(
      text,
      '❌ *Business date 2026-02-13*',
      '❌ *SNU* PRELIM · failed',
      '3 of 26 slices failed',
      '✅ *TB-CFG* PRELIM · success',
    );
  });

  it('history: a line a date, newest first', () => {
    const history = [
      {
        business_date: '2026-02-12',
        phase: 'PRELIM' as const,
        status: 'SUCCESS' as const,
        started_at: null,
        ended_at: '2026-02-13T03:01:00.000Z',
        duration_s: 18060,
        failed_slices: 0,
        repaired_slices: 1,
      },
      {
        business_date: '2026-02-11',
        phase: 'PRELIM' as const,
        status: 'PARTIAL_FAILURE' as const,
        started_at: null,
        ended_at: null,
        duration_s: null,
        failed_slices: 2,
        repaired_slices: 0,
      },
    ];
    const answer = anyAnswer({ kind: 'history', status: 'FAILED', verdict: 'CFG: failed on 1 of 2.', history });
    inOrder(
      read(answer),
      'Date | Status | Took | Ended UTC (New York)',
      'Thu 12 Feb | ✅ success, 1 repaired | 5 h 1 min | 13 Feb 03:01 (22:01)',
      'Wed 11 Feb | ⚠️ partial failure, 2 failed | – | –',
    );
    const text = read(answer, 'sections');
    inOrder(
      text,
      '*CFG*',
      '✅ *Thu 12 Feb 2026* PRELIM success · 1 repaired · 5 h 1 min · ended 13 Feb 03:01 UTC',
      '⚠️ *Wed 11 Feb 2026* PRELIM partial failure · 2 failed',
    );
    expect(text).not.toContain('*Failed*');
  });

  it('clarification: its options are buttons, and those beyond five are written out', () => {
    const options = Array.from({ length: 7 }, (_, index) => ({
      label: `Option ${index}`,
      question: `how is option ${index} doing?`,
    }));
    const view = renderAnswer(anyAnswer({ kind: 'clarification', verdict: 'Which one?', options }));
    const actions = view.blocks.find((block) => block.type === 'actions');
    expect(actions?.elements).toHaveLength(5);
    expect(JSON.stringify(view.blocks)).toContain('how is option 6 doing?');
  });

  it('error: what went wrong, what to do, and the reference', () => {
    const error = {
      code: 'RDS_TIMEOUT',
      message: 'The database took longer than 10 s.',
      remedy: 'Ask again in a minute.',
    };
    const text = read(anyAnswer({ kind: 'error', verdict: 'x', error }));
    inOrder(
      text,
      'The database took longer than 10 s.',
      'What to do: Ask again in a minute.',
      '`RDS_TIMEOUT`',
      '`abc234`',
    );
  });

  it('plainly: the verdict and the failures survive where blocks do not', () => {
    const { text } = renderPlainly(statusAnswer());
    inOrder(text, 'PARTIAL_FAILURE', 'EMEA_DERIV_CFG of slsline_calculator_e15, attempt 2', 'ref abc234');
  });
});

describe('why', () => {
  const verdict =
    'TB-Derivatives PRELIM for 2026-02-13 failed in part because `enrich_cfg` of `contractual_cash_flow_results_v1` failed in slice `EMEA_DERIV_CFG` at 02:27 UTC.';
  const why = (overrides: Parameters<typeof statusAnswer>[0] = {}) =>
    statusAnswer({
      kind: 'causes',
      outcome: 'causes',
      verdict,
      prose: 'The same task failed on 3 of the last 10 business dates.',
      root_causes: [causeRecord()],
      ruled_out: [{ family: 'bad_host', why: 'The 4 bad tasks ran on 3 hosts.' }],
      next: [
        'Open in Airflow run `FGW_x`.',
        'When `positions` last failed like this (2026-02-12), a manual retry ended it after 40 min.',
      ],
      deadline: '2026-02-14T12:00:00.000Z',
      ...overrides,
    });

  it('says the cause, its proof, the words, what to look at, and in a line what was ruled out', () => {
    inOrder(
      read(why()),
      '⚠️ *TB-Derivatives PRELIM for 2026-02-13 failed in part because enrich_cfg',
      '● *task failure* · high confidence\n• Task `enrich_cfg`: failed, try 1',
      'The same task failed on 3 of the last 10',
      '➜ Open in Airflow run `FGW_x`.',
      '➜ When `positions` last failed like this (2026-02-12), a manual retry ended it after 40 min.',
      '<https://runbooks.example.com/cfg?a=1&amp;b=2|Runbook>',
      '⏰ Deadline 14 Feb 12:00 UTC',
      'Ruled out: the 4 bad tasks ran on 3 hosts.',
    );
  });

  it('links a runbook only where it is a plain https address', () => {
    for (const runbook of ['http://a.example', 'https://a.example/|<!channel>', 'javascript:alert(1)', 'https://'])
      expect(read(why({ root_causes: [causeRecord({ runbook })] }))).not.toContain('Runbook');
  });

  it('tells further causes by their sentence', () => {
    const text = read(
      why({ root_causes: [causeRecord(), causeRecord({ rank: 2, family: 'stuck', summary: '`X` hangs.' })] }),
    );
    inOrder(text, '● *1. task failure*', '● *2. stuck* · high confidence\n`X` hangs.');
  });

  it('says what was looked at where nothing is wrong, and lists what needs attention where nothing can be told', () => {
    expect(read(why({ root_causes: [], outcome: 'nothing_wrong', failures: [] }))).toContain(
      'Looked at: the 4 bad tasks',
    );
    expect(read(why({ root_causes: [], outcome: 'cannot_tell' }))).toContain('❌ *Failed* · `EMEA_DERIV_CFG`');
  });

  it('stands below each batch of a night', () => {
    const entry = { essential: 'SNU', status: 'FAILED', stuck: false, headline: '1 failed', phase: 'PRELIM' } as const;
    const essentials = [
      { ...entry, business_date: '2026-02-13', outcome: 'causes' as const, root_causes: [causeRecord()] },
    ];
    inOrder(
      read(anyAnswer({ kind: 'night', verdict: '1 needs attention.', essentials })),
      '❌ *SNU* PRELIM',
      '`enrich_cfg` of `contractual_cash_flow_results_v1` failed in slice',
    );
  });
});

describe('times', () => {
  const unit = { dataset_id: 'com.x.y-positions', slice: 'EMEA' };
  const parts = { late_start: 0, queue: 5, run: 20, retry: 0, waiting: 0 };
  const usual = { p50: 2700, p90: 3000, p95: 3300, basis: 31, calendar: 'ordinary' as const };

  it('lateness: each link of the critical path with its minutes, then the slack', () => {
    const lateness = {
      end_at: '2026-02-14T05:12:00.000Z',
      ended: true,
      usual_end_at: '2026-02-14T04:47:00.000Z',
      basis: 31,
      total_minutes: 25,
      parts,
      path: [
        {
          ...unit,
          step: 2,
          started_at: '2026-02-14T04:00:00.000Z',
          ended_at: '2026-02-14T05:12:00.000Z',
          minutes: parts,
        },
      ],
      slack: [{ dataset_id: 'com.x.y-trades', minutes: 40 }],
    };
    const answer = (late: typeof lateness) =>
      statusAnswer({ kind: 'lateness', verdict: 'It ended 25 min late.', lateness: late });
    const [link] = lateness.path;
    if (!link) throw new Error('no link');
    inOrder(
      read(answer({ ...lateness, path: [{ ...link, step: 1, ended_at: null as never }, link] })),
      'Step | Slice | Over usual | Ended UTC (New York)',
      '1 | EMEA of positions | +25 min: queue +5 min, run +20 min | not ended',
      '2 | EMEA of positions | +25 min: queue +5 min, run +20 min | 14 Feb 05:12 (00:12)',
    );
    inOrder(
      read(answer(lateness)),
      '*It ended 25 min late.*',
      'Step 2 · `EMEA` of `positions` · 14 Feb 05:12 UTC (14 Feb 00:12 New York) · +25 min (queue +5, run +20)',
      'Slack: `trades` 40 min',
    );
  });

  it('an estimate: how far it is, and what stands in its way', () => {
    inOrder(
      read(statusAnswer({ kind: 'eta', verdict: 'It will not end by itself.', root_causes: [causeRecord()] })),
      '*It will not end by itself.*',
      '*Step 3 of 4*',
      '*task failure*',
    );
  });

  it('durations: a line a slice beside what is usual', () => {
    const durations = {
      phase: { actual_s: 9000, usual: null },
      units: [
        { ...unit, actual_s: 6000, running: true, usual, longer_than: null, last_as_long: null },
        { ...unit, slice: 'NA', actual_s: null, running: false, usual: null, longer_than: null, last_as_long: null },
      ],
    };
    const answer = statusAnswer({ kind: 'durations', verdict: 'One is slow.', durations });
    inOrder(
      read(answer),
      'Slice | Took | Usually | 9 of 10 within',
      'EMEA | 1 h 40 min so far, unusual | 45 min | 50 min',
      'NA | has not run | – | –',
    );
    inOrder(
      read(answer, 'sections'),
      '`EMEA` of `positions` · 1 h 40 min so far, usually 45 min, 9 of 10 within 50 min, beyond its usual range',
      '`NA` of `positions` · has not run, nothing to compare with',
    );
  });

  it('a comparison: slices that differ alike share a line', () => {
    const side = {
      business_date: '2026-02-13',
      phase: 'PRELIM',
      status: 'FAILED',
      started_at: null,
      ended_at: null,
      duration_s: null,
    } as const;
    const there = {
      status: 'SUCCESS',
      started_at: null,
      started_after_min: 5,
      duration_s: 600,
      attempts: 1,
      finished: 1,
    } as const;
    const differs = (slice: string) => ({
      ...unit,
      slice,
      what: ['status' as const],
      before: there,
      after: { ...there, status: 'WAITING' as const, duration_s: null },
    });
    const comparison = {
      before: { ...side, business_date: '2026-02-12' },
      after: side,
      differences: [
        { ...unit, what: ['duration' as const], before: there, after: { ...there, duration_s: 1200 } },
        differs('A'),
        differs('B'),
        { ...unit, slice: 'C', what: ['presence' as const], before: there, after: null },
      ],
      alike: 2,
    };
    const answer = statusAnswer({ kind: 'comparison', verdict: 'Four differ.', comparison });
    inOrder(
      read(answer),
      'Slice | PRELIM 13 Feb | PRELIM 12 Feb',
      'EMEA of positions | ✅ success, 20 min | ✅ success, 10 min',
      '2 slices of positions | ⏸️ waiting | ✅ success',
      'C of positions | not there | ✅ success',
    );
    inOrder(
      read(answer, 'sections'),
      '• `EMEA` of `positions`: ran 20 min instead of 10 min',
      '• 2 slices of `positions`: WAITING instead of SUCCESS',
      '• `C` of `positions`: only in PRELIM of 2026-02-12, SUCCESS',
    );
  });
});
