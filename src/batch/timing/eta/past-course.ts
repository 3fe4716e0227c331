import type { Definition } from '../../definition.ts';
import { type Instant, SECOND } from '../../instant.ts';
import type { Timeline, UnitTimes } from '../timeline.ts';

/** What one unit did on each of the nights compared with, by their index; NaN where it did not or nobody knows. */
export interface UnitPast {
  key: string;
  datasetId: string;
  /** Natural logarithm of the seconds that its last, successful attempt ran. */
  run: number[];
  /** The same from its first start to its end, failures and repairs in between included. */
  span: number[];
  /** Milliseconds from the end of everything below it (of the lowest step: from the beginning of the phase) to its start. */
  gap: number[];
}

export interface PastCourse {
  nights: readonly Timeline[];
  /** When the phase began on each night. */
  began: number[];
  units: ReadonlyMap<string, UnitPast>;
}

/** A unit that began this much before what is below it had ended did not wait for it. */
const OVERLAP = 60 * SECOND;

/** Lays earlier nights beside each other, unit by unit, for the units asked about. */
export function pastCourse(
  definition: Definition,
  nights: readonly Timeline[],
  wanted: readonly { key: string; datasetId: string }[],
): PastCourse {
  const empty = () => new Array<number>(nights.length).fill(Number.NaN);
  const units = new Map(
    wanted.map(({ key, datasetId }): [string, UnitPast] => [
      key,
      { key, datasetId, run: empty(), span: empty(), gap: empty() },
    ]),
  );
  const began = empty();
  const stepOf = ownSteps(definition);
  const places = new Map<string, Place | null>();
  nights.forEach((night, index) => {
    const own: { times: UnitTimes; place: Place }[] = [];
    const doneIn: Instant[] = [];
    let first = Number.POSITIVE_INFINITY;
    for (const times of night.units.values()) {
      let place = places.get(times.key);
      if (place === undefined) {
        const step = stepOf(times);
        place = step === null ? null : { step, past: units.get(times.key) ?? null };
        places.set(times.key, place);
      }
      if (place === null) continue;
      own.push({ times, place });
      if (times.startedAt < first) first = times.startedAt;
      if (times.runS !== null) doneIn[place.step] = Math.max(doneIn[place.step] ?? 0, times.endedAt as Instant);
    }
    began[index] = first;
    const doneBelow = runningMaximum(doneIn, first);
    for (const { times, place } of own) {
      const { step, past } = place;
      if (past === null) continue;
      if (times.runS !== null) {
        past.run[index] = logS(times.runS);
        past.span[index] = logS(((times.endedAt as Instant) - times.startedAt) / SECOND);
      }
      const gap = times.startedAt - (doneBelow[step] ?? doneBelow.at(-1) ?? first);
      if (gap > -OVERLAP) past.gap[index] = Math.max(0, gap);
    }
  });
  return { nights, began, units };
}

/** Where a unit belongs, worked out once for all nights; its past is null where nobody asked for it. */
interface Place {
  step: number;
  past: UnitPast | null;
}

/** Below a second all runs are equally short. */
export function logS(seconds: number): number {
  return Math.log(Math.max(1, seconds));
}

/** By step: when everything below it was done; one more entry than there are steps with an end. */
function runningMaximum(doneIn: readonly (Instant | undefined)[], first: Instant): Instant[] {
  const below = [first];
  for (let step = 0; step < doneIn.length; step += 1) {
    below.push(Math.max(below[step] as Instant, doneIn[step] ?? 0));
  }
  return below;
}

/** The step, from 0, of a unit; null for a slice that only other essentials list: timelines have those too. */
function ownSteps({ datasets }: Definition): (times: UnitTimes) => number | null {
  const orders = [...new Set(datasets.map(({ sequenceOrder }) => sequenceOrder))].sort((a, b) => a - b);
  const own = new Map(
    datasets.map(({ datasetId, sequenceOrder, slices }) => [
      datasetId,
      { step: orders.indexOf(sequenceOrder), slices: new Set(slices) },
    ]),
  );
  return ({ unit }) => {
    const dataset = own.get(unit.datasetId);
    if (dataset === undefined) return null;
    return dataset.slices.size === 0 || dataset.slices.has(unit.identity) ? dataset.step : null;
  };
}
