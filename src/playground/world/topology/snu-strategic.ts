import type { EssentialTopology } from './types.ts';

export const SNU_STRATEGIC: EssentialTopology = {
  name: 'SNU-Strategic',
  effectiveFrom: '2025-10-15T13:00:00',
  final: { chance: 0.7, usual: /STRAT_(IN|CALC)_EMEA|^$/, extra: 0.05 },
  datasets: [
    {
      datasetId: 'com.jpmc.ct.lri.snu-strategic_input_v1',
      sliceGroups: { slices: ['STRAT_IN_NA', 'STRAT_IN_EMEA', 'STRAT_IN_APAC'] },
      sequenceOrder: 0,
    },
    {
      datasetId: 'com.jpmc.ct.lri.snu-product_mapping_v2',
      sliceGroups: { SHARED: ['MAP_STRATEGIC'] },
      sequenceOrder: 1,
    },
    {
      datasetId: 'com.jpmc.ct.lri.snu-strategic_calculator_v1',
      sliceGroups: { BASE: ['STRAT_CALC_NA', 'STRAT_CALC_EMEA'], STRESS: ['STRAT_CALC_STRESS'] },
      sequenceOrder: 2,
    },
    { datasetId: 'com.jpmc.ct.lri.snu-strategic_results_v1', sequenceOrder: 3 },
  ],
};

/** Its steps are numbered with room between them: rank, not number, is what people call a step. */
export const SNU_REG_STRATEGIC: EssentialTopology = {
  name: 'SNU-REG-STRATEGIC',
  effectiveFrom: '2025-10-20T13:00:00',
  final: { chance: 0.08, usual: /^/, extra: 0 },
  datasets: [
    {
      datasetId: 'com.jpmc.ct.lri.liquidity-lcr_inflows_v3',
      sliceGroups: { REG: ['LCR_IN_REG_NA', 'LCR_IN_REG_EMEA'] },
      sequenceOrder: 0,
    },
    {
      datasetId: 'com.jpmc.ct.lri.liquidity-lcr_outflows_v3',
      sliceGroups: { REG: ['LCR_OUT_REG_NA', 'LCR_OUT_REG_EMEA'] },
      sequenceOrder: 0,
    },
    { datasetId: 'com.jpmc.ct.lri.regulatory-reg_rule_mapping_e15', sequenceOrder: 10 },
    {
      datasetId: 'com.jpmc.ct.lri.regulatory-reg_submission_v1',
      sliceGroups: { slices: ['REG_SUB_NA', 'REG_SUB_EMEA', 'REG_SUB_EMEA_1'] },
      sequenceOrder: 20,
    },
  ],
};
