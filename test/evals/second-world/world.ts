/** What a bank runs at night, as a timetable would list it. Nothing here belongs to one night. */
export interface World {
  zone: string;
  /** Local hour of the first pass, counted from the business date's midnight; beyond 24 means the next day. */
  startHour: number;
  /** Hours that the pass for a Friday begins later. */
  fridayShift: number;
  /** Hours from the first pass to the second; null where there is none. */
  finalAfter: number | null;
  /** Share of nights with a second pass. */
  finalChance: number;
  monthEndFactor: number;
  /** Spread of a whole night and of a single task, as in `Random.spread`. */
  nightSigma: number;
  taskSigma: number;
  datasets: readonly Dataset[];
  essentials: readonly Essential[];
  hosts: readonly string[];
  conventions: Conventions;
  /** Earlier business dates, oldest first, and the one that is asked about. */
  history: readonly string[];
  tonight: string;
}

/** How this platform fills in columns that platforms fill in differently. */
export interface Conventions {
  maxTries: 'null' | 'zero' | 'set';
  /** `hostname` of a task that never ran. */
  noHost: '' | null;
  /** Whether Airflow dates tasks that it marked `upstream_failed`. */
  datesUpstreamFailed: boolean;
  runType: string;
  /** Share of tasks without an operator. */
  nullOperators: number;
}

export interface Dataset {
  id: string;
  workflowId: string;
  dagId: string;
  /** Place in the bank's overall order; essentials number their steps in their own way. */
  rank: number;
  /** False where Lenz knows no slices and the run ids tell units apart. */
  sliced: boolean;
  units: readonly Unit[];
  tasks: readonly Recipe[];
  pool: string;
  /** Seconds that a task usually waits between `queued_dttm` and `start_date`. */
  queueGap: number;
  /** Minutes after the pass begins (rank 0) or after the last predecessor ends. */
  startOffset: number;
}

export interface Unit {
  /** Null for an unnamed unit. */
  slice: string | null;
  /** Relative size: factor on the dataset's usual durations. */
  size: number;
  /** Part of the usual second pass. */
  inFinal: boolean;
}

export interface Recipe {
  id: string;
  /** -1, or the index of a mapped task; mapped tasks share an id. */
  mapIndex: number;
  operator: string;
  /** Usual seconds for a unit of size 1. */
  usual: number;
  /** Positions of the tasks that it waits for. */
  after: readonly number[];
}

export interface Essential {
  name: string;
  members: readonly Member[];
}

export interface Member {
  dataset: Dataset;
  order: number;
  /** The slices that this essential lists; empty for a dataset without slices. */
  slices: readonly string[];
}

/** The units of a dataset that matter to an essential. */
export function unitsOf(member: Member): readonly Unit[] {
  return member.dataset.sliced
    ? member.dataset.units.filter((unit) => unit.slice !== null && member.slices.includes(unit.slice))
    : member.dataset.units;
}

export function unitKey(dataset: Dataset, unit: Unit): string {
  return `${dataset.id}|${unit.slice ?? ''}`;
}
