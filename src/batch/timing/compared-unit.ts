import { type Instant, MINUTE, SECOND } from '../instant.ts';
import { type PhaseState, type UnitState, unitsOf } from '../state.ts';
import type { ComparedUnit } from './compare.ts';
import type { Timeline } from './timeline.ts';
import { timesByState } from './unit-keys.ts';

/** A night as it is compared: its state and, of the same date and phase, its runs in time. */
export interface NightInTime {
  state: PhaseState;
  timeline: Timeline;
}

export interface NamedUnit {
  datasetId: string;
  slice: string | null;
  unit: ComparedUnit;
}

/** The units that count, under the names by which people would pair them: a new version of a DAG is no new slice. */
export function comparedUnits({ state, timeline }: NightInTime): Map<string, NamedUnit> {
  const timesOf = timesByState(timeline);
  const startOf = (unit: UnitState) => timesOf(unit)?.startedAt ?? unit.attempts[0]?.startedAt ?? null;
  const starts = unitsOf(state)
    .map(startOf)
    .filter((start) => start !== null);
  const began = starts.length === 0 ? null : Math.min(...starts);
  const named = new Map<string, NamedUnit>();
  for (const dataset of state.datasets) {
    const ends = endsOf(state, dataset.sequenceOrder);
    for (const unit of dataset.units) {
      const startedAt = startOf(unit);
      const { datasetId, slice } = unit;
      named.set(freeKey(named, datasetId, slice), {
        datasetId,
        slice,
        unit: {
          status: unit.status,
          startedAt,
          startedAfterMin: startedAt === null || began === null ? null : Math.round((startedAt - began) / MINUTE),
          durationS: durationOf(unit),
          attempts: unit.attemptCount,
          finished: rankOf(unit, ends),
        },
      });
    }
  }
  return named;
}

/** When the units of one step finished, in order. */
function endsOf(state: PhaseState, sequenceOrder: number): Instant[] {
  return state.datasets
    .filter((dataset) => dataset.sequenceOrder === sequenceOrder)
    .flatMap((dataset) => dataset.units)
    .map(finishedAt)
    .filter((end) => end !== null)
    .sort((a, b) => a - b);
}

function finishedAt(unit: UnitState): Instant | null {
  return unit.status === 'SUCCESS' ? (unit.decisive?.endedAt ?? null) : null;
}

/** Units that finished together share a rank. */
function rankOf(unit: UnitState, ends: readonly Instant[]): number | null {
  const end = finishedAt(unit);
  return end === null ? null : ends.indexOf(end) + 1;
}

/** Of the decisive attempt, once it has ended. */
function durationOf({ decisive }: UnitState): number | null {
  if (decisive === null || decisive.endedAt === null) return null;
  return Math.round((decisive.endedAt - decisive.startedAt) / SECOND);
}

/** Two units of one name are possible where Lenz names none: they are paired in their order. */
function freeKey(taken: ReadonlyMap<string, unknown>, datasetId: string, slice: string | null): string {
  for (let nth = 0; ; nth += 1) {
    const key = `${datasetId}\n${slice ?? ''}\n${nth}`;
    if (!taken.has(key)) return key;
  }
}
