import type { Random } from '../random.ts';
import { type Essential, type Phase, type Pipeline, type Platform, type Unit, unitsOf } from './platform.ts';
import type { Run, TaskRun } from './run.ts';
import type { PhaseResult } from './scheduler.ts';

/** Where a fault is to be put: a night as it goes without it, seen from the essential that is asked about. */
export interface Site {
  platform: Platform;
  essential: Essential;
  businessDate: string;
  phase: Phase;
  /** The phase without any fault, but with whatever else was planted. */
  calm: PhaseResult;
  /** Factor of the night, which slows everything. */
  pace: number;
  /** The same phase on earlier business dates, oldest first. */
  past: readonly PastNight[];
  /** Midnight at which the business date begins, in the zone. */
  midnight: number;
  /** Datasets that something else has already befallen. */
  taken: ReadonlySet<Pipeline>;
  random: Random;
}

export interface PastNight {
  midnight: number;
  result: PhaseResult;
}

/** A stretch of the clock, epoch milliseconds; the end is outside. */
export interface Interval {
  from: number;
  to: number;
}

/** The units that the essential runs in this phase tonight. */
export const participants = ({ essential, calm }: Site): Unit[] =>
  unitsOf(essential).filter((unit) => calm.doneAt.has(unit));

/** Those of them that nothing has befallen yet. */
export const freeUnits = (site: Site): Unit[] => participants(site).filter(({ pipeline }) => !site.taken.has(pipeline));

export const freePipelines = (site: Site): Pipeline[] => [...new Set(freeUnits(site).map((unit) => unit.pipeline))];

export const runsOf = (result: PhaseResult, unit: Unit): Run[] =>
  result.runs.filter((run) => run.unit === unit).sort((a, b) => a.epoch - b.epoch);

/** When the essential was done; null when it never was. */
export function endOf(site: Site, result: PhaseResult): number | null {
  const ends = participants(site).map((unit) => result.doneAt.get(unit) ?? Number.POSITIVE_INFINITY);
  const end = Math.max(...ends);
  return Number.isFinite(end) ? end : null;
}

/** The step of the essential in which a dataset runs; steps without a unit in this phase count as well. */
export const stepOf = ({ essential }: Site, pipeline: Pipeline): number =>
  essential.steps.findIndex((members) => members.some((member) => member.pipeline === pipeline));

export const hasLaterStep = (site: Site, pipeline: Pipeline): boolean =>
  participants(site).some((unit) => stepOf(site, unit.pipeline) > stepOf(site, pipeline));

export interface Happened {
  run: Run;
  task: TaskRun;
}

export const tasksOf = (result: PhaseResult): Happened[] =>
  result.runs.flatMap((run) => run.tasks.map((task) => ({ run, task })));
