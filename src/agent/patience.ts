import type { Session } from './session.ts';

/** Seconds kept for reading by rules and for the queries after it, and the share of a small budget. */
const READING = { s: 25, share: 0.4 };
/** Seconds kept for putting the answer together, once something is found. */
const WORDING = { s: 2, share: 0.1 };

/**
 * Seconds that the next call to the model may take. What is left of the budget never goes to the model whole: as long as
 * nothing is found, the rules must still be able to answer in its place.
 */
export function patienceOf(session: Session): number {
  const leftS = (session.endsAt - performance.now()) / 1000;
  if (session.onFallback || session.createFallbackModel === null) return Math.min(session.modelTimeoutS, leftS);
  const kept = session.findings.length > 0 ? WORDING : READING;
  return Math.min(session.modelTimeoutS, leftS - Math.min(kept.s, kept.share * session.budgetS));
}
