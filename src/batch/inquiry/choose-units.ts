import type { Definition } from '../definition.ts';
import type { Clarification, Refusal } from '../finding.ts';
import { shortDatasetName } from '../short-dataset-name.ts';
import { findDatasets, matchesSlice } from '../slice-reference.ts';
import { type PhaseState, type UnitState, unitsOf } from '../state.ts';
import type { UnitReference } from './desk.ts';

export interface ChosenUnits {
  kind: 'units';
  datasetId: string | null;
  units: UnitState[];
  /** Slices that Lenz defines and the reference means, but that do not count in this phase. */
  uncounted: string[];
}

/** Whether anything narrower than the essential is meant. */
export function isNamed({ dataset, slice }: UnitReference): boolean {
  return dataset !== null || slice !== null;
}

/** The units of an essential that a loose reference means; asks when it fits several datasets. */
export function chooseUnits(
  definition: Definition,
  state: PhaseState,
  reference: UnitReference,
): ChosenUnits | Refusal | Clarification {
  const { dataset, slice } = reference;
  const meant =
    dataset === null ? definition.datasets.map(({ datasetId }) => datasetId) : findDatasets(definition, dataset);
  if (meant.length === 0) return noSuchDataset(definition, dataset ?? '');

  const states = unitsOf(state).filter((unit) => meant.includes(unit.datasetId));
  const units = slice === null ? states : states.filter((unit) => matchesSlice(unit.slice, slice));
  const defined = definition.datasets
    .filter(({ datasetId }) => meant.includes(datasetId))
    .flatMap(({ datasetId, slices }) => slices.map((name) => ({ datasetId, name })))
    .filter(({ name }) => slice === null || matchesSlice(name, slice));
  const uncounted = defined.filter(
    ({ datasetId, name }) => !units.some((unit) => unit.datasetId === datasetId && unit.slice === name),
  );
  const touched = new Set([...units, ...uncounted].map(({ datasetId }) => datasetId));
  if (touched.size === 0) return noSuchSlice(definition, meant, slice ?? '');
  if (dataset !== null && touched.size > 1) return whichDataset(definition, [...touched], reference);
  return {
    kind: 'units',
    datasetId: dataset !== null || touched.size === 1 ? ([...touched][0] ?? null) : null,
    units,
    uncounted: [...new Set(uncounted.map(({ name }) => name))],
  };
}

function whichDataset(
  definition: Definition,
  ids: readonly string[],
  { dataset, slice }: UnitReference,
): Clarification {
  return {
    kind: 'clarification',
    question: `"${dataset}" fits ${ids.length} datasets of ${definition.name}. Which one do you mean?`,
    options: ids.slice(0, 5).map((id) => {
      const name = shortDatasetName(id);
      return { label: name, question: `${slice ?? 'all'} slices of ${name} in ${definition.name}` };
    }),
  };
}

function noSuchDataset(definition: Definition, said: string): Refusal {
  const names = definition.datasets.map(({ datasetId }) => shortDatasetName(datasetId));
  return {
    kind: 'refusal',
    reason: 'no_such_slice',
    text: `${definition.name} has no dataset called "${said}". It has ${listed(names)}.`,
    offers: [`status of ${definition.name}`],
  };
}

function noSuchSlice(definition: Definition, datasetIds: readonly string[], said: string): Refusal {
  const slices = [
    ...new Set(definition.datasets.filter(({ datasetId }) => datasetIds.includes(datasetId)).flatMap((d) => d.slices)),
  ];
  const [only] = datasetIds;
  const where = datasetIds.length === 1 && only !== undefined ? shortDatasetName(only) : definition.name;
  return {
    kind: 'refusal',
    reason: 'no_such_slice',
    text: `No slice of ${where} has "${said}" in its name. ${slices.length > 0 ? `Lenz defines ${listed(slices)}.` : 'Lenz defines no slices for it.'}`,
    offers: [`status of ${definition.name}`],
  };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}
