import type { Dataset, Recipe, Unit } from './world.ts';

export type Phase = 'PRELIM' | 'FINAL';

/** One execution as it went, before it is written down. Instants are UTC milliseconds. */
export interface PlannedRun {
  dataset: Dataset;
  unit: Unit;
  date: string;
  phase: Phase;
  trigger: 'ProcessTrigger' | 'RerunTrigger' | 'ManualTrigger';
  status: 'SUCCESS' | 'FAILED' | 'CANCELLED' | 'RUNNING';
  createdAt: number;
  /** The epoch suffix. */
  startedAt: number;
  /** End, or last heartbeat of a run that never ends. */
  updatedAt: number;
  airflow: { state: 'success' | 'failed' | 'running'; endedAt: number | null } | null;
  tasks: readonly PlannedTask[];
  /** This execution overwrote the row of the one before it, which keeps its place in Airflow. */
  rewrites: PlannedRun | null;
  detail?: string;
}

export interface PlannedTask {
  recipe: Recipe;
  state: 'success' | 'failed' | 'running' | 'upstream_failed' | 'skipped' | null;
  tries: number;
  queuedAt: number | null;
  startedAt: number | null;
  endedAt: number | null;
  host: string | null;
}

/** What differs tonight from the timetable, for one unit. Durations in seconds, tasks by their position in the recipe list. */
export interface Deviation {
  /** Added to the start. */
  delay?: number;
  stretch?: ReadonlyMap<number, number>;
  /** Replaces the usual wait in the queue, drawn for each task. */
  queue?: { from: number; to: number };
  /** The task throws, at this share of its usual duration, on each of its tries. */
  fail?: { task: number; tries: number; share: number; host?: string };
  /** Airflow retried and it worked. */
  retried?: { task: number; tries: number };
  /** The process dies in this task; afterwards Airflow says what `airflow` says. */
  hang?: { task: number; share: number; airflow: 'running' | 'failed' | 'success' };
  /** Somebody cancels every one of so many attempts. */
  cancelled?: number;
  absent?: boolean;
  /** After a failure, somebody starts it again so many seconds later. */
  repaired?: { after: number; inPlace: boolean };
  /** A second trigger that was cancelled soon. */
  duplicate?: 'before' | 'after';
  hosts?: ReadonlyMap<number, string>;
  detail?: string;
}

/** What differs tonight: by unit key, and what hits everybody. */
export interface Tonight {
  units: ReadonlyMap<string, Deviation>;
  /** Every task of the operator that would run in this window fails in it. */
  outage: { operator: string; from: number; to: number } | null;
  /** A host that no task but those of `units` uses in this window. */
  avoid: { host: string; from: number; to: number } | null;
}

export const USUAL: Tonight = { units: new Map(), outage: null, avoid: null };
