/** One dataset as the platform runs it: an Airflow DAG, whatever any definition says about it. */
export interface Pipeline {
  datasetId: string;
  workflowId: string;
  dagId: string;
  /** A slice usually takes this long. */
  minutes: number;
  /** For a dataset that Lenz knows without slices: what its run ids tell apart. Null is an id without a slice part. */
  ownUnits: readonly (string | null)[];
  /** Slices that run and that no essential lists. */
  foreignSlices: readonly string[];
}

/** A dataset inside an essential, as Lenz keeps it. */
export interface Listing {
  datasetId: string;
  sliceGroups?: Readonly<Record<string, readonly string[]>>;
  sequenceOrder?: number;
}

/** How an essential uses the second pass. */
export interface FinalHabit {
  /** On which share of nights there is one. */
  chance: number;
  /** Which units it reruns whenever there is one. Unnamed units are the empty string. */
  usual: RegExp;
  /** The chance of each other unit. */
  extra: number;
}

export interface EssentialTopology {
  name: string;
  effectiveFrom: string;
  datasets: readonly Listing[];
  final: FinalHabit;
}
