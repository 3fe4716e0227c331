import { type Instant, SECOND } from '../../instant.ts';
import type { Scene } from '../../rca/scene.ts';
import type { Timeline } from '../timeline.ts';

/** What one unit did on each of the nights compared with, by their index; NaN where it did not or nobody knows. */
export interface UnitPast {
  key: string;
  datasetId: string;
  /** Natural logarithm of the seconds that its last, successful attempt ran. */
  run: Float64Array;
  /** The same from its first start to its end, failures and repairs in between included. */
  span: Float64Array;
  /** Milliseconds from the end of everything below it (of the lowest step: from the beginning of the phase) to its start. */
  gap: Float64Array;
}

export interface PastCourse {
  nights: readonly Timeline[];
  /** When the phase began on each night. */
  began: Float64Array;
  units: ReadonlyMap<string, UnitPast>;
}

/** A unit that began this much before what is below it had ended did not wait for it. */
const OVERLAP = 60 * SECOND;

/** Lays earlier nights beside each other, unit by unit, for the units asked about. */
export function pastCourse(
  definition: Scene['definition'],
  nights: readonly Timeline[],
  wanted: readonly { key: string; datasetId: string }[],
): PastCourse {
  const empty = () => new Float64Array(nights.length).fill(Number.NaN);
  const units = new Map(
    wanted.map(({ key, datasetId }): [string, UnitPast] => [
      key,
      { key, datasetId, run: empty(), span: empty(), gap: empty() },
    ]),
  );
  const began = empty();
  const owns = ownUnits(definition);
  nights.forEach((night, index) => {
    const own = [...night.units.values()].filter(({ unit, key }) => owns(unit.datasetId, key));
    const below = doneBelow(definition, own);
    began[index] = own.reduce((first, { startedAt }) => Math.min(first, startedAt), Number.POSITIVE_INFINITY);
    for (const times of own) {
      const past = units.get(times.key);
      if (past === undefined) continue;
      if (times.runS !== null && times.endedAt !== null) {
        past.run[index] = logS(times.runS);
        past.span[index] = logS((times.endedAt - times.startedAt) / SECOND);
      }
      const gap = times.startedAt - (below.get(times.unit.datasetId) ?? (began[index] as Instant));
      if (gap > -OVERLAP) past.gap[index] = Math.max(0, gap);
    }
  });
  return { nights, began, units };
}

/** Below a second all runs are equally short. */
export function logS(seconds: number): number {
  return Math.log(Math.max(1, seconds));
}

/** When everything below each dataset was done that night; no entry for the lowest step. */
function doneBelow(
  definition: Scene['definition'],
  own: readonly { unit: { datasetId: string }; runS: number | null; endedAt: Instant | null }[],
): Map<string, Instant> {
  const ends = new Map<string, Instant>();
  for (const { unit, runS, endedAt } of own) {
    if (runS === null || endedAt === null) continue;
    ends.set(unit.datasetId, Math.max(ends.get(unit.datasetId) ?? 0, endedAt));
  }
  const below = new Map<string, Instant>();
  const inOrder = [...definition.datasets].sort((a, b) => a.sequenceOrder - b.sequenceOrder);
  let done = 0;
  for (let from = 0; from < inOrder.length; ) {
    const order = inOrder[from]?.sequenceOrder;
    const step = inOrder.filter((dataset) => dataset.sequenceOrder === order);
    if (done > 0) for (const { datasetId } of step) below.set(datasetId, done);
    for (const { datasetId } of step) done = Math.max(done, ends.get(datasetId) ?? 0);
    from += step.length;
  }
  return below;
}

/** Whether a unit of a timeline, which has the slices of every essential, is one of this one's. */
function ownUnits(definition: Scene['definition']): (datasetId: string, key: string) => boolean {
  const whole = new Set(
    definition.datasets.filter(({ slices }) => slices.length === 0).map(({ datasetId }) => datasetId),
  );
  const listed = new Set(
    definition.datasets.flatMap(({ datasetId, slices }) => slices.map((slice) => `${datasetId}\n${slice}`)),
  );
  return (datasetId, key) => whole.has(datasetId) || listed.has(key);
}
