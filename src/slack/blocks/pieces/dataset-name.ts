/** The last part of a dataset id is what people call it. */
function lastParts(datasetId: string, count: number): string {
  return datasetId.split('.').slice(-count).join('.');
}

/** Short names for the datasets of one answer: the last part of the id, longer where two would read the same. */
export function createDatasetNames(datasetIds: Iterable<string>): (datasetId: string) => string {
  const ids = [...new Set(datasetIds)];
  return (datasetId) => {
    for (let count = 1; count < 6; count += 1) {
      const name = lastParts(datasetId, count);
      if (ids.every((other) => other === datasetId || lastParts(other, count) !== name)) return name;
    }
    return datasetId;
  };
}
