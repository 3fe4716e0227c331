import type { BusinessDate } from '../../../src/batch/business-date.ts';
import { DAY, type Instant } from '../../../src/batch/instant.ts';
import { lists } from '../../../src/batch/night.ts';
import { median } from '../../../src/batch/percentile.ts';
import type { Scene } from '../../../src/batch/rca/scene.ts';
import { comparableNights } from '../../../src/batch/timing/baseline.ts';

/** With fewer dates of the same weekday, all comparable dates are taken. */
const ENOUGH = 5;

/** What earlier nights alone say of the end, each as if tonight were like the middle one of them; never before the clock. */
export interface Baseline {
  /** Median of the ends of comparable dates, counted from the business date's midnight (UTC) and carried to this date. */
  byEnd: Instant;
  /** Median of their durations, counted from tonight's beginning: harder to beat, since it knows when tonight began. */
  byDuration: Instant;
  /** The median duration itself, milliseconds. */
  duration: number;
}

/**
 * Comparable dates are those that the estimate may look at (month-ends for a month-end where there are enough, else ordinary days) on which the
 * phase was complete; of the same weekday where there are five of them, since a Friday's runs may begin a day later.
 */
export function baselineOf(scene: Scene, startedAt: Instant): Baseline | null {
  const spans = comparableNights(scene.past, scene.businessDate).nights.flatMap(({ businessDate, units }) => {
    const own = [...units.values()].filter(({ unit }) => lists(scene.definition, unit));
    const ends = own.flatMap(({ endedAt, runS }) => (endedAt === null || runS === null ? [] : [endedAt]));
    if (own.length === 0 || ends.length < own.length) return [];
    const from = Math.min(...own.map((times) => times.startedAt));
    return [{ businessDate, from, to: Math.max(...ends) }];
  });
  const sameDay = spans.filter(({ businessDate }) => weekday(businessDate) === weekday(scene.businessDate));
  const alike = sameDay.length >= ENOUGH ? sameDay : spans;
  const offset = median(alike.map(({ businessDate, to }) => to - midnight(businessDate)));
  const duration = median(spans.map(({ from, to }) => to - from));
  if (offset === null || duration === null) return null;
  return {
    byEnd: Math.max(scene.asOf, midnight(scene.businessDate) + offset),
    byDuration: Math.max(scene.asOf, startedAt + duration),
    duration,
  };
}

function midnight(date: BusinessDate): Instant {
  return Date.parse(`${date}T00:00:00Z`);
}

function weekday(date: BusinessDate): number {
  return Math.floor(midnight(date) / DAY) % 7;
}
