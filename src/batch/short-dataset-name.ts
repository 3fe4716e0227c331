/** `com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1` → `contractual_cash_flow_results_v1`: what people call a dataset. */
export function shortDatasetName(datasetId: string): string {
  const tail = datasetId.slice(datasetId.lastIndexOf('.') + 1);
  return tail.slice(tail.indexOf('-') + 1);
}
