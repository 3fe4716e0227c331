import type { BusinessDate } from '../business-date.ts';

/** What a value usually is: percentiles over comparable earlier business dates, in seconds. */
export interface Usual {
  p50: number;
  p90: number;
  p95: number;
  /** On how many dates it rests. */
  basis: number;
  /** `month_end`: month-ends were compared with month-ends; `all`: too few of the right kind of day, so all days. */
  calendar: 'ordinary' | 'month_end' | 'all';
}

/** A unit's duration of tonight beside its own history. */
export interface UsualDuration {
  datasetId: string;
  slice: string | null;
  /** Seconds; of a run that has not ended, so far. Null when it has not run. */
  actualS: number | null;
  running: boolean;
  usual: Usual | null;
  /** It took longer than on `of` of the `dates` comparable dates it ran on; `of = dates` is the longest yet. Null without history. */
  longerThan: { of: number; dates: number } | null;
  /** The latest comparable date on which it took at least as long; null if none did. */
  lastAsLong: BusinessDate | null;
}

/** A minute and a tenth of the median: less over the usual range is nothing. */
const SPREAD = { leastS: 60, share: 0.1 };

/** Beyond 95 of 100 comparable dates, by more than the spread that every duration has. */
export function isUnusual({ actualS, usual }: Pick<UsualDuration, 'actualS' | 'usual'>): boolean {
  if (actualS === null || usual === null) return false;
  return actualS > Math.max(usual.p95, usual.p50 + Math.max(SPREAD.leastS, SPREAD.share * usual.p50));
}
