import type { UnitPast } from './past-course.ts';

/** With fewer nights of its own, a unit is judged by its siblings. */
const ENOUGH_OF_ITS_OWN = 4;

/** A unit with too little history of its own has that of its siblings among `units`: their average of each night. */
export function standIn(unit: UnitPast, units: ReadonlyMap<string, UnitPast>): UnitPast {
  if (count(unit.run) >= ENOUGH_OF_ITS_OWN) return unit;
  const siblings = [...units.values()].filter((other) => other.datasetId === unit.datasetId);
  const average = (of: 'run' | 'span' | 'gap') => unit[of].map((_, night) => meanOf(siblings, of, night));
  return { ...unit, run: average('run'), span: average('span'), gap: average('gap') };
}

function count(values: readonly number[]): number {
  return values.reduce((known, value) => (Number.isNaN(value) ? known : known + 1), 0);
}

function meanOf(units: readonly UnitPast[], of: 'run' | 'span' | 'gap', night: number): number {
  const values = units.map((unit) => unit[of][night] as number).filter((value) => !Number.isNaN(value));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
