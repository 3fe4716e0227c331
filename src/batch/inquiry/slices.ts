import type { Clarification, Refusal, SliceFinding } from '../finding.ts';
import type { About, Desk, UnitReference } from './desk.ts';

/** The slices that a loose reference means: "the EMEA slices of intercompany". */
export async function inquireSlices(
  _desk: Desk,
  _about: About,
  _reference: UnitReference,
): Promise<SliceFinding | Refusal | Clarification> {
  throw new Error('not yet');
}
