import type { Instant } from '../../batch/instant.ts';
import type { DatasetState, PhaseState, UnitState } from '../../batch/state.ts';
import type { Blamed } from './blamed.ts';
import { datasetInterest, unitInterest } from './interest.ts';

/** More lanes than these are too small to read on a phone. */
export const MOST_LANES = 24;
/** Of one dataset, so many slices come before other datasets: forty alike say no more than four. */
const FIRST_OF_DATASET = 4;
/** And so many at all: thirty that failed together are told by a number. */
const MOST_OF_DATASET = 8;

/** Where it went wrong is more interesting than anything else. */
const BLAMED = 20;

/** A dataset that has a lane, and those of its units that have one of their own below it. */
export interface ShownDataset {
  dataset: DatasetState;
  units: readonly UnitState[];
}

export interface Folded {
  /** In sequence order. */
  shown: readonly ShownDataset[];
  /** Datasets without a lane. */
  datasets: readonly DatasetState[];
  /** Units out of the ordinary without a lane although their dataset has one. */
  units: readonly UnitState[];
}

interface Candidate {
  dataset: DatasetState;
  /** Null for the lane of the dataset itself. */
  unit: UnitState | null;
  interest: number;
}

/** Chooses what has a lane: every slice of a small night that went well, else the most interesting, with a lane left for what is folded. */
export function fold(state: PhaseState, now: Instant, blamed: Blamed): Folded {
  const interestOf = (unit: UnitState, dataset: DatasetState) =>
    blamed.unit(unit) === null ? unitInterest(unit, dataset.units) : BLAMED;
  const single = (dataset: DatasetState) => dataset.units.length <= 1;
  const units = state.datasets.flatMap((dataset) => dataset.units.map((unit) => interestOf(unit, dataset)));
  const lanes = units.length + state.datasets.filter((dataset) => !single(dataset)).length;
  // Where nothing stands out there is room to show how each slice went.
  const quietOnes = lanes <= MOST_LANES && units.every((interest) => interest === 0);
  const candidates = state.datasets.flatMap((dataset): Candidate[] => [
    { dataset, unit: null, interest: blamed.dataset(dataset) === null ? datasetInterest(dataset, now) : BLAMED + 1 },
    ...(single(dataset) ? [] : unitCandidates(dataset, quietOnes, interestOf)),
  ]);
  const room = candidates.length <= MOST_LANES ? MOST_LANES : MOST_LANES - 1;
  const chosen = new Map<DatasetState, Set<UnitState>>();
  let taken = 0;
  for (const { dataset, unit } of candidates.toSorted((a, b) => b.interest - a.interest)) {
    if (unit !== null && !quietOnes && (chosen.get(dataset)?.size ?? 0) >= MOST_OF_DATASET) continue;
    const cost = (chosen.has(dataset) ? 0 : 1) + (unit === null ? 0 : 1);
    if (taken + cost > room) continue;
    taken += cost;
    const units = chosen.get(dataset) ?? new Set();
    if (unit !== null) units.add(unit);
    chosen.set(dataset, units);
  }
  return {
    shown: state.datasets.flatMap((dataset) => {
      const units = chosen.get(dataset);
      return units === undefined ? [] : [{ dataset, units: dataset.units.filter((unit) => units.has(unit)) }];
    }),
    datasets: state.datasets.filter((dataset) => !chosen.has(dataset)),
    units: candidates.flatMap(({ dataset, unit }) =>
      unit !== null && chosen.get(dataset)?.has(unit) === false ? [unit] : [],
    ),
  };
}

function unitCandidates(
  dataset: DatasetState,
  quietOnes: boolean,
  interestOf: (unit: UnitState, dataset: DatasetState) => number,
): Candidate[] {
  return dataset.units
    .map((unit) => ({ dataset, unit, interest: interestOf(unit, dataset) }))
    .filter(({ unit, interest }) => interest > 0 || (quietOnes && unit.attempts.length > 0))
    .sort((a, b) => b.interest - a.interest)
    .map((one, index) => (index < FIRST_OF_DATASET ? one : { ...one, interest: one.interest - 6 }));
}
