import type { Pipeline } from './types.ts';

interface Special {
  ownUnits?: readonly (string | null)[];
  foreignSlices?: readonly string[];
}

/** `name` without the prefix that all ids share; the DAG is called after the workflow, mostly with a version. */
function pipeline(name: string, version: string, minutes: number, special: Special = {}): Pipeline {
  const workflowId = name.slice(name.indexOf('-') + 1);
  return {
    datasetId: `com.jpmc.ct.lri.${name}`,
    workflowId,
    dagId: `${workflowId}${version}`,
    minutes,
    ownUnits: special.ownUnits ?? [null],
    foreignSlices: special.foreignSlices ?? [],
  };
}

/** Every dataset that runs on the platform; the last ones belong to no essential. */
export const PIPELINES: readonly Pipeline[] = [
  pipeline('derivatives-pb_synthetics_trs_e15', '_V1', 21),
  pipeline('derivatives-slsline_calculator_e15', '_V2', 16, {
    ownUnits: ['DERIV-EMEA-SLICE-1', 'DERIV-EMEA-SLICE-2', 'DERIV-NA-SLICE-1', 'DERIV-EMEA-TRIGGER'],
  }),
  pipeline('derivatives-calc_intercompany_fx_adjustment_e15', '_V1', 15),
  pipeline('derivatives-calc_secured_vs_unsecured_e15', '_V3', 17),
  pipeline('derivatives-pb_synthetics_positions_v2', '', 19),
  pipeline('pbs-synthetic_financing_accrual_e15', '_V1', 14),
  pipeline('cfg-contractual_cash_flow_results_v1', '_V4', 27, {
    foreignSlices: ['LATAM_DERIV_CFG', 'EMEA_DERIV_CFG_SHADOW'],
  }),
  pipeline('cfg-behavioural_cash_flow_v1', '_V2', 22),
  pipeline('cfg-cash_flow_ladder_e15', '_V1', 16),
  pipeline('sls-sls_aws_details_extended_v1', '_V2', 24, { foreignSlices: ['AWS_UAT_SEC_AGG_EMEA'] }),
  pipeline('intercompany-intercompany_results', '_V1', 23, { foreignSlices: ['AWS_TREASURY_GLOBAL'] }),
  pipeline('refdata-counterparty_hierarchy_v1', '_V1', 9),
  pipeline('refdata-fx_rates_eod', '', 6),
  pipeline('securities-position_snapshot_v3', '_V3', 18),
  pipeline('securities-market_value_enriched_v2', '_V2', 24),
  pipeline('securities-hqla_classification_e15', '_V1', 15, { ownUnits: ['HQLA-NA', 'HQLA-EMEA'] }),
  pipeline('secfin-repo_trades_v1', '_V1', 17),
  pipeline('secfin-stock_loan_trades_v1', '_V1', 15),
  pipeline('secfin-collateral_upgrade_e15', '_V2', 18),
  pipeline('collateral-margin_calls_v1', '_V1', 16),
  pipeline('collateral-collateral_inventory_v2', '_V2', 22, { foreignSlices: ['INV_COLL_LATAM'] }),
  pipeline('collateral-eligibility_results_e15', '_V1', 14, { ownUnits: ['ELIG-TRIGGER', 'ELIG-EMEA'] }),
  pipeline('smaa-account_attributes_v1', '_V1', 20),
  pipeline('smaa-segment_mapping_e15', '_V1', 12),
  pipeline('smaa-maturity_allocation_v1', '_V2', 23),
  pipeline('upc-product_catalogue_v1', '_V1', 8),
  pipeline('upc-unified_position_contract_v4', '_V4', 26),
  pipeline('upc-upc_results_e15', '_V1', 18),
  pipeline('snu-source_feed_loans_v1', '_V1', 17),
  pipeline('snu-source_feed_deposits_v1', '_V1', 18),
  pipeline('snu-counterparty_cleansing_e15', '_V1', 13),
  pipeline('snu-product_mapping_v2', '_V2', 19),
  pipeline('snu-stress_allocation_v2', '_V2', 21),
  pipeline('snu-intraday_liquidity_e15', '_V1', 15),
  pipeline('snu-survival_horizon_e15', '_V1', 14),
  pipeline('snu-buffer_results_v1', '_V1', 16),
  pipeline('snu-report_extract_v1', '_V1', 10),
  pipeline('snu-publication_e15', '', 7),
  pipeline('snu-strategic_input_v1', '_V1', 18),
  pipeline('snu-strategic_calculator_v1', '_V1', 29),
  pipeline('snu-strategic_results_v1', '_V1', 16),
  pipeline('liquidity-lcr_inflows_v3', '_V3', 20),
  pipeline('liquidity-lcr_outflows_v3', '_V3', 20),
  pipeline('liquidity-nsfr_asf_v2', '_V2', 17),
  pipeline('liquidity-nsfr_rsf_v2', '_V2', 17),
  pipeline('regulatory-reg_rule_mapping_e15', '_V1', 12),
  pipeline('regulatory-reg_submission_v1', '_V1', 14),
  pipeline('fr2052a-source_snapshot_v6', '_V6', 30),
  pipeline('fr2052a-product_mapping_e15', '_V2', 22),
  pipeline('fr2052a-6g_calculator_v6', '_V6', 48),
  pipeline('fr2052a-aggregation_results_v6', '_V6', 33),
  pipeline('fr2052a-submission_extract_e15', '_V1', 15),
  pipeline('treasury-fund_transfer_pricing_v1', '_V1', 31, { foreignSlices: ['FTP_NA', 'FTP_EMEA'] }),
  pipeline('finance-gl_reconciliation_e15', '_V1', 26, { foreignSlices: ['AWS_OTC_DERIV_AGG_EMEA'] }),
];
