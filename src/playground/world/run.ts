import type { Unit } from './network.ts';

export type Trigger = 'ProcessTrigger' | 'RerunTrigger' | 'ManualTrigger';
export type Pass = 'PRELIM' | 'FINAL';
export type TaskKind = 'enrich' | 'egress' | 'snowflake-export';

/** What happened inside a run, from which its tasks are told. */
export type Story =
  | { kind: 'done'; tries?: number; slow?: TaskKind }
  | { kind: 'failed'; task: TaskKind; tries: number }
  | { kind: 'cancelled' }
  /** Lost without a trace: its heart stopped, Airflow still believes in it. */
  | { kind: 'stuck'; task: TaskKind; state: 'running' | 'up_for_retry' }
  /** Airflow gave it up, the workflow table was never told. */
  | { kind: 'given-up'; task: TaskKind }
  | { kind: 'never-started' };

/** One event of the simulation: an attempt at a unit. Instants are epoch milliseconds, UTC. */
export interface SimulatedRun {
  unit: Unit;
  businessDate: string;
  /** Which pass it was meant for. */
  pass: Pass;
  trigger: Trigger;
  /** When the platform wrote its row; whole seconds. A retry that rewrote a row has that row's. */
  createdAt: number;
  /** When it really began. */
  startedAt: number;
  /** The number at the end of its id; the moment it began, but for a skewed clock. */
  epoch: number;
  /** Null while nothing ever ended it. */
  endedAt: number | null;
  /** Last sign of life of what never ended. */
  heartbeatAt: number | null;
  /** What the platform recorded in the end: null and unknown words included. */
  status: string | null;
  story: Story;
  /** When Airflow closed its own run; null while it is open there. */
  airflowEndedAt: number | null;
  runId: string;
  /** The id was never written to the workflow table. */
  idLost: boolean;
  /** Free text of the platform, beyond the usual. */
  remark: string | null;
  /** The attempt that it was to make good. */
  retryOf: SimulatedRun | null;
  /** The attempt whose row this one took over. */
  replaces: SimulatedRun | null;
  replacedBy: SimulatedRun | null;
  /** Whether this retry must take over the row of the attempt before it, where the plan says so. */
  rewrite: 'maybe' | 'always' | 'never';
  /** What is told of it draws from a stream of chance of its own. */
  apart: boolean;
}
