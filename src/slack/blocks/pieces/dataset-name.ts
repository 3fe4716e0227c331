import { shortDatasetName } from '../../../batch/short-dataset-name.ts';

/** Ways to name a dataset, from what people say (`slsline_calculator_e15`) to its id. */
function namesOf(datasetId: string): string[] {
  const parts = datasetId.split('.');
  const last = parts.at(-1) ?? datasetId;
  return [shortDatasetName(datasetId) || last, last, parts.slice(-2).join('.'), parts.slice(-3).join('.')];
}

/** Short names for the datasets of one answer: the last part of the id, longer where two would read the same. */
export function createDatasetNames(datasetIds: Iterable<string>): (datasetId: string) => string {
  const others = [...new Set(datasetIds)].map((id) => ({ id, names: namesOf(id) }));
  return (datasetId) => {
    const clear = namesOf(datasetId).find((name, index) =>
      others.every((other) => other.id === datasetId || other.names[index] !== name),
    );
    return clear ?? datasetId;
  };
}
