import type { Pipeline, Unit } from './platform.ts';

/** What makes a unit's runs differ from the usual. Durations and instants are milliseconds. */
export interface UnitScript {
  /** The trigger is never sent. */
  silent?: boolean;
  /** Times the usual duration, of these tasks or of all that work on data. */
  slow?: { tasks: readonly string[] | null; factor: number };
  /** The task fails: on its first try only, on the only try that Airflow makes, or on every one. For so many runs. */
  throws?: { task: string; how: 'first_try' | 'at_once' | 'every_try'; runs: number };
  /**
   * How the first run ends instead, so long after its beginning: its process dies without a word, Airflow gives it up,
   * a person cancels it (and so many further attempts). `untold`: it succeeds and the workflow table never hears.
   */
  ending?: { how: 'dies' | 'timed_out' | 'untold' | 'cancelled'; after: number; attempts?: number; mark?: 'failed' };
  /** A person starts a failed run again, so long after it failed. */
  repair?: { wait: number; inPlace: boolean };
  /** The trigger is sent twice; somebody cancels the second run. */
  duplicate?: { wait: number; lasts: number };
  /** What the platform adds to the free text of the first run. */
  remark?: string;
}

/** Others take the pool: tasks are let in one by one, each after a wait of its own. */
export interface Congestion {
  pool: string;
  from: number;
  to: number;
  hold: readonly [number, number];
  interval: number;
}

/** Something that an operator depends on is away. */
export interface Outage {
  operator: string;
  from: number;
  to: number;
}

/** A host breaks (what runs on it fails) or crawls; the cluster sends it this share of new tasks. */
export interface BadHost {
  host: string;
  from: number;
  to: number;
  crawl: number | null;
  share: number;
}

/** All that is different about one phase of one night. Faults and ordinary incidents write into it. */
export interface Circumstances {
  units: Map<Unit, UnitScript>;
  /** The trigger of a whole dataset fires so much later. */
  late: Map<Pipeline, number>;
  congestions: Congestion[];
  outages: Outage[];
  hosts: BadHost[];
}

export const noCircumstances = (): Circumstances => ({
  units: new Map(),
  late: new Map(),
  congestions: [],
  outages: [],
  hosts: [],
});

/** The script of a unit, to be written into. */
export function scriptOf(circumstances: Circumstances, unit: Unit): UnitScript {
  const known = circumstances.units.get(unit);
  if (known) return known;
  const script: UnitScript = {};
  circumstances.units.set(unit, script);
  return script;
}
