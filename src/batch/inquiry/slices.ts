import type { BusinessDate } from '../business-date.ts';
import type { Clarification, Refusal, SliceFinding } from '../finding.ts';
import type { Attempt, UnitState } from '../state.ts';
import { chooseUnits } from './choose-units.ts';
import type { About, Desk, UnitReference } from './desk.ts';
import { openEssential } from './open-essential.ts';

/** The slices that a loose reference means: "the EMEA slices of intercompany". */
export async function inquireSlices(
  desk: Desk,
  about: About,
  reference: UnitReference,
): Promise<SliceFinding | Refusal | Clarification> {
  const opened = await openEssential(desk, about, 'batchProgress');
  if (opened.kind !== 'opened') return opened;
  const { essential, businessDate, phase, state, other, notes, gaps } = opened;
  const chosen = chooseUnits(opened.definition, state, reference);
  if (chosen.kind !== 'units') return chosen;
  const { datasetId, uncounted } = chosen;
  const withDetails = await readDetails(desk, businessDate, chosen.units);
  const units = chosen.units.map(withDetails);
  return {
    kind: 'slices',
    essential,
    businessDate,
    phase,
    state: {
      ...state,
      datasets: state.datasets.map((dataset) => ({ ...dataset, units: dataset.units.map(withDetails) })),
    },
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

/** STATUS_DETAIL of the slices meant, and of no others: the state of the rest is known without their free text. */
async function readDetails(
  desk: Desk,
  businessDate: BusinessDate,
  units: readonly UnitState[],
): Promise<(unit: UnitState) => UnitState> {
  const ran = units.filter((unit) => unit.listed && unit.slice !== null && unit.decisive !== null);
  const rows = await Promise.all(
    [...Map.groupBy(ran, (unit) => unit.datasetId)].map(([datasetId, own]) =>
      desk.sources.runs.sliceStatus({ datasetId, businessDate, slices: own.map((unit) => unit.slice ?? '') }),
    ),
  );
  const details = new Map(rows.flat().map((row) => [row.key, row.statusDetail]));
  const detailed = (attempt: Attempt): Attempt => ({ ...attempt, statusDetail: details.get(attempt.key) });
  return (unit) => ({
    ...unit,
    attempts: unit.attempts.map(detailed),
    decisive: unit.decisive === null ? null : detailed(unit.decisive),
  });
}
