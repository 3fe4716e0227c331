import type { Said } from './audit-line.ts';

/** One thing that is said otherwise now. */
export interface Difference {
  what: string;
  /** Lines that were said then and are not now, and the reverse. */
  was: string[];
  is: string[];
}

const VALUES = ['kind', 'essential', 'business_date', 'phase', 'status', 'verdict', 'end'] as const;
const LISTS = ['essentials', 'failures', 'causes'] as const;

/** What two answers to the same question say otherwise; empty when nothing. Gaps are not compared: see `goneSince`. */
export function differencesOf(was: Said, is: Said): Difference[] {
  const values = VALUES.filter((what) => was[what] !== is[what]).map((what) => ({
    what,
    was: [was[what] ?? 'none'],
    is: [is[what] ?? 'none'],
  }));
  const lists = LISTS.map((what) => ({
    what,
    was: was[what].filter((line) => !is[what].includes(line)),
    is: is[what].filter((line) => !was[what].includes(line)),
  })).filter((list) => list.was.length + list.is.length > 0);
  return [...values, ...lists].map((difference) => ({ ...difference, what: difference.what.replace('_', ' ') }));
}

/** What the data could tell then and cannot now: the gaps that have come since. */
export function goneSince(was: Said, is: Said): string[] {
  return is.gaps.filter((gap) => !was.gaps.includes(gap));
}
