import type { Definition } from './definition.ts';
import { once } from './memoize.ts';
import type { Placement, Unit } from './placement.ts';
import type { Phase } from './run.ts';

/** What is usual is judged over this many of the latest business dates on which the essential had a run in the phase. */
export const USUAL_DATES = 10;
/** With fewer such dates nothing can be called usual. */
const ENOUGH_DATES = 3;

/** How often each unit ran in a phase on earlier business dates. */
export interface Custom {
  dates: number;
  /** Whether a unit had a run on at least half of those dates. */
  isUsual(unit: Unit): boolean;
  /** Usual units of a dataset. */
  usual(datasetId: string): Unit[];
}

/** `nights`: placements of earlier business dates, newest first. No more of them are asked for than tell what is usual. */
export function customOf(nights: Iterable<Placement>, phase: Phase): Custom {
  const count = once(() => countUsual(nights, phase));
  return {
    get dates() {
      return count().dates;
    },
    isUsual: (unit) => count().keys.has(unitKey(unit)),
    usual: (datasetId) => count().units.filter((unit) => unit.datasetId === datasetId),
  };
}

function countUsual(nights: Iterable<Placement>, phase: Phase) {
  const counts = new Map<string, { unit: Unit; nights: number }>();
  let dates = 0;
  for (const night of nights) {
    const units = unitsWithRun(night, phase);
    if (units.size === 0) continue;
    dates += 1;
    for (const [key, unit] of units) {
      const count = counts.get(key) ?? { unit, nights: 0 };
      count.nights += 1;
      counts.set(key, count);
    }
    if (dates === USUAL_DATES) break;
  }
  const usualCounts = [...counts.values()].filter((count) => dates >= ENOUGH_DATES && count.nights * 2 >= dates);
  const units = usualCounts.map(({ unit }) => unit);
  return { dates, units, keys: new Set(units.map(unitKey)) };
}

/**
 * The units that count in a phase, in Lenz's order. In PRELIM that is all of them; in FINAL, which may
 * rerun a part, what ran and what is usual, and all of them where there is too little history to know. A dataset without Lenz slices has the units observed
 * that night, and at least one, which stands in for them.
 */
export function owedUnits(definition: Definition, placement: Placement, phase: Phase, custom: Custom): Unit[] {
  const ran = unitsWithRun(placement, phase);
  const everything = phase === 'PRELIM' || custom.dates < ENOUGH_DATES;
  return definition.datasets.flatMap((dataset) => {
    const { datasetId } = dataset;
    if (dataset.slices.length > 0) {
      return dataset.slices
        .map((slice): Unit => ({ datasetId, identity: slice, slice, listed: true }))
        .filter((unit) => everything || ran.has(unitKey(unit)) || custom.isUsual(unit));
    }
    const observed = [...ran.values()].filter((unit) => unit.datasetId === datasetId);
    if (observed.length > 0) return observed.sort(bySliceName);
    return everything || custom.usual(datasetId).length > 0 ? [placeholder(datasetId)] : [];
  });
}

/** Units of datasets without Lenz slices that usually run in this phase and did not tonight. */
export function usualButAbsent(definition: Definition, placement: Placement, phase: Phase, custom: Custom): Unit[] {
  const ran = unitsWithRun(placement, phase);
  return definition.datasets
    .filter((dataset) => dataset.slices.length === 0)
    .flatMap((dataset) => custom.usual(dataset.datasetId))
    .filter((unit) => !ran.has(unitKey(unit)))
    .sort(bySliceName);
}

export function unitsWithRun(placement: Placement, phase: Phase): Map<string, Unit> {
  const units = new Map<string, Unit>();
  for (const run of placement.runs) {
    if (run.unit !== null && run.phase === phase) units.set(unitKey(run.unit), run.unit);
  }
  return units;
}

/** What a unit is called on every night. */
export function unitKey(unit: Unit): string {
  return unit.key ?? `${unit.datasetId}\n${unit.identity}`;
}

function placeholder(datasetId: string): Unit {
  return { datasetId, identity: '', slice: null, listed: false };
}

function bySliceName(a: Unit, b: Unit): number {
  const [x, y] = [`${a.slice ?? ''}\n${a.identity}`, `${b.slice ?? ''}\n${b.identity}`];
  return x < y ? -1 : x > y ? 1 : 0;
}
