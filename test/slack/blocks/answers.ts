import fc from 'fast-check';
import type { Answer } from '../../../src/agent/answer.ts';
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
      fc.record({ essential: hostile, business_date: day, phase, status, stuck: fc.boolean(), headline: hostile }),
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
    options: fc.array(fc.record({ label: hostile, question: hostile }), { maxLength: 9 }),
    frozen_clock: maybe(iso),
    time_zone: fc.constantFrom('America/New_York', 'UTC', 'Asia/Tokyo'),
    error: maybe(fc.record({ code: hostile, message: hostile, remedy: hostile })),
  })
  .map((fields) => anyAnswer(fields));
