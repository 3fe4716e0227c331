import type { Circumstances } from '../circumstances.ts';
import type { Family, TrueCause } from '../generated-night.ts';
import type { Outcome } from '../matters.ts';
import type { Pipeline } from '../platform.ts';
import type { Interval, Site } from '../site.ts';

/** What a fault has done to a night. */
export interface Effect {
  /** Datasets that show it. */
  datasets: ReadonlySet<Pipeline>;
  /** When it can be seen and matters. */
  visible: readonly Interval[];
  /** The cause as it shows at a clock; null where it is not clear then. */
  causeAt(now: number): TrueCause | null;
}

/** A cause, drawn and ready to be put into the simulation. */
export interface Fault {
  /** Where it is put, if that is one dataset. */
  dataset: Pipeline | null;
  apply(circumstances: Circumstances): void;
  /** Null where the draw did not lead to what the family's name stands for. */
  effect(outcome: Outcome): Effect | null;
}

/** Null where the site has no place for the family. */
export type DrawFault = (site: Site) => Fault | null;

export const forever = (from: number): Interval[] => [{ from, to: Number.POSITIVE_INFINITY }];

/** A cause with the keys that are given; the family has no others. */
export function causeOf(family: Family, keys: Partial<Omit<TrueCause, 'family'>>): TrueCause {
  return { family, datasetId: null, slices: [], taskIds: [], operator: null, host: null, window: null, ...keys };
}
