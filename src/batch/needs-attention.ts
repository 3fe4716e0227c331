import type { NightFinding } from './finding.ts';
import { unitsOf } from './state.ts';

/** Somebody should look at it now. What was late and is done is worth knowing, and no more than that. */
export function needsAttention({
  status,
  state,
  diagnosis,
}: Pick<NightFinding['entries'][number], 'status' | 'state' | 'diagnosis'>): boolean {
  if (status === 'FAILED' || status === 'PARTIAL_FAILURE') return true;
  if (status === 'SUCCESS') return false;
  return diagnosis?.outcome === 'causes' || unitsOf(state).some(({ stuck }) => stuck);
}
