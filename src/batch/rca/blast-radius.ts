import { lists } from '../night.ts';
import { unitsOf } from '../state.ts';
import type { BlastRadius, Candidate } from './cause.ts';
import type { Scene } from './scene.ts';
import { suspectsOf } from './suspects.ts';

/** What waits for a cause: datasets of this essential, and the essentials with a part in it. */
export function blastRadius(scene: Scene, candidate: Pick<Candidate, 'datasetId' | 'units'>): BlastRadius {
  const { definition, state } = scene;
  const hit = new Set(candidate.units);
  const hitUnits = suspectsOf(scene).filter(({ key }) => hit.has(key));
  const broken = new Set(hitUnits.map(({ unit }) => unit.datasetId));
  if (candidate.datasetId !== null) broken.add(candidate.datasetId);

  const orders = state.datasets.filter(({ datasetId }) => broken.has(datasetId)).map((own) => own.sequenceOrder);
  // A cause outside one's own essential is felt where the first unit waits.
  const from = orders.length > 0 ? Math.min(...orders) : Number.NEGATIVE_INFINITY;
  const waiting = state.datasets.filter(
    ({ datasetId, sequenceOrder, units }) =>
      sequenceOrder > from && !broken.has(datasetId) && units.some((unit) => unit.status === 'WAITING'),
  );
  const waitingUnits = unitsOf({ datasets: waiting }).filter((unit) => unit.status === 'WAITING');
  const touched = [...hitUnits.map(({ unit }) => unit), ...waitingUnits];
  return {
    datasets: [
      ...state.datasets.map(({ datasetId }) => datasetId).filter((datasetId) => broken.has(datasetId)),
      ...[...broken].filter((datasetId) => state.datasets.every((own) => own.datasetId !== datasetId)).sort(),
      ...waiting.map(({ datasetId }) => datasetId),
    ],
    essentials: [
      definition.name,
      ...scene.others.filter((other) => touched.some((unit) => lists(other, unit))).map((other) => other.name),
    ],
  };
}
