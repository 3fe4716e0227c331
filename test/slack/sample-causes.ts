import type { Answer } from '../../src/agent/answer.ts';

type Cause = Answer['root_causes'][number];

const CFG = 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1';

/** A failed task with all that can be said of it. */
export function causeRecord(more: Partial<Cause> = {}): Cause {
  return {
    rank: 1,
    family: 'task_failure',
    confidence: 'high',
    dataset_id: CFG,
    slice: 'EMEA_DERIV_CFG',
    dag_run_id: 'FGW_contractual_cash_flow_results_v1_V2_2026-02-13_EMEA_DERIV_CFG_1771031820000',
    task_id: 'enrich_cfg',
    try_number: 1,
    operator: null,
    host: null,
    window: null,
    at: '2026-02-14T02:27:00.000Z',
    recurring: { failed: 3, of: 10 },
    affects: { datasets: [CFG], essentials: ['TB-Derivatives'] },
    evidence: ['s1'],
    slices: ['EMEA_DERIV_CFG'],
    dag_id: 'contractual_cash_flow_results_v1_V2',
    minutes: null,
    summary: '`enrich_cfg` of `contractual_cash_flow_results_v1` failed in slice `EMEA_DERIV_CFG` at 02:27 UTC.',
    facts: ['Task `enrich_cfg`: failed, try 1, ran 1 h 25 min'],
    last_remedy: { business_date: '2026-02-12', how: 'manual_retry', after_minutes: 40 },
    owner: 'Derivatives support',
    runbook: 'https://runbooks.example.com/cfg?a=1&b=2',
    ...more,
  };
}
