import type { WorldTables } from '../tables.ts';

/** What can go wrong on a night. */
export const FAMILIES = [
  'task_failure',
  'retry_exhausted',
  'late_start',
  'queue_delay',
  'slow_run',
  'data_skew',
  'stuck',
  'cancelled',
  'missed_trigger',
  'shared_dependency',
  'bad_host',
] as const;
export type Family = (typeof FAMILIES)[number];

/** One cause as it was put into the simulation, in the keys that the domain gives its family. */
export interface TrueCause {
  family: Family;
  /** Null where the family has none. */
  datasetId: string | null;
  /** Every slice that counts as right; `[null]` for an unnamed unit, `[]` where the family has no slice. */
  slices: readonly (string | null)[];
  /** Every task that counts as right; `[]` where the family has no task. */
  taskIds: readonly string[];
  operator: string | null;
  host: string | null;
  /** From the first to the last symptom, ISO 8601, UTC. */
  window: { from: string; to: string } | null;
}

/**
 * - `single`, `pair`: one fault, or two that have nothing to do with each other.
 * - `healthy`: nothing unusual.
 * - `noisy`: things happened and came right by themselves or by hand; nothing is to blame.
 * - `withheld`: a fault is there, and the rows that would prove it are not: nothing can be named.
 */
export type NightKind = 'single' | 'pair' | 'healthy' | 'noisy' | 'withheld';

/** Which rows a `withheld` night lacks. */
export type Withheld = 'failed_tasks' | 'all_tasks_of_failed_run' | 'history';

/** A night, the weeks before it, and what is true of it. */
export interface GeneratedNight {
  seed: string;
  kind: NightKind;
  families: readonly Family[];
  /** IANA name of the zone in which the platform keeps its hours. */
  zone: string;
  /** The clock at which the question is asked, epoch milliseconds. */
  now: number;
  /** What is asked about. */
  essential: string;
  /** `YYYY-MM-DD`. */
  businessDate: string;
  phase: 'PRELIM' | 'FINAL';
  /** The documents that Lenz serves, by essential name; as untidy as Lenz allows. */
  definitions: Readonly<Record<string, unknown>>;
  /** Both databases, with rows that lie after `now` where the night goes on: readers leave these out. */
  tables: WorldTables;
  truth: {
    /** Empty where nothing is to blame, or where the proof was withheld. */
    causes: readonly TrueCause[];
    withheld: Withheld | null;
    /** When the phase of the essential began and was complete, epoch milliseconds, also after `now`; null if never. */
    startedAt: number | null;
    endedAt: number | null;
    /** What was planted to mislead, in words. */
    herrings: readonly string[];
    /** Units of that phase whose failure a later attempt made good. */
    repaired: readonly { datasetId: string; slice: string | null }[];
  };
}

export interface NightRequest {
  seed: string;
  kind: NightKind;
  /** One for `single` and `withheld`, two for `pair`; the seed chooses where left out. */
  families?: readonly Family[];
}
