import type { BusinessDate } from './business-date.ts';
import type { Instant } from './instant.ts';

/** A date as a person wrote it. `start` and `end` delimit the words in the text. */
export type SpokenDate = { said: string; start: number; end: number } & (
  | { kind: 'date'; date: BusinessDate }
  /** Resolved against the runs: the latest date active since 16:00 yesterday, or the date before the default one. */
  | { kind: 'last_night' | 'yesterday' }
  /** 03/04: asked about. */
  | { kind: 'ambiguous'; options: readonly BusinessDate[] }
  /** 30 February. */
  | { kind: 'impossible' }
  | { kind: 'future'; date: BusinessDate }
);

/** The first date in a text, or null. Weekdays and dates without a year are never in the future. */
export function findSpokenDate(_text: string, _at: { now: Instant; zone: string }): SpokenDate | null {
  throw new Error('not yet');
}
