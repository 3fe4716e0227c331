import type { Clarification, Refusal, SliceFinding } from '../finding.ts';
import { chooseUnits } from './choose-units.ts';
import type { About, Desk, UnitReference } from './desk.ts';
import { openEssential } from './open-essential.ts';

/** The slices that a loose reference means: "the EMEA slices of intercompany". */
export async function inquireSlices(
  desk: Desk,
  about: About,
  reference: UnitReference,
): Promise<SliceFinding | Refusal | Clarification> {
  const opened = await openEssential(desk, about);
  if (opened.kind !== 'opened') return opened;
  const { essential, businessDate, phase, state, other, notes, gaps } = opened;
  const chosen = chooseUnits(opened.definition, state, reference);
  if (chosen.kind !== 'units') return chosen;
  const { datasetId, units, uncounted } = chosen;
  return {
    kind: 'slices',
    essential,
    businessDate,
    phase,
    state,
    other,
    notes:
      uncounted.length === 0
        ? notes
        : [
            ...notes,
            `Not owed in ${phase} on ${businessDate}, since they neither ran nor usually run in it: ${uncounted.join(', ')}.`,
          ],
    gaps,
    datasetId,
    said: reference.slice,
    units,
  };
}
