import { type Instant, MINUTE, SECOND } from '../instant.ts';
import { ownUnits } from '../rca/own-units.ts';
import type { Scene } from '../rca/scene.ts';
import type { UnitState } from '../state.ts';
import { runHistory } from './run-history.ts';
import type { UnitTimes } from './timeline.ts';

/** A unit that counts and ran, with its place in the order of steps. */
export interface PlacedUnit {
  key: string;
  state: UnitState;
  times: UnitTimes;
  sequenceOrder: number;
  /** Rank from 1. */
  step: number;
}

/** A run may be created a little before the one that it waited for is written down as ended. */
const BOOKKEEPING = MINUTE;

/** Units that count and ran. */
export function placedUnits(scene: Scene): PlacedUnit[] {
  const datasets = new Map(scene.state.datasets.map((dataset) => [dataset.datasetId, dataset]));
  return [...ownUnits(scene)].flatMap(([key, state]): PlacedUnit[] => {
    const times = scene.tonight.units.get(key);
    const dataset = datasets.get(state.datasetId);
    if (times === undefined || dataset === undefined) return [];
    return [{ key, state, times, sequenceOrder: dataset.sequenceOrder, step: dataset.step }];
  });
}

/**
 * The chain of units that decides when the phase ends, first to last: back from the unit that ended last (or, while it is
 * unfinished, holds it up now), each time to the unit of the steps below that ended last before it began.
 */
export function criticalPath(scene: Scene, units: readonly PlacedUnit[]): PlacedUnit[] {
  const path: PlacedUnit[] = [];
  let link = lastLink(scene, units);
  while (link !== null) {
    path.unshift(link);
    const { sequenceOrder, times } = link;
    link = lastEnded(
      units.filter((unit) => unit.sequenceOrder < sequenceOrder && endOf(unit) <= times.startedAt + BOOKKEEPING),
    );
  }
  return path;
}

function lastLink(scene: Scene, units: readonly PlacedUnit[]): PlacedUnit | null {
  const blocking = scene.state.datasets.find(({ status }) => status !== 'SUCCESS');
  if (blocking === undefined) return lastEnded(units);
  const held = units.filter(
    ({ sequenceOrder, state }) => sequenceOrder === blocking.sequenceOrder && state.status !== 'SUCCESS',
  );
  const broken = held.filter(({ state }) => state.stuck || state.status === 'FAILED' || state.status === 'CANCELLED');
  if (broken.length > 0) return best(broken, ({ times }) => times.endedAt ?? scene.asOf);
  if (held.length > 0) return best(held, (unit) => expectedEnd(scene, unit));
  // What holds it up has not begun: the chain ends with what it waited for.
  return lastEnded(units.filter(({ sequenceOrder }) => sequenceOrder < blocking.sequenceOrder)) ?? lastEnded(units);
}

function lastEnded(units: readonly PlacedUnit[]): PlacedUnit | null {
  return best(
    units.filter((unit) => endOf(unit) < Number.POSITIVE_INFINITY),
    endOf,
  );
}

function endOf({ times }: PlacedUnit): Instant {
  return times.endedAt ?? Number.POSITIVE_INFINITY;
}

function expectedEnd(scene: Scene, { key, times }: PlacedUnit): Instant {
  return times.decisive.startedAt + (runHistory(scene)(key).medianS ?? 0) * SECOND;
}

/** The one with the greatest value; among equals always the same. */
function best(units: readonly PlacedUnit[], value: (unit: PlacedUnit) => number): PlacedUnit | null {
  return units.toSorted((a, b) => value(b) - value(a) || (a.key < b.key ? -1 : 1))[0] ?? null;
}
