import type { CausesFinding, EtaFinding, Finding } from '../../src/batch/finding.ts';
import type { Diagnosis, Evidence, Family, RankedCause, UsualEvidence } from '../../src/batch/rca/cause.ts';
import type { PhaseState } from '../../src/batch/state.ts';
import { NIGHT } from './small-world.ts';

export const CFG = 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1';
export const INTERCOMPANY = 'com.jpmc.ct.lri.intercompany-intercompany_results';
export const RUN = `FGW_contractual_cash_flow_results_v1_V2_${NIGHT}_EMEA_DERIV_CFG_1771034400000`;
export const at = (time: string) => Date.parse(`${time}:00Z`);

const TASK: Evidence = {
  kind: 'task',
  dagId: 'contractual_cash_flow_results_v1_V2',
  runId: RUN,
  taskId: 'enrich_cfg',
  mapIndex: -1,
  says: {
    state: 'failed',
    tryNumber: 1,
    startedAt: at('2026-02-14T01:47'),
    endedAt: at('2026-02-14T03:12'),
    durationS: 5100,
    hostname: 'pod-17',
  },
};

/** A task failure of EMEA_DERIV_CFG, unless said otherwise. */
export function cause(family: Family, more: Partial<RankedCause> = {}): RankedCause {
  return {
    family,
    rank: 1,
    confidence: 'high',
    datasetId: CFG,
    slice: 'EMEA_DERIV_CFG',
    slices: ['EMEA_DERIV_CFG'],
    dagId: 'contractual_cash_flow_results_v1_V2',
    dagRunId: RUN,
    taskId: 'enrich_cfg',
    tryNumber: 1,
    operator: null,
    host: null,
    window: null,
    at: at('2026-02-14T03:12'),
    minutes: null,
    symptoms: 1,
    units: [],
    evidence: [TASK],
    affects: { datasets: [CFG, INTERCOMPANY], essentials: ['TB-Derivatives', 'SNU'] },
    recurring: null,
    ...more,
  };
}

/** The slow task that a timing cause rests on: 1 h 40 min instead of 45 min. */
export const SLOW: UsualEvidence = {
  kind: 'usual',
  what: 'duration',
  datasetId: CFG,
  slice: 'EMEA_DERIV_CFG',
  taskId: 'enrich_cfg',
  actualS: 6000,
  medianS: 2700,
  upperS: 3600,
  basis: 31,
};

export function diagnosis(causes: readonly RankedCause[], more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    outcome: causes.length > 0 ? 'causes' : 'nothing_wrong',
    causes,
    ruledOut: [],
    observations: [],
    gaps: [],
    ...more,
  };
}

interface Base {
  state: PhaseState;
}

/** The answer to "why" about a state that was read. */
export function causesFinding(
  { state }: Base,
  causes: readonly RankedCause[],
  more: Partial<CausesFinding> = {},
): CausesFinding {
  return {
    kind: 'causes',
    essential: state.essential,
    businessDate: state.businessDate,
    phase: state.phase,
    state,
    other: { phase: 'FINAL', status: 'NOT_STARTED' },
    notes: [],
    gaps: [],
    focus: 'cause',
    meant: null,
    diagnosis: diagnosis(causes),
    lateness: null,
    deadline: null,
    ...more,
  };
}

/** The answer to "when": half of the time by 04:00, nine times in ten by 04:40. */
export function etaFinding(base: Base, more: Partial<EtaFinding> = {}): EtaFinding {
  const { focus: _, meant: __, lateness: ___, deadline: ____, ...about } = causesFinding(base, []);
  return {
    ...about,
    kind: 'eta',
    estimate: {
      p50: at('2026-02-14T09:00'),
      p90: at('2026-02-14T09:40'),
      basis: 28,
      chanceOfMissing: (instant) => (instant < at('2026-02-14T09:00') ? 0.8 : 0.1),
    },
    target: null,
    chanceOfMissing: null,
    diagnosis: null,
    ...more,
  };
}

/** The state that an inquiry found. */
export function stateOf(finding: Finding): Base {
  if (!('state' in finding)) throw new Error('no state was found');
  return { state: finding.state };
}
