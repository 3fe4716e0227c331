import type { BusinessDate } from '../business-date.ts';
import { isMonthEnd } from '../month-end.ts';
import { percentile } from '../percentile.ts';
import type { Timeline } from './timeline.ts';
import type { Usual } from './usual.ts';

/** Fewer month-ends than this cannot stand for all of them. */
const ENOUGH_MONTH_ENDS = 3;
/** Percentiles of fewer values say nothing. */
export const ENOUGH_DATES = 3;

/** Earlier nights that a night may fairly be compared with. */
export interface Comparable {
  /** Newest first. */
  nights: readonly Timeline[];
  calendar: Usual['calendar'];
}

/**
 * Month-ends are slower than other days: they are compared with month-ends when there are enough, and no other day is
 * compared with them. `past` newest first, business dates before `businessDate`.
 */
export function comparableNights(past: readonly Timeline[], businessDate: BusinessDate): Comparable {
  if (!isMonthEnd(businessDate)) {
    return { nights: past.filter((night) => !isMonthEnd(night.businessDate)), calendar: 'ordinary' };
  }
  const monthEnds = past.filter((night) => isMonthEnd(night.businessDate));
  return monthEnds.length >= ENOUGH_MONTH_ENDS
    ? { nights: monthEnds, calendar: 'month_end' }
    : { nights: past, calendar: 'all' };
}

/** Percentiles of values in seconds, one a date; null with fewer than three. */
export function usualOf(values: readonly number[], calendar: Usual['calendar']): Usual | null {
  if (values.length < ENOUGH_DATES) return null;
  const at = (share: number) => percentile(values, share) as number;
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), basis: values.length, calendar };
}
