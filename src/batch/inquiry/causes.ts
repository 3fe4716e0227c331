import type { CausesFinding, Clarification, Refusal } from '../finding.ts';
import type { Diagnosis, RankedCause } from '../rca/cause.ts';
import { diagnose } from '../rca/engine.ts';
import type { Scene } from '../rca/scene.ts';
import type { UnitState } from '../state.ts';
import { latenessOf } from '../timing/lateness.ts';
import { keyOfState, timesByState } from '../timing/unit-keys.ts';
import { aboutOf } from './about-finding.ts';
import { chooseUnits, isNamed } from './choose-units.ts';
import type { About, Desk, UnitReference } from './desk.ts';
import { investigate } from './investigate.ts';

/**
 * "Why did it fail?", "what is blocking it?", "what else is affected?", "did the retry fix it?": the same facts for each. A
 * question about a dataset or slice gets the causes that concern it first.
 */
export async function inquireCauses(
  desk: Desk,
  about: About,
  reference: UnitReference,
  focus: CausesFinding['focus'],
): Promise<CausesFinding | Refusal | Clarification> {
  const investigation = await investigate(desk, about);
  if (investigation.kind !== 'investigated') return investigation;
  const { opened, scene } = investigation;
  const chosen = isNamed(reference) ? chooseUnits(opened.definition, opened.state, reference) : null;
  if (chosen !== null && chosen.kind !== 'units') return chosen;

  const found = diagnose(scene);
  const diagnosis = chosen === null ? found : concerning(scene, found, chosen.units);
  const { deadline } = scene;
  return {
    kind: 'causes',
    ...aboutOf(opened, diagnosis.gaps),
    focus,
    meant: chosen === null ? null : { datasetId: chosen.datasetId, units: chosen.units },
    diagnosis,
    lateness: latenessOf(scene),
    deadline,
  };
}

/** The same causes in another order: those that broke these units, those that these wait for, the rest. */
function concerning(scene: Scene, diagnosis: Diagnosis, units: readonly UnitState[]): Diagnosis {
  const timesOf = timesByState(scene.tonight);
  const keys = new Set(units.map((unit) => keyOfState(unit, timesOf(unit))));
  const datasets = new Set(units.map((unit) => unit.datasetId));
  const distance = (cause: RankedCause) => {
    if (cause.units.some((key) => keys.has(key))) return 0;
    return cause.affects.datasets.some((datasetId) => datasets.has(datasetId)) ? 1 : 2;
  };
  const causes = [...diagnosis.causes].sort((a, b) => distance(a) - distance(b) || a.rank - b.rank);
  return { ...diagnosis, causes: causes.map((cause, index) => ({ ...cause, rank: index + 1 })) };
}
