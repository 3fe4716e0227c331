import { code } from './text.ts';

interface Unit {
  dataset_id: string;
  /** Null for a unit without a name. */
  slice: string | null;
}

type Naming = (datasetId: string) => string;

/** "`EMEA` of `positions`" as escaped mrkdwn. */
export function unitName({ dataset_id, slice }: Unit, nameOf: Naming): string {
  const dataset = code(nameOf(dataset_id), 120);
  return slice === null ? dataset : `${code(slice, 120)} of ${dataset}`;
}

/** The same without marks, for a table. */
export function plainUnitName({ dataset_id, slice }: Unit, nameOf: Naming): string {
  return slice === null ? nameOf(dataset_id) : `${slice} of ${nameOf(dataset_id)}`;
}

/** For a long list in a narrow column: the slice alone where no other unit of the list has that name. Untrusted text. */
export function createShortUnitNames(units: readonly Unit[], nameOf: Naming): (unit: Unit) => string {
  const datasets = new Map<string | null, Set<string>>();
  for (const { slice, dataset_id } of units) datasets.set(slice, (datasets.get(slice) ?? new Set()).add(dataset_id));
  return (unit) =>
    unit.slice !== null && datasets.get(unit.slice)?.size === 1 ? unit.slice : plainUnitName(unit, nameOf);
}
