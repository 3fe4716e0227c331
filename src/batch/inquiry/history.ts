import type { Clarification, HistoryFinding, Refusal } from '../finding.ts';
import type { About, Desk, UnitReference } from './desk.ts';

/** Earlier business dates of an essential or of the units meant; `dates` (default 10, at most 30) counts those with runs. */
export async function inquireHistory(
  _desk: Desk,
  _about: About,
  _reference: UnitReference,
  _dates = 10,
): Promise<HistoryFinding | Refusal | Clarification> {
  throw new Error('not yet');
}
