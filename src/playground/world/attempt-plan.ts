import type { Story, Trigger } from './run.ts';

/** How one attempt at a unit will go. Minutes throughout. */
export interface AttemptPlan {
  /** After the unit was ready or, for a further attempt, after the previous one ended (`alongside`: began). */
  wait: number;
  /** As a share of the unit's usual duration, */
  length: number;
  /** or exactly. */
  minutes?: number;
  /** Lasts at least until then, whatever the above say. */
  notBefore?: number;
  alongside?: boolean;
  /** The first attempt has its pass's own trigger, later ones are manual; unless said. */
  trigger?: Trigger | 'own';
  status: string | null;
  /** Steps that wait for the unit go on: it did its work, whatever was recorded. */
  releases: boolean;
  story: Story;
  /** Airflow closes its own run so long after the start, whatever the row says. */
  airflowEndsEarly?: number;
  /** The row lacks its run id. */
  idLost?: boolean;
  /** The id was made under a clock that is so far ahead of the end of the run. */
  skewedMinutes?: number;
  /** Whether a retry takes over the row of the attempt before it. */
  rewrite?: 'maybe' | 'always' | 'never';
  /** What the platform adds to its usual free text. */
  remark?: string;
  /** Draws from a stream of chance of its own: the rest of the night is the same with it and without it. */
  apart?: boolean;
}

const base = { wait: 0, length: 1, releases: false } as const;

export const success = (change: Partial<AttemptPlan> = {}): AttemptPlan => ({
  ...base,
  status: 'SUCCESS',
  releases: true,
  story: { kind: 'done' },
  ...change,
});

export const failure = (change: Partial<AttemptPlan> = {}): AttemptPlan => ({
  ...base,
  length: 0.6,
  status: 'FAILED',
  story: { kind: 'failed', task: 'enrich', tries: 1 },
  ...change,
});

export const cancelled = (change: Partial<AttemptPlan> = {}): AttemptPlan => ({
  ...base,
  length: 0.2,
  status: 'CANCELLED',
  story: { kind: 'cancelled' },
  ...change,
});

/** Its row says RUNNING for ever: `minutes` is how long its heart beat. */
export const stuck = (change: Partial<AttemptPlan> = {}): AttemptPlan => ({
  ...base,
  minutes: 22,
  status: 'RUNNING',
  story: { kind: 'stuck', task: 'enrich', state: 'running' },
  ...change,
});

/** Recorded under a word that nobody knows, or under none. */
export const unrecorded = (status: string | null): AttemptPlan => ({
  ...base,
  status,
  releases: true,
  story: { kind: 'done' },
});

export const queued = (): AttemptPlan => ({ ...base, minutes: 0, status: 'QUEUED', story: { kind: 'never-started' } });
