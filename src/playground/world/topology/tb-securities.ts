import type { EssentialTopology } from './types.ts';

export const TB_SECURITIES: EssentialTopology = {
  name: 'TB-Securities',
  effectiveFrom: '2025-08-18T09:00:00',
  final: { chance: 0.9, usual: /EMEA/, extra: 0.05 },
  datasets: [
    { datasetId: 'com.jpmc.ct.lri.refdata-counterparty_hierarchy_v1' },
    {
      datasetId: 'com.jpmc.ct.lri.securities-position_snapshot_v3',
      sliceGroups: {
        slices: ['SEC-NA-SLICE-1', 'SEC-NA-SLICE-2', 'SEC-NA-SLICE-10', 'SEC-EMEA-SLICE-1', 'SEC-APAC-SLICE-1'],
      },
      sequenceOrder: 0,
    },
    {
      datasetId: 'com.jpmc.ct.lri.securities-market_value_enriched_v2',
      sliceGroups: {
        EQUITY: ['EQ_NA_CASH', 'EQ_EMEA_CASH', 'EQ_APAC_CASH'],
        FIXED_INCOME: ['FI_NA_GOVT', 'FI_EMEA_GOVT', 'FI_EMEA_GOVT_CORP', 'EQ_EMEA_CASH'],
      },
      sequenceOrder: 1,
    },
    { datasetId: 'com.jpmc.ct.lri.securities-hqla_classification_e15', sequenceOrder: 2 },
    {
      datasetId: 'com.jpmc.ct.lri.sls-sls_aws_details_extended_v1',
      sliceGroups: { SEC: ['AWS_SEC_AGG_GLOBAL', 'AWS_SEC_AGG_EMEA'] },
      sequenceOrder: 3,
    },
    {
      datasetId: 'com.jpmc.ct.lri.intercompany-intercompany_results',
      sliceGroups: { SEC: ['AWS_SEC_AGG_GLOBAL', 'AWS_SEC_AGG_EMEA'] },
      sequenceOrder: 4,
    },
  ],
};

export const TB_SECFIN: EssentialTopology = {
  name: 'TB-SecFIn',
  effectiveFrom: '2025-10-06T12:00:00',
  final: { chance: 0.14, usual: /^/, extra: 0 },
  datasets: [
    {
      datasetId: 'com.jpmc.ct.lri.secfin-repo_trades_v1',
      sliceGroups: { slices: ['REPO_EMEA', 'REPO_NA', 'REPO_APAC'] },
    },
    {
      datasetId: 'com.jpmc.ct.lri.secfin-stock_loan_trades_v1',
      sliceGroups: { slices: ['STOCK_LOAN_EMEA', 'STOCK_LOAN_NA'] },
      sequenceOrder: 0,
    },
    { datasetId: 'com.jpmc.ct.lri.secfin-collateral_upgrade_e15', sliceGroups: {}, sequenceOrder: 1 },
    {
      datasetId: 'com.jpmc.ct.lri.collateral-collateral_inventory_v2',
      sliceGroups: { SECFIN: ['INV_SECFIN_EMEA', 'INV_SECFIN_NA'] },
      sequenceOrder: 2,
    },
    {
      datasetId: 'com.jpmc.ct.lri.sls-sls_aws_details_extended_v1',
      sliceGroups: { SECFIN: ['AWS_SECFIN_GLOBAL'] },
      sequenceOrder: 3,
    },
  ],
};

export const TB_COLLATERAL: EssentialTopology = {
  name: 'TB-Collateral',
  effectiveFrom: '2025-07-21T16:45:10',
  final: { chance: 0.6, usual: /EMEA|TRIGGER/, extra: 0.05 },
  datasets: [
    {
      datasetId: 'com.jpmc.ct.lri.collateral-margin_calls_v1',
      sliceGroups: { slices: ['MARGIN_EMEA', 'MARGIN_NA', 'MARGIN_APAC'] },
      sequenceOrder: 0,
    },
    {
      datasetId: 'com.jpmc.ct.lri.collateral-collateral_inventory_v2',
      sliceGroups: { COLL: ['INV_COLL_EMEA', 'INV_COLL_NA', 'INV_COLL_APAC'] },
      sequenceOrder: 1,
    },
    { datasetId: 'com.jpmc.ct.lri.collateral-eligibility_results_e15', sequenceOrder: 2 },
    {
      datasetId: 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1',
      sliceGroups: { COLL: ['GLOBAL_COLL_CFG', 'EMEA_COLL_CFG'] },
      sequenceOrder: 3,
    },
    {
      datasetId: 'com.jpmc.ct.lri.intercompany-intercompany_results',
      sliceGroups: { COLL: ['AWS_COLL_GLOBAL'] },
      sequenceOrder: 4,
    },
  ],
};
