import type { Answer } from '../../src/agent/answer.ts';

type Overrides = Partial<Answer>;
type Slice = Answer['datasets'][number]['slices'][number];

const DERIV = 'com.jpmc.ct.lri.derivatives-';

export function slice(name: string | null, status: Slice['status'], more: Partial<Slice> = {}): Slice {
  return {
    slice: name,
    listed: true,
    status,
    stuck: false,
    attempts: 1,
    dag_run_id: `FGW_slsline_calculator_e15_V2_2026-02-13_${name ?? 'X'}_1771000676695`,
    started_at: '2026-02-14T01:02:00.000Z',
    ended_at: '2026-02-14T02:27:00.000Z',
    duration_s: 5100,
    repaired: false,
    ...more,
  };
}

const EMPTY: Answer = {
  question: 'how is derivatives doing?',
  tier: 1,
  essential: null,
  business_date: null,
  phase: null,
  status: null,
  other_phase: null,
  essentials: [],
  text: '',
  progress: null,
  datasets: [],
  root_causes: [],
  ruled_out: [],
  gaps: [],
  eta: null,
  sources: [],
  suggestions: [],
  usage: { llm_calls: 0, input_tokens: 0, output_tokens: 0, tool_calls: 0, ms: 3 },
  error: null,
  kind: 'status',
  reference: 'abc234',
  verdict: '',
  prose: '',
  notes: [],
  failures: [],
  tasks: [],
  history: [],
  outcome: null,
  observations: [],
  next: [],
  deadline: null,
  target: null,
  chance_of_missing: null,
  lateness: null,
  comparison: null,
  durations: null,
  usual: null,
  recurrences: [],
  options: [],
  frozen_clock: null,
  time_zone: 'America/New_York',
};

export function anyAnswer(overrides: Overrides = {}): Answer {
  return { ...EMPTY, ...overrides };
}

/** A partial failure of TB-Derivatives: step 3 has a failed slice, step 4 waits. */
export function statusAnswer(overrides: Overrides = {}): Answer {
  return anyAnswer({
    essential: 'TB-Derivatives',
    business_date: '2026-02-13',
    phase: 'PRELIM',
    status: 'PARTIAL_FAILURE',
    other_phase: { phase: 'FINAL', status: 'NOT_STARTED' },
    verdict: 'TB-Derivatives PRELIM for 2026-02-13 is PARTIAL_FAILURE: 1 of 6 slices failed, step 3 of 4.',
    prose: '`EMEA_DERIV_CFG` of `derivatives-slsline_calculator_e15` failed on attempt 2. Step 4 waits for it.',
    progress: { step: 3, of: 4, datasets_done: 2, datasets: 4, slices_done: 4, slices: 6 },
    datasets: [
      {
        dataset_id: `${DERIV}trade_feed`,
        sequence_order: 0,
        step: 1,
        status: 'SUCCESS',
        slices: [slice('EMEA', 'SUCCESS'), slice('NA', 'SUCCESS')],
      },
      {
        dataset_id: `${DERIV}enrich_v1`,
        sequence_order: 1,
        step: 2,
        status: 'SUCCESS',
        slices: [slice(null, 'SUCCESS')],
      },
      {
        dataset_id: `${DERIV}slsline_calculator_e15`,
        sequence_order: 3,
        step: 3,
        status: 'FAILED',
        slices: [slice('EMEA_DERIV_CFG', 'FAILED', { attempts: 2 }), slice('NA_DERIV_CFG', 'SUCCESS')],
      },
      {
        dataset_id: `${DERIV}report`,
        sequence_order: 7,
        step: 4,
        status: 'WAITING',
        slices: [
          slice(null, 'WAITING', { dag_run_id: null, started_at: null, ended_at: null, duration_s: null, attempts: 0 }),
        ],
      },
    ],
    failures: [
      {
        dataset_id: `${DERIV}slsline_calculator_e15`,
        sequence_order: 3,
        slice: 'EMEA_DERIV_CFG',
        status: 'FAILED',
        stuck: false,
        dag_id: 'slsline_calculator_e15_V2',
        dag_run_id: 'FGW_slsline_calculator_e15_V2_2026-02-13_EMEA_DERIV_CFG_1771031820000',
        attempt: 2,
        started_at: '2026-02-14T01:02:00.000Z',
        ended_at: '2026-02-14T02:27:00.000Z',
        duration_s: 5100,
        task_id: 'enrich_com.jpmc.ct.lri.derivatives-slsline_calculator_e15',
        detail: 'DAG slsline_calculator_e15_V2 failed',
      },
    ],
    notes: ['You said "derivs": I took it for TB-Derivatives.'],
    gaps: ['Logs and code are not in these tables.'],
    sources: [{ id: 's1', tool: 'get_batch_status', sql: 'select 1', parameters: [], rows: 24, ms: 12 }],
    suggestions: ['which task failed in EMEA_DERIV_CFG?', 'what about final?'],
    ...overrides,
  });
}
