/** What runs where: drawn once per seed, the same on every night of it. Durations are milliseconds unless named. */
export type TaskKind = 'start' | 'enrich' | 'egress' | 'export' | 'end';
export type Phase = 'PRELIM' | 'FINAL';

/** One task of a pipeline's DAG. */
export interface TaskSpec {
  id: string;
  kind: TaskKind;
  operator: string;
  pool: string;
  /** Usual duration for a unit of weight 1. */
  usual: number;
  /** Positions, within the pipeline's tasks, of what it waits for. */
  after: readonly number[];
}

export interface Pipeline {
  datasetId: string;
  workflowId: string;
  workflowKey: number;
  dagId: string;
  /** Whether Lenz knows its slices. */
  sliced: boolean;
  tasks: readonly TaskSpec[];
  /** How often Airflow tries a task again, and after how long. */
  retries: number;
  retryDelay: number;
  /** Usual time from "nothing is in the way" to the creation of the run. */
  latency: number;
  /** Spread of its durations from night to night. */
  sigma: number;
  /** Lower ones never wait for higher ones, whichever essentials list them. */
  rank: number;
  units: Unit[];
}

export interface Unit {
  pipeline: Pipeline;
  /** As its run ids carry it; null where they carry none. */
  slice: string | null;
  /** Size against its siblings. */
  weight: number;
  /** Essentials that list it; none: a foreign slice. */
  places: { essential: Essential; step: number }[];
  /** Whether it usually takes part in the second pass. */
  usualInFinal: boolean;
}

export interface Member {
  pipeline: Pipeline;
  /** `sequenceOrder` in Lenz. */
  order: number;
  units: Unit[];
}

export interface Essential {
  name: string;
  /** In order of their steps; one list of members per step. */
  steps: Member[][];
  /** Usual beginning after the platform's hour. */
  offset: number;
  /** Probability of a second pass on a night. */
  finalChance: number;
}

export interface Platform {
  zone: string;
  essentials: readonly Essential[];
  pipelines: readonly Pipeline[];
  units: readonly Unit[];
  hosts: readonly string[];
  /** What the table says where a task never got a host. */
  noHost: string | null;
  /** When the first pass begins: minutes after midnight of the business date, in the zone; the second: minutes after that. */
  prelimMinute: number;
  finalAfter: number;
  /** Second passes happen for all essentials together, or for each by itself and then without shared units. */
  finalTogether: boolean;
  /** Month-ends take so many times as long. */
  monthEnd: number;
  /** Spread of the whole platform's pace from night to night. */
  nightSigma: number;
  /** Spread of the hour at which a night begins. */
  beginSpread: number;
  /** Usual bounds of the wait between a task's queue and its start. */
  podStart: readonly [number, number];
  heartbeat: number;
  /** Share of manual retries that take over the row of the failed attempt. */
  inPlace: number;
  /** Ordinary incidents per night and hundred units. */
  incidentRate: number;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Members of an essential, over all steps. */
export const membersOf = (essential: Essential): Member[] => essential.steps.flat();

export const unitsOf = (essential: Essential): Unit[] => membersOf(essential).flatMap((member) => member.units);
