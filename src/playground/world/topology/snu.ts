import type { EssentialTopology } from './types.ts';

/** The widest of them: 22 datasets out of many namespaces, of which only some carry its name. */
export const SNU: EssentialTopology = {
  name: 'SNU',
  effectiveFrom: '2025-09-30T18:05:41',
  final: { chance: 0.75, usual: /EMEA|^$/, extra: 0.06 },
  datasets: [
    { datasetId: 'com.jpmc.ct.lri.upc-product_catalogue_v1', sequenceOrder: 0 },
    { datasetId: 'com.jpmc.ct.lri.derivatives-slsline_calculator_e15', sequenceOrder: 0 },
    { datasetId: 'com.jpmc.ct.lri.refdata-fx_rates_eod', sequenceOrder: 0 },
    {
      datasetId: 'com.jpmc.ct.lri.snu-source_feed_loans_v1',
      sliceGroups: { slices: ['LOANS_NA', 'LOANS_EMEA'] },
      sequenceOrder: 0,
    },
    {
      datasetId: 'com.jpmc.ct.lri.snu-source_feed_deposits_v1',
      sliceGroups: { slices: ['DEP_NA', 'DEP_EMEA', 'DEP_APAC'] },
      sequenceOrder: 0,
    },
    {
      datasetId: 'com.jpmc.ct.lri.upc-upc_results_e15',
      sliceGroups: { UPC: ['UPC_GLOBAL'] },
      sequenceOrder: 1,
    },
    { datasetId: 'com.jpmc.ct.lri.snu-counterparty_cleansing_e15', sequenceOrder: 1 },
    {
      datasetId: 'com.jpmc.ct.lri.snu-product_mapping_v2',
      sliceGroups: {
        RETAIL: ['MAP_RETAIL_NA'],
        WHOLESALE: ['MAP_WHOLESALE_NA', 'MAP_WHOLESALE_EMEA'],
        SHARED: ['MAP_STRATEGIC'],
      },
      sequenceOrder: 1,
    },
    {
      datasetId: 'com.jpmc.ct.lri.intercompany-intercompany_results',
      sliceGroups: { DERIV: ['AWS_OTC_DERIV_AGG_GLOBAL'] },
      sequenceOrder: 1,
    },
    {
      datasetId: 'com.jpmc.ct.lri.snu-stress_allocation_v2',
      sliceGroups: { slices: ['STRESS-NA-SLICE-1', 'STRESS-NA-SLICE-10', 'STRESS-EMEA-SLICE-1'] },
      sequenceOrder: 2,
    },
    {
      datasetId: 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1',
      sliceGroups: { SNU: ['SNU_LOANS_CFG', 'SNU_DEPOSITS_CFG'] },
      sequenceOrder: 2,
    },
    { datasetId: 'com.jpmc.ct.lri.snu-intraday_liquidity_e15', sequenceOrder: 2 },
    {
      datasetId: 'com.jpmc.ct.lri.liquidity-lcr_inflows_v3',
      sliceGroups: { SNU: ['LCR_IN_NA', 'LCR_IN_EMEA'] },
      sequenceOrder: 3,
    },
    {
      datasetId: 'com.jpmc.ct.lri.liquidity-lcr_outflows_v3',
      sliceGroups: { SNU: ['LCR_OUT_NA', 'LCR_OUT_EMEA'] },
      sequenceOrder: 3,
    },
    {
      datasetId: 'com.jpmc.ct.lri.liquidity-nsfr_asf_v2',
      sliceGroups: { slices: ['ASF_NA', 'ASF_EMEA'] },
      sequenceOrder: 4,
    },
    {
      datasetId: 'com.jpmc.ct.lri.liquidity-nsfr_rsf_v2',
      sliceGroups: { slices: ['RSF_NA', 'RSF_EMEA'] },
      sequenceOrder: 4,
    },
    { datasetId: 'com.jpmc.ct.lri.snu-survival_horizon_e15', sequenceOrder: 4 },
    {
      datasetId: 'com.jpmc.ct.lri.sls-sls_aws_details_extended_v1',
      sliceGroups: { SNU: ['AWS_SNU_GLOBAL', 'AWS_SNU_EMEA'] },
      sequenceOrder: 5,
    },
    {
      datasetId: 'com.jpmc.ct.lri.snu-buffer_results_v1',
      sliceGroups: { slices: ['BUFFER_NA', 'BUFFER_EMEA'] },
      sequenceOrder: 5,
    },
    {
      datasetId: 'com.jpmc.ct.lri.cfg-behavioural_cash_flow_v1',
      sliceGroups: { SNU: ['BEHAV_SNU'] },
      sequenceOrder: 5,
    },
    {
      datasetId: 'com.jpmc.ct.lri.snu-report_extract_v1',
      sliceGroups: { slices: ['REPORT_INTERNAL', 'REPORT_EMEA'] },
      sequenceOrder: 6,
    },
    { datasetId: 'com.jpmc.ct.lri.snu-publication_e15', sequenceOrder: 6 },
  ],
};
