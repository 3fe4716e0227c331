/**
 * The value below which a share of the values lies, with linear interpolation between neighbours; null for no values.
 * `share` in [0, 1]: 0.5 is the median.
 */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  // Sorted as numbers, without a function for each comparison.
  const sorted = new Float64Array(values).sort();
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const from = sorted[low] as number;
  const to = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return from + (to - from) * (at - low);
}

export function median(values: readonly number[]): number | null {
  return percentile(values, 0.5);
}
