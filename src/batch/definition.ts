import type { Instant } from './instant.ts';

/** One dataset of an essential, as Lenz defines it. */
export interface DatasetDefinition {
  /** Globally unique, e.g. `com.jpmc.ct.lri.derivatives-slsline_calculator_e15`. Never follows the essential's name. */
  datasetId: string;
  /** The slices of all groups together, in Lenz's order, without repeats; empty when Lenz defines none. */
  slices: readonly string[];
  /** Datasets run in steps of equal order; a missing order in Lenz is 0. */
  sequenceOrder: number;
}

/** What belongs to an essential. Lenz is the only source of it. */
export interface Definition {
  /** The Lenz name, e.g. `TB-Derivatives`. */
  name: string;
  datasets: readonly DatasetDefinition[];
  effectiveFrom: Instant | null;
  effectiveTo: Instant | null;
  /** When Lenz last said so; an old one is served while Lenz is down, with its age told. */
  fetchedAt: Instant;
  /** Set only when Lenz was asked for a newer one and gave none: how old this one is then, in milliseconds of real time. */
  staleForMs?: number;
}
