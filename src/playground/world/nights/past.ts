import { isMonthEnd } from '../calendar.ts';
import { MINUTE, type Pipeline, type TaskSpec, type Unit, unitsOf } from './platform.ts';
import { type PastNight, type Site, stepOf } from './site.ts';

/** The value below which that share of the others lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Durations of a unit's task on earlier nights, where it succeeded. */
export function pastDurations({ past }: Site, unit: Unit, spec: TaskSpec): number[] {
  const durations: number[] = [];
  for (const { result } of past) {
    for (const run of result.runs) {
      if (run.unit !== unit || run.status !== 'SUCCESS') continue;
      const task = run.tasks.find((one) => one.spec === spec);
      if (task?.startedAt && task.endedAt) durations.push(task.endedAt - task.startedAt);
    }
  }
  return durations;
}

/** From how long on anyone would say that a task takes far longer than it ever did; null with too little history. */
export function slowFrom(site: Site, unit: Unit, spec: TaskSpec): number | null {
  const durations = pastDurations(site, unit, spec);
  if (durations.length < 8) return null;
  const usual = quantile(durations, 0.5) * (isMonthEnd(site.businessDate) ? site.platform.monthEnd : 1);
  return Math.max(2.5 * usual, usual + 15 * MINUTE, 1.3 * Math.max(...durations));
}

/**
 * How long a dataset's first run let wait for it: counted from the end of the lower steps or, where there are none, from
 * midnight of the business date. Null when it did not run or what is below never ended.
 */
export function startDelay(site: Site, pipeline: Pipeline, { result, midnight }: PastNight): number | null {
  const mine = new Set(unitsOf(site.essential));
  const starts = result.runs.filter((run) => run.unit.pipeline === pipeline && mine.has(run.unit));
  if (starts.length === 0) return null;
  const step = stepOf(site, pipeline);
  const below = [...mine].filter((unit) => stepOf(site, unit.pipeline) < step && result.readyAt.has(unit));
  const from =
    below.length === 0
      ? midnight
      : Math.max(...below.map((unit) => result.doneAt.get(unit) ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(from) ? Math.min(...starts.map((run) => run.epoch)) - from : null;
}

export const pastStartDelays = (site: Site, pipeline: Pipeline): number[] =>
  site.past.map((night) => startDelay(site, pipeline, night)).filter((delay) => delay !== null);

/** The latest hour at which the essential's end would not surprise anyone; null with too little history. */
export function usualEndLimit(site: Site): number | null {
  const mine = unitsOf(site.essential);
  const ends: number[] = [];
  const smooth: number[] = [];
  for (const { result, midnight } of site.past) {
    const taking = mine.filter((unit) => result.readyAt.has(unit));
    const end = Math.max(...taking.map((unit) => result.doneAt.get(unit) ?? Number.POSITIVE_INFINITY));
    if (taking.length === 0 || !Number.isFinite(end)) continue;
    ends.push(end - midnight);
    if (!result.runs.some((run) => run.status === 'FAILED')) smooth.push(ends.at(-1) as number);
  }
  if (ends.length < 8) return null;
  return site.midnight + Math.max(quantile(ends, 0.95), ...smooth) + 10 * MINUTE;
}
