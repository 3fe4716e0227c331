import type { Clarification, DurationsFinding, Refusal } from '../finding.ts';
import type { UnitState } from '../state.ts';
import { durationsOf } from '../timing/durations.ts';
import { aboutOf } from './about-finding.ts';
import { chooseUnits, isNamed } from './choose-units.ts';
import type { About, Desk, UnitReference } from './desk.ts';
import { investigate } from './investigate.ts';
import { phaseDuration } from './phase-duration.ts';

/** "Which slice is slow?", "is this normal?", "how long does intercompany usually take?" */
export async function inquireDurations(
  desk: Desk,
  about: About,
  reference: UnitReference,
): Promise<DurationsFinding | Refusal | Clarification> {
  const investigation = await investigate(desk, about, 'runs');
  if (investigation.kind !== 'investigated') return investigation;
  const { opened, scene } = investigation;
  const chosen = isNamed(reference) ? chooseUnits(opened.definition, opened.state, reference) : null;
  if (chosen !== null && chosen.kind !== 'units') return chosen;
  const meant = chosen === null ? () => true : (unit: UnitState) => chosen.units.includes(unit);
  const units = durationsOf(scene, meant);
  const unheard = units.filter((unit) => unit.usual === null).length;
  return {
    kind: 'durations',
    ...aboutOf(
      opened,
      unheard === 0
        ? []
        : [`What is usual is not known for ${unheard} of ${units.length} slices: they ran on too few earlier dates.`],
    ),
    datasetId: chosen?.datasetId ?? null,
    units,
    phaseUsual: phaseDuration(scene),
  };
}
