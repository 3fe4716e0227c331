import { LRUCache } from 'lru-cache';
import type { Definition } from './definition.ts';
import { memoizeWeakly } from './memoize.ts';

const numbers = new LRUCache<string, number>({ max: 500 });
let latest = 0;

/** The same number for definitions with the same datasets, slices and order, and for no others: what is kept is found by it. */
export const definitionKey = memoizeWeakly(({ datasets }: Definition): number => {
  const content = JSON.stringify(
    datasets.map(({ datasetId, sequenceOrder, slices }) => [datasetId, sequenceOrder, slices]),
  );
  const known = numbers.get(content);
  if (known !== undefined) return known;
  latest += 1;
  numbers.set(content, latest);
  return latest;
});

/** Computes each value once for all definitions with that key. */
export function memoizeByDefinition<V>(compute: (definition: Definition) => V): (definition: Definition) => V {
  const known = new Map<number, V>();
  return (definition) => {
    const key = definitionKey(definition);
    const value = known.get(key) ?? compute(definition);
    known.set(key, value);
    return value;
  };
}
