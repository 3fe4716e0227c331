/** The ids of all attempts at one unit on one business date: they differ only in the epoch at their end. */
export interface AttemptRange {
  from: string;
  to: string;
}

/** What comes after the stem: epochs are digits, so that every id with one lies between the two, in any collation. */
const [FIRST, LAST] = ['_0', '_9999999999999999'];
const BUSINESS_DATE = /_\d{4}-\d{2}-\d{2}(_|$)/;

/** The range of a stem (a run id without its epoch); null for one without a business date, which the runs of many nights share. */
export function attemptRange(stem: string): AttemptRange | null {
  return BUSINESS_DATE.test(stem) ? { from: `${stem}${FIRST}`, to: `${stem}${LAST}` } : null;
}

export function isAttemptRange({ from, to }: { from: string | number; to: string | number }): boolean {
  if (typeof from !== 'string' || !from.endsWith(FIRST)) return false;
  return attemptRange(from.slice(0, -FIRST.length))?.to === to;
}
