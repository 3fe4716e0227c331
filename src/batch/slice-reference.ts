import type { Definition } from './definition.ts';
import { shortDatasetName } from './short-dataset-name.ts';

/** Case, blanks, `-` and `_` aside. */
export function looseName(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Whether the name of a slice contains the word said. */
export function matchesSlice(slice: string | null, said: string): boolean {
  return slice !== null && looseName(slice).includes(looseName(said));
}

/**
 * The datasets of an essential that a loose name means: the one that is called exactly so, else those whose name contains
 * it, else those whose whole id does. Several are for the person to choose from.
 */
export function findDatasets(definition: Definition, said: string): string[] {
  const word = looseName(said);
  if (word === '') return [];
  const ids = definition.datasets.map((dataset) => dataset.datasetId);
  const tests: ((id: string) => boolean)[] = [
    (id) => id === said || looseName(shortDatasetName(id)) === word,
    (id) => looseName(shortDatasetName(id)).includes(word),
    (id) => looseName(id).includes(word),
  ];
  for (const test of tests) {
    const found = ids.filter(test);
    if (found.length > 0) return found;
  }
  return [];
}

/** Where no essential is named: every essential that has a dataset of that name. */
export function findDatasetAnywhere(
  definitions: readonly Definition[],
  said: string,
): { essential: string; datasetId: string }[] {
  return definitions.flatMap((definition) =>
    findDatasets(definition, said).map((datasetId) => ({ essential: definition.name, datasetId })),
  );
}
