import type { Feedback } from './feedback.ts';

/** An answer that somebody judged, as a case to be answered again. */
export interface FeedbackCase {
  reference: string;
  question: string;
  /** ISO 8601 UTC: the clock under which it was asked. */
  now: string | null;
  essential: string | null;
  essentials: string[];
  business_date: string | null;
  phase: string | null;
  /** What SENTRY said. */
  answered: Feedback['answered'];
  right: boolean;
  /** What the person says it was: a family, `nothing_wrong`, `something_else`, or null where not said. */
  actual: string | null;
  words: string;
}

/** Oldest first; what was said of an answer that was no longer kept is no case, since nobody knows what was asked. */
export function feedbackCases(all: readonly Feedback[]): FeedbackCase[] {
  return [...all]
    .sort((one, other) => one.at - other.at)
    .flatMap((each): FeedbackCase[] =>
      each.question === null
        ? []
        : [
            {
              reference: each.reference,
              question: each.question,
              now: each.clock === null ? null : new Date(each.clock).toISOString(),
              essential: each.essentials.length === 1 ? (each.essentials[0] ?? null) : null,
              essentials: each.essentials,
              business_date: each.businessDate,
              phase: each.phase,
              answered: each.answered,
              right: each.right,
              actual: each.cause ?? (each.right ? (each.answered[0]?.family ?? null) : null),
              words: each.words,
            },
          ],
    );
}
