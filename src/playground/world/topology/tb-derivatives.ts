import type { EssentialTopology } from './types.ts';

export const TB_DERIVATIVES: EssentialTopology = {
  name: 'TB-Derivatives',
  effectiveFrom: '2025-10-24T17:33:32',
  final: { chance: 0.85, usual: /^(PB-EMEA-SLICE|EMEA_.*_CFG|EMEA_DERIV_CFG|AWS_.*EMEA)$/, extra: 0.05 },
  datasets: [
    {
      datasetId: 'com.jpmc.ct.lri.derivatives-pb_synthetics_trs_e15',
      sliceGroups: {
        slices: ['PB-GLOBAL-SLICE', 'PB-REGIONAL-SLICE', 'PB-EMEA-SLICE', 'PB-NA-SLICE', 'PB-APAC-SLICE'],
      },
      sequenceOrder: 0,
    },
    { datasetId: 'com.jpmc.ct.lri.derivatives-slsline_calculator_e15', sequenceOrder: 0 },
    { datasetId: 'com.jpmc.ct.lri.derivatives-calc_intercompany_fx_adjustment_e15', sequenceOrder: 1 },
    { datasetId: 'com.jpmc.ct.lri.derivatives-calc_secured_vs_unsecured_e15', sequenceOrder: 2 },
    {
      datasetId: 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1',
      sliceGroups: {
        DERIV: [
          'EMEA_DERIV_CFG',
          'EMEA_SEC_VS_UNSEC_CFG',
          'GLOBAL_DERIV_CFG',
          'GLOBAL_SEC_VS_UNSEC_CFG',
          'GLOBAL_PBSYNTHETICS_CFG',
        ],
      },
      sequenceOrder: 3,
    },
    {
      datasetId: 'com.jpmc.ct.lri.sls-sls_aws_details_extended_v1',
      sliceGroups: {
        DERIV: [
          'AWS_CRI_OTC_DERIV_EMEA',
          'AWS_OTC_DERIV_AGG_EMEA',
          'AWS_CRI_OTC_DERIV_GLOBAL',
          'AWS_OTC_DERIV_AGG_GLOBAL',
          'GLOBAL_SEC_VS_UNSEC_CFG',
          'EMEA_SEC_VS_UNSEC_CFG',
          'AWS_DERIV_PB_SYNTHETIC_GLOBAL',
        ],
      },
      sequenceOrder: 4,
    },
    {
      datasetId: 'com.jpmc.ct.lri.intercompany-intercompany_results',
      sliceGroups: {
        DERIV: [
          'AWS_OTC_DERIV_AGG_EMEA',
          'AWS_CRI_OTC_DERIV_EMEA',
          'AWS_DERIV_PB_SYNTHETIC_EMEA',
          'AWS_OTC_DERIV_AGG_GLOBAL',
          'AWS_CRI_OTC_DERIV_GLOBAL',
        ],
      },
      sequenceOrder: 5,
    },
  ],
};

export const PB_SYNTHETICS: EssentialTopology = {
  name: 'PBSynthetics',
  effectiveFrom: '2025-09-12T10:15:00',
  final: { chance: 0.8, usual: /NA/, extra: 0.05 },
  datasets: [
    {
      datasetId: 'com.jpmc.ct.lri.derivatives-pb_synthetics_positions_v2',
      sliceGroups: { slices: ['PB-NA-SLICE-1', 'PB-NA-SLICE-10', 'NA-SLICE-1', 'PB-EMEA-SLICE-1', 'PB-APAC-SLICE-1'] },
      sequenceOrder: 0,
    },
    { datasetId: 'com.jpmc.ct.lri.pbs-synthetic_financing_accrual_e15', sequenceOrder: 1 },
    {
      datasetId: 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1',
      sliceGroups: { DERIV: ['GLOBAL_PBSYNTHETICS_CFG'], PBS: ['NA_PBS_CFG', 'EMEA_PBS_CFG'] },
      sequenceOrder: 2,
    },
    {
      datasetId: 'com.jpmc.ct.lri.sls-sls_aws_details_extended_v1',
      sliceGroups: { PBS: ['AWS_PBS_NA', 'AWS_PBS_EMEA'] },
      sequenceOrder: 3,
    },
  ],
};
