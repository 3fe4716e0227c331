import type { EssentialTopology } from './types.ts';

export const SIX_G: EssentialTopology = {
  name: '6G-FR2052a-E2E',
  effectiveFrom: '2025-06-02T08:00:00',
  final: { chance: 0.45, usual: /EMEA|SUPPLEMENTAL|^$/, extra: 0.05 },
  datasets: [
    {
      datasetId: 'com.jpmc.ct.lri.fr2052a-source_snapshot_v6',
      sliceGroups: { slices: ['6G_SNAP_NA', '6G_SNAP_EMEA', '6G_SNAP_APAC', '6G_SNAP_EMEA_1', '6G_SNAP_EMEA_10'] },
      sequenceOrder: 0,
    },
    {
      datasetId: 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1',
      sliceGroups: { CFG: ['GLOBAL_LOANS_CFG'] },
      sequenceOrder: 0,
    },
    { datasetId: 'com.jpmc.ct.lri.fr2052a-product_mapping_e15', sequenceOrder: 1 },
    {
      datasetId: 'com.jpmc.ct.lri.fr2052a-6g_calculator_v6',
      sliceGroups: {
        INFLOWS: ['6G_INFLOWS_NA', '6G_INFLOWS_EMEA', '6G_INFLOWS_APAC'],
        OUTFLOWS: ['6G_OUTFLOWS_NA', '6G_OUTFLOWS_EMEA', '6G_OUTFLOWS_APAC'],
        SUPPLEMENTAL: ['6G_SUPPLEMENTAL'],
      },
      sequenceOrder: 2,
    },
    {
      datasetId: 'com.jpmc.ct.lri.fr2052a-aggregation_results_v6',
      sliceGroups: { slices: ['6G_AGG_MATERIAL_ENTITY', '6G_AGG_CONSOLIDATED'] },
      sequenceOrder: 3,
    },
    { datasetId: 'com.jpmc.ct.lri.fr2052a-submission_extract_e15', sequenceOrder: 4 },
  ],
};
