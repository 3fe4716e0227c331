import type { BusinessDate } from './business-date.ts';
import type { RunRow } from './run.ts';

/** The rows of one business date. */
export interface NightRows {
  businessDate: BusinessDate;
  rows: readonly RunRow[];
}

/** Rows by business date, newest first; those of a date in the order in which they came. */
export function nightsOf(rows: readonly RunRow[]): NightRows[] {
  const nights = new Map<BusinessDate, RunRow[]>();
  let [date, open]: [BusinessDate, RunRow[]] = ['', []];
  for (const row of rows) {
    // Rows mostly come night by night, and a date is compared sooner than looked up.
    if (row.businessDate !== date) {
      date = row.businessDate;
      open = nights.get(date) ?? [];
      nights.set(date, open);
    }
    open.push(row);
  }
  return [...nights]
    .map(([businessDate, rows]) => ({ businessDate, rows }))
    .sort((a, b) => (a.businessDate < b.businessDate ? 1 : -1));
}
