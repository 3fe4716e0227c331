import type { Instant } from '../instant.ts';

/** When a phase under way will be complete. */
export interface Estimate {
  p50: Instant;
  p90: Instant;
  /** On how many earlier business dates it rests. */
  basis: number;
  /** The chance, in [0, 1], that it is not complete by then. */
  chanceOfMissing(at: Instant): number;
}
