import { usualEndLimit } from './past.ts';
import { MINUTE, type Unit } from './platform.ts';
import type { PhaseResult } from './scheduler.ts';
import { endOf, hasLaterStep, type Interval, type Site } from './site.ts';

/** A phase with every fault in it, and with this one alone. */
export interface Outcome {
  night: PhaseResult;
  alone: PhaseResult;
}

/**
 * When a delay of these units matters: while a later step waits for them, while the essential is open beyond its usual
 * range because of them, and after it ended beyond it. Nothing before `clearFrom`.
 */
export function matters(site: Site, { night, alone }: Outcome, units: readonly Unit[], clearFrom: number): Interval[] {
  const calmEnd = endOf(site, site.calm);
  const aloneEnd = endOf(site, alone);
  if (calmEnd === null || aloneEnd === null || aloneEnd - calmEnd < 15 * MINUTE) return [];
  const limit = usualEndLimit(site);
  const unfinishedTo = Math.max(...units.map((unit) => night.doneAt.get(unit) ?? Number.POSITIVE_INFINITY)) - MINUTE;
  const intervals: Interval[] = [];
  const awaited = units.some((unit) => hasLaterStep(site, unit.pipeline));
  const openFrom = awaited ? clearFrom : Math.max(clearFrom, limit ?? Number.POSITIVE_INFINITY);
  if (openFrom < unfinishedTo) intervals.push({ from: openFrom, to: unfinishedTo });

  const end = endOf(site, night);
  if (limit !== null && calmEnd < limit - 5 * MINUTE && aloneEnd > limit && end !== null) {
    intervals.push({ from: Math.max(clearFrom, end + MINUTE), to: Number.POSITIVE_INFINITY });
  }
  return intervals;
}
