import fc from 'fast-check';
import type { Answer } from '../../../src/agent/answer.ts';
import { FAMILIES } from '../../../src/batch/rca/cause.ts';
import { anyAnswer } from '../sample-answers.ts';

/** Text as an enemy would write it. */
export const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<!channel> now',
      '<@U0ALICE001> and <!subteam^S1|@ops>',
      '<https://evil.example|click>',
      '[click](https://evil.example)',
      '![x](http://evil.example/x.png)',
      '@channel @here @everyone',
      'www.evil.example mailto:a@evil.example',
      '`*_~>&<',
      '\u202Eevil\u0000\u0007',
      '&lt;!channel&gt;',
      '```\nx\n```',
      '<!date^1^{date}^https://evil.example|x>',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4000 }).map((length) => '<&>`*🎉@'.repeat(length / 8 + 1)) },
);

const unitStatus = fc.constantFrom(
  'SUCCESS',
  'FAILED',
  'CANCELLED',
  'RUNNING',
  'QUEUED',
  'UNKNOWN',
  'WAITING',
  'NOT_STARTED',
) as fc.Arbitrary<Answer['failures'][number]['status']>;
const status = fc.constantFrom(
  'NOT_STARTED',
  'SUCCESS',
  'PARTIAL_FAILURE',
  'FAILED',
  'RUNNING',
  'UNKNOWN',
  'WAITING',
) as fc.Arbitrary<NonNullable<Answer['status']>>;
const phase = fc.constantFrom('PRELIM', 'FINAL') as fc.Arbitrary<'PRELIM' | 'FINAL'>;
const iso = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const day = iso.map((each) => each.slice(0, 10));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const count = fc.nat({ max: 400 });
const seconds = maybe(fc.double({ min: 0, max: 400_000, noNaN: true }));
const kinds: Answer['kind'][] = [
  'status',
  'progress',
  'slices',
  'tasks',
  'history',
  'night',
  'causes',
  'lateness',
  'eta',
  'comparison',
  'durations',
  'clarification',
  'refusal',
  'help',
  'error',
];

const slice = fc.record({
  slice: maybe(hostile),
  listed: fc.boolean(),
  status: unitStatus,
  stuck: fc.boolean(),
  attempts: count,
  dag_run_id: maybe(hostile),
  started_at: maybe(iso),
  ended_at: maybe(iso),
  duration_s: seconds,
  repaired: fc.boolean(),
});

const outcome = fc.constantFrom('causes', 'nothing_wrong', 'cannot_tell') as fc.Arbitrary<
  NonNullable<Answer['outcome']>
>;
const family = fc.constantFrom(...FAMILIES);

const cause: fc.Arbitrary<Answer['root_causes'][number]> = fc.record({
  rank: count,
  family,
  confidence: fc.constantFrom('high', 'medium', 'low'),
  dataset_id: maybe(hostile),
  slice: maybe(hostile),
  dag_run_id: maybe(hostile),
  task_id: maybe(hostile),
  try_number: maybe(count),
  operator: maybe(hostile),
  host: maybe(hostile),
  window: maybe(fc.record({ from: iso, to: iso })),
  at: iso,
  recurring: maybe(fc.record({ failed: count, of: count })),
  affects: fc.record({
    datasets: fc.array(hostile, { maxLength: 6 }),
    essentials: fc.array(hostile, { maxLength: 6 }),
  }),
  evidence: fc.array(fc.constantFrom('s1', 's2'), { maxLength: 3 }),
  slices: fc.array(maybe(hostile), { maxLength: 6 }),
  dag_id: maybe(hostile),
  minutes: maybe(count),
  summary: hostile,
  facts: fc.array(hostile, { maxLength: 8 }),
  last_remedy: maybe(
    fc.record({ business_date: day, how: fc.constantFrom('manual_retry', 'rerun'), after_minutes: count }),
  ),
  owner: maybe(hostile),
  runbook: maybe(fc.oneof(fc.constant('https://runbooks.example/a?b=1&c=<x>'), hostile)),
});

const usual = fc.record({
  p50: count,
  p90: count,
  p95: count,
  basis: count,
  calendar: fc.constantFrom('ordinary', 'month_end', 'all'),
}) as fc.Arbitrary<NonNullable<Answer['usual']>>;
const minutes = fc.integer({ min: -300, max: 900 });
const parts = fc.record({ late_start: minutes, queue: minutes, run: minutes, retry: minutes, waiting: minutes });
const lateness = fc.record({
  end_at: iso,
  ended: fc.boolean(),
  usual_end_at: iso,
  basis: count,
  total_minutes: minutes,
  parts,
  path: fc.array(
    fc.record({
      dataset_id: hostile,
      slice: maybe(hostile),
      step: count,
      started_at: iso,
      ended_at: maybe(iso),
      minutes: parts,
    }),
    { maxLength: 40 },
  ),
  slack: fc.array(fc.record({ dataset_id: hostile, minutes }), { maxLength: 40 }),
});
const comparedNight = fc.record({
  business_date: day,
  phase,
  status,
  started_at: maybe(iso),
  ended_at: maybe(iso),
  duration_s: seconds,
});
const comparedUnit = fc.record({
  status: unitStatus,
  started_at: maybe(iso),
  started_after_min: maybe(minutes),
  duration_s: seconds,
  attempts: count,
  finished: maybe(count),
});
const comparison = fc.record({
  before: comparedNight,
  after: comparedNight,
  differences: fc.array(
    fc.record({
      dataset_id: hostile,
      slice: maybe(hostile),
      what: fc.subarray(['status', 'presence', 'start', 'duration', 'attempts', 'order']),
      before: maybe(comparedUnit),
      after: maybe(comparedUnit),
    }),
    { maxLength: 40 },
  ),
  alike: count,
}) as fc.Arbitrary<NonNullable<Answer['comparison']>>;
const durations = fc.record({
  phase: fc.record({ actual_s: seconds, usual: maybe(usual) }),
  units: fc.array(
    fc.record({
      dataset_id: hostile,
      slice: maybe(hostile),
      actual_s: seconds,
      running: fc.boolean(),
      usual: maybe(usual),
      longer_than: maybe(fc.record({ of: count, dates: count })),
      last_as_long: maybe(day),
    }),
    { maxLength: 60 },
  ),
});

/** Any answer that the contract allows, also absurd ones. */
export const answers: fc.Arbitrary<Answer> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    essential: maybe(hostile),
    business_date: maybe(day),
    phase: maybe(phase),
    status: maybe(status),
    other_phase: maybe(fc.record({ phase, status })),
    essentials: fc.array(
      fc.record({
        essential: hostile,
        business_date: day,
        phase,
        status,
        stuck: fc.boolean(),
        headline: hostile,
        outcome: maybe(outcome),
        root_causes: fc.array(cause, { maxLength: 3 }),
      }),
      {
        maxLength: 60,
      },
    ),
    text: hostile,
    progress: maybe(
      fc.record({ step: count, of: count, datasets_done: count, datasets: count, slices_done: count, slices: count }),
    ),
    datasets: fc.array(
      fc.record({
        dataset_id: hostile,
        sequence_order: count,
        step: fc.integer({ min: 1, max: 40 }),
        status: unitStatus,
        slices: fc.array(slice, { maxLength: 30 }),
      }),
      { maxLength: 40 },
    ),
    gaps: fc.array(hostile, { maxLength: 12 }),
    suggestions: fc.array(hostile, { maxLength: 8 }),
    verdict: hostile,
    prose: hostile,
    notes: fc.array(hostile, { maxLength: 12 }),
    reference: hostile,
    failures: fc.array(
      fc.record({
        dataset_id: hostile,
        sequence_order: count,
        slice: maybe(hostile),
        status: unitStatus,
        stuck: fc.boolean(),
        dag_id: maybe(hostile),
        dag_run_id: maybe(hostile),
        attempt: count,
        started_at: maybe(iso),
        ended_at: maybe(iso),
        duration_s: seconds,
        task_id: maybe(hostile),
        detail: maybe(hostile),
      }),
      { maxLength: 60 },
    ),
    tasks: fc.array(
      fc.record({
        dataset_id: hostile,
        slice: maybe(hostile),
        dag_id: fc.constantFrom('a', 'b', 'c'),
        dag_run_id: fc.oneof(fc.constantFrom('r1', 'r2', 'r3'), hostile),
        task_id: hostile,
        state: maybe(fc.oneof(fc.constantFrom('success', 'failed', 'upstream_failed', 'running'), hostile)),
        try_number: maybe(count),
        operator: maybe(hostile),
        host: maybe(hostile),
        started_at: maybe(iso),
        ended_at: maybe(iso),
        duration_s: seconds,
        first_failure: fc.boolean(),
      }),
      { maxLength: 80 },
    ),
    history: fc.array(
      fc.record({
        business_date: day,
        phase,
        status,
        started_at: maybe(iso),
        ended_at: maybe(iso),
        duration_s: seconds,
        failed_slices: count,
        repaired_slices: count,
      }),
      { maxLength: 40 },
    ),
    outcome: maybe(outcome),
    root_causes: fc.array(cause, { maxLength: 25 }),
    ruled_out: fc.array(fc.record({ family, why: hostile }), { maxLength: 12 }),
    observations: fc.array(
      fc.record({
        kind: fc.constantFrom('blocked_upstream', 'flaky', 'recurring', 'repaired'),
        dataset_ids: fc.array(hostile, { maxLength: 4 }),
        slice: maybe(hostile),
        task_id: maybe(hostile),
        summary: hostile,
      }),
      { maxLength: 6 },
    ),
    next: fc.array(hostile, { maxLength: 10 }),
    deadline: maybe(iso),
    target: maybe(fc.record({ at: iso, source: fc.constantFrom('asked', 'deadline') })),
    eta: maybe(fc.record({ p50: iso, p90: iso, basis: count })),
    chance_of_missing: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    lateness: maybe(lateness),
    comparison: maybe(comparison),
    durations: maybe(durations),
    usual: maybe(usual),
    recurrences: fc.array(
      fc.record({
        dataset_id: hostile,
        task_id: hostile,
        failed: count,
        of: count,
        dates: fc.array(day, { maxLength: 5 }),
      }),
      { maxLength: 5 },
    ),
    options: fc.array(fc.record({ label: hostile, question: hostile }), { maxLength: 9 }),
    frozen_clock: maybe(iso),
    time_zone: fc.constantFrom('America/New_York', 'UTC', 'Asia/Tokyo'),
    error: maybe(fc.record({ code: hostile, message: hostile, remedy: hostile })),
  })
  .map((fields) => anyAnswer(fields));
