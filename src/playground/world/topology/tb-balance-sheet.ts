import type { EssentialTopology } from './types.ts';

export const TB_CFG: EssentialTopology = {
  name: 'TB-CFG',
  effectiveFrom: '2025-10-01T07:30:00',
  final: { chance: 0.85, usual: /DEPOSITS|^$/, extra: 0.06 },
  datasets: [
    { datasetId: 'com.jpmc.ct.lri.refdata-counterparty_hierarchy_v1', sequenceOrder: 0 },
    {
      datasetId: 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1',
      sliceGroups: {
        CFG: ['GLOBAL_LOANS_CFG', 'EMEA_LOANS_CFG', 'NA_DEPOSITS_CFG', 'NA_DEPOSITS'],
        SEC: ['GLOBAL_SEC_CFG'],
        DERIV: ['GLOBAL_DERIV_CFG'],
      },
      sequenceOrder: 1,
    },
    {
      datasetId: 'com.jpmc.ct.lri.cfg-behavioural_cash_flow_v1',
      sliceGroups: { slices: ['BEHAV_LOANS', 'BEHAV_DEPOSITS', 'BEHAV_DEPOSITS_1', 'BEHAV_DEPOSITS_10'] },
      sequenceOrder: 2,
    },
    { datasetId: 'com.jpmc.ct.lri.cfg-cash_flow_ladder_e15', sequenceOrder: 3 },
  ],
};

export const TB_SMAA: EssentialTopology = {
  name: 'TB-SMAA',
  effectiveFrom: '2025-05-19T11:20:00',
  final: { chance: 0.7, usual: /_NA|_RETAIL_NA/, extra: 0.05 },
  datasets: [
    {
      datasetId: 'com.jpmc.ct.lri.smaa-account_attributes_v1',
      sliceGroups: { slices: ['ACCT_RETAIL_NA', 'ACCT_WHOLESALE_NA', 'ACCT_WHOLESALE_EMEA', 'ACCT_WHOLESALE_APAC'] },
      sequenceOrder: 0,
    },
    { datasetId: 'com.jpmc.ct.lri.smaa-segment_mapping_e15', sequenceOrder: 1 },
    {
      datasetId: 'com.jpmc.ct.lri.smaa-maturity_allocation_v1',
      sliceGroups: { slices: ['MAT_RETAIL_NA', 'MAT_WHOLESALE_NA', 'MAT_WHOLESALE_EMEA', 'MAT_WHOLESALE_APAC'] },
      sequenceOrder: 2,
    },
    {
      datasetId: 'com.jpmc.ct.lri.sls-sls_aws_details_extended_v1',
      sliceGroups: { SMAA: ['AWS_SMAA_GLOBAL'] },
      sequenceOrder: 3,
    },
  ],
};

export const UPC: EssentialTopology = {
  name: 'UPC',
  effectiveFrom: '2025-04-28T06:00:00',
  final: { chance: 0.95, usual: /^UP/, extra: 0 },
  datasets: [
    { datasetId: 'com.jpmc.ct.lri.refdata-counterparty_hierarchy_v1', sequenceOrder: 0 },
    { datasetId: 'com.jpmc.ct.lri.upc-product_catalogue_v1', sequenceOrder: 0 },
    {
      datasetId: 'com.jpmc.ct.lri.upc-unified_position_contract_v4',
      sliceGroups: {
        NA: ['UPC_POS_NA', 'UPC_POS_NA_SLICE-1', 'UPC_POS_NA_SLICE-10'],
        EMEA: ['UPC_POS_EMEA', 'UPC_POS_EMEA_SLICE-1'],
        APAC: ['UPC_POS_APAC'],
      },
      sequenceOrder: 1,
    },
    {
      datasetId: 'com.jpmc.ct.lri.upc-upc_results_e15',
      sliceGroups: { slices: ['UPC_GLOBAL', 'UPC_NA', 'UPC_EMEA'] },
      sequenceOrder: 2,
    },
  ],
};
