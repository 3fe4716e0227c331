import type { Candidate, Confidence } from './cause.ts';

/** A comparison that rests on fewer dates than this is not beyond doubt. */
const ENOUGH_DATES = 10;
/** Nor is a value that is less than this many times what was still ordinary. */
const FAR_BEYOND = 1.25;

/**
 * How sure a cause is, from its evidence alone.
 *
 * - high: rows say so themselves (a failed task, a cancelled run, a dead heartbeat, several symptoms of one common cause), or
 *   a value is far beyond a history of many dates;
 * - medium: the history is shorter, or the value not so far beyond it, or the proof is that something is absent;
 * - low: nothing but a comparison with very few dates.
 */
export function confidenceOf({ evidence }: Candidate): Confidence {
  const usual = evidence.filter((item) => item.kind === 'usual');
  if (usual.length > 0) {
    const basis = Math.max(...usual.map((item) => item.basis));
    const beyond = usual.some((item) => item.actualS >= item.upperS * FAR_BEYOND);
    if (basis >= ENOUGH_DATES && beyond) return 'high';
    return basis >= ENOUGH_DATES / 2 ? 'medium' : 'low';
  }
  return evidence.some((item) => item.kind === 'absence') ? 'medium' : 'high';
}
